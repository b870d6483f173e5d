//! The requests of the last five minutes, and the pause that the server asked for.

use std::{collections::VecDeque, time::Duration};

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use super::{Left, Purpose, Share};

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
        let pauses = pauses(length);
        Self { share, length, made: VecDeque::new(), paused_until: None, pauses }
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

    /// A time that the server names counts, up to the window's own length: after that nothing it
    /// could count is left. Where it names none, or none worth the name, the pause is ours, and
    /// grows with each refusal that comes after the one before was over.
    pub(super) fn pause(&mut self, asked: Option<Duration>, now: Instant) {
        self.forget(now);
        let wait = match asked.filter(|asked| *asked >= shortest(self.length)) {
            Some(asked) => asked.min(self.length),
            None if self.paused_until.is_some() => return,
            None => self.pauses.next().unwrap_or(self.length).min(longest(self.length)),
        };
        self.paused_until = self.paused_until.max(now.checked_add(wait));
    }

    pub(super) fn accepted(&mut self) {
        self.pauses = pauses(self.length);
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

/// Of five minutes: a second, less than which is no pause.
fn shortest(window: Duration) -> Duration {
    window.checked_div(300).unwrap_or(window)
}

/// Of five minutes: one.
fn longest(window: Duration) -> Duration {
    window.checked_div(5).unwrap_or(window)
}

/// Of five minutes: two seconds, four, eight ..., each with as much again by chance.
fn pauses(window: Duration) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(shortest(window).saturating_mul(2))
        .with_max_delay(longest(window))
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
        let seconds = Duration::from_secs;
        assert!(first >= seconds(2) && second >= seconds(4) && third >= seconds(8));
        assert!(first <= seconds(4), "jitter adds at most the same again: {first:?}");
        assert!((0..9).all(|_| wait() <= seconds(60)), "never longer than a minute");
        window.accepted();
        window.paused_until = None;
        window.pause(None, now);
        assert!(window.paused_until.unwrap() - now <= seconds(4));
    }

    #[test]
    fn ten_refusals_in_one_pause_are_one_refusal() {
        let now = Instant::now();
        let mut window = window(9, 0);
        for _ in 0..10 {
            window.pause(None, now);
        }
        assert!(window.paused_until.unwrap() - now <= Duration::from_secs(4));
    }

    #[test]
    fn what_a_server_asks_for_is_bounded_on_both_sides() {
        let now = Instant::now();
        for asked in [Duration::MAX, Duration::from_secs(u64::MAX), Duration::from_hours(9_000)] {
            let mut window = window(9, 0);
            window.pause(Some(asked), now);
            assert_eq!(window.paused_until, Some(now + WINDOW), "{asked:?}");
        }
        for asked in [Duration::ZERO, Duration::from_millis(900)] {
            let mut window = window(9, 0);
            window.pause(Some(asked), now);
            assert!(window.paused_until.unwrap() - now >= Duration::from_secs(2), "{asked:?}");
        }
    }
}
