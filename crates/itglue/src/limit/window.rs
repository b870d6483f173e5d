//! The requests of the last five minutes, and the pause that the server asked for.

use std::{collections::VecDeque, time::Duration};

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use super::{Left, Purpose, Share};

/// The pause after a refusal that names no time, and the longest that repeated ones lead to.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

pub(super) struct Window {
    share: Share,
    /// How long a request counts.
    length: Duration,
    /// When each request that still counts was made, oldest first.
    made: VecDeque<Instant>,
    paused_until: Option<Instant>,
    /// Pauses to come while the server goes on refusing.
    pauses: ExponentialBackoff,
}

impl Window {
    pub(super) fn new(share: Share, length: Duration) -> Self {
        Self { share, length, made: VecDeque::new(), paused_until: None, pauses: pauses() }
    }

    pub(super) fn left(&mut self, now: Instant) -> Left {
        self.forget(now);
        let paused_for = self.paused_until.map(|until| until.saturating_duration_since(now));
        Left { requests: self.room(), of: self.share.requests, paused_for }
    }

    pub(super) fn take(&mut self, purpose: Purpose, now: Instant) -> Result<(), Instant> {
        self.forget(now);
        if let Some(until) = self.paused_until {
            return Err(until);
        }
        let kept = match purpose {
            // A share too small to keep anything back would leave lists with nothing for ever.
            Purpose::Page => self.share.kept_for_launches.min(self.share.requests / 2),
            Purpose::Single => 0,
        };
        if self.room() > kept {
            self.made.push_back(now);
            return Ok(());
        }
        Err(self.room_again(kept, now))
    }

    pub(super) fn pause(&mut self, wait: Option<Duration>, now: Instant) {
        let wait = wait.or_else(|| self.pauses.next()).unwrap_or(LONGEST_PAUSE);
        let until = now.checked_add(wait);
        self.paused_until = self.paused_until.max(until);
    }

    pub(super) fn accepted(&mut self) {
        self.pauses = pauses();
    }

    fn room(&self) -> u32 {
        let made = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        self.share.requests.saturating_sub(made)
    }

    /// When so many requests will be old enough that more than `kept` can be made.
    fn room_again(&self, kept: u32, now: Instant) -> Instant {
        let missing = kept.saturating_sub(self.room());
        let oldest = usize::try_from(missing).ok().and_then(|index| self.made.get(index));
        oldest.unwrap_or(&now).checked_add(self.length).unwrap_or(now)
    }

    fn forget(&mut self, now: Instant) {
        while self.made.front().is_some_and(|at| now.saturating_duration_since(*at) >= self.length)
        {
            self.made.pop_front();
        }
        self.paused_until.take_if(|until| *until <= now);
    }
}

fn pauses() -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(FIRST_PAUSE)
        .with_max_delay(LONGEST_PAUSE)
        .with_jitter()
        .without_max_times()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WINDOW;

    fn window(requests: u32, kept_for_launches: u32) -> Window {
        Window::new(Share { requests, kept_for_launches }, WINDOW)
    }

    fn seconds(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn no_five_minutes_hold_more_than_the_share() {
        let start = Instant::now();
        let mut window = window(3, 0);
        for at in [0, 10, 20] {
            assert_eq!(window.take(Purpose::Page, seconds(start, at)), Ok(()));
        }
        let full = window.take(Purpose::Single, seconds(start, 21));
        assert_eq!(full, Err(seconds(start, 300)), "when the first one is five minutes old");
        assert_eq!(window.take(Purpose::Page, seconds(start, 300)), Ok(()));
        assert_eq!(window.take(Purpose::Page, seconds(start, 301)), Err(seconds(start, 310)));
    }

    #[test]
    fn lists_leave_what_is_kept_for_launches() {
        let now = Instant::now();
        let mut window = window(5, 2);
        for _ in 0..3 {
            assert_eq!(window.take(Purpose::Page, now), Ok(()));
        }
        assert_eq!(window.take(Purpose::Page, now), Err(now + WINDOW));
        assert_eq!(window.take(Purpose::Single, now), Ok(()));
        assert_eq!(window.take(Purpose::Single, now), Ok(()));
        assert_eq!(window.take(Purpose::Single, now), Err(now + WINDOW));
        assert_eq!(window.left(now), Left { requests: 0, of: 5, paused_for: None });
    }

    #[test]
    fn a_list_waits_for_as_many_as_launches_have_used_too() {
        let start = Instant::now();
        let mut window = window(3, 1);
        for at in [0, 1, 2] {
            assert_eq!(window.take(Purpose::Single, seconds(start, at)), Ok(()));
        }
        let again = window.take(Purpose::Page, seconds(start, 3));
        assert_eq!(again, Err(seconds(start, 301)), "one free place is the launches'");
    }

    #[test]
    fn a_share_of_one_is_still_usable_for_lists() {
        let now = Instant::now();
        assert_eq!(window(1, 20).take(Purpose::Page, now), Ok(()));
    }

    #[test]
    fn a_pause_holds_everyone_and_the_longest_one_counts() {
        let now = Instant::now();
        let mut window = window(9, 0);
        window.pause(Some(Duration::from_secs(30)), now);
        window.pause(Some(Duration::from_secs(10)), now);
        assert_eq!(window.take(Purpose::Single, seconds(now, 29)), Err(seconds(now, 30)));
        let left = window.left(seconds(now, 20));
        assert_eq!(left.paused_for, Some(Duration::from_secs(10)));
        assert_eq!(window.take(Purpose::Page, seconds(now, 30)), Ok(()));
    }

    #[test]
    fn pauses_without_a_time_grow_until_an_answer_comes() {
        let now = Instant::now();
        let mut window = window(9, 0);
        let mut wait = || {
            window.paused_until = None;
            window.pause(None, now);
            window.paused_until.unwrap() - now
        };
        let (first, second, third) = (wait(), wait(), wait());
        assert!(first >= FIRST_PAUSE && second >= FIRST_PAUSE * 2 && third >= FIRST_PAUSE * 4);
        assert!(first <= FIRST_PAUSE * 2, "jitter adds at most the same again: {first:?}");
        window.accepted();
        window.paused_until = None;
        window.pause(None, now);
        assert!(window.paused_until.unwrap() - now <= FIRST_PAUSE * 2);
    }
}
