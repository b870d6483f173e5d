//! How long a client is waited for, and what is made of those that fail.

use std::time::Duration;

use tokio::time::Instant;
use usher_core::ports::End;

/// A session that had begun bears as many guesses; a client that comes back makes none.
const MOST_ATTEMPTS: u8 = 5;
/// Connections under way at once, so that a silent one does not keep the client waiting.
const MOST_AT_ONCE: usize = 4;
/// How long a client may take to try once more where the host was at fault, before it is told as the end.
const SECOND_TRY: Duration = Duration::from_secs(3);
/// How long a client may stay away from a session that had begun.
const AWAY: Duration = Duration::from_mins(30);

/// How one connection to the listener came to nothing.
#[derive(Debug)]
pub(super) enum Failed {
    /// The client left, was too slow or spoke something else.
    Client,
    /// It was somebody else's connection, which is not counted.
    Foreign,
    /// The one-time credential was not passed.
    Guess,
    /// Not the client's fault, and may be better at its next try.
    Passing(End),
    /// The session is over.
    Over(End),
}

impl From<Failed> for End {
    /// What it means where nobody is waited for any more.
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Client | Failed::Foreign | Failed::Guess => Self::ClientLeftEarly,
            Failed::Passing(end) | Failed::Over(end) => end,
        }
    }
}

/// One time of waiting for the client.
pub(super) struct Wait {
    until: Instant,
    attempts_left: u8,
    /// Before the session has begun; afterwards clients try by themselves, again and again.
    first: bool,
    /// The end where no client comes in time.
    end: End,
}

impl Wait {
    /// For the client of a session that begins.
    pub(super) fn first(patience: Duration, attempts: u8) -> Self {
        let attempts_left = attempts;
        Self { attempts_left, ..Self::new(patience, true, End::ClientNeverCame) }
    }

    /// For the client of a session that had begun; `end` is its end where nobody comes back.
    pub(super) fn again(end: End) -> Self {
        Self::new(AWAY, false, end)
    }

    fn new(patience: Duration, first: bool, end: End) -> Self {
        Self { until: Instant::now() + patience, attempts_left: MOST_ATTEMPTS, first, end }
    }

    /// How many connections may be looked at at once: never more than may still fail.
    pub(super) fn room(&self) -> usize {
        MOST_AT_ONCE.min(self.attempts_left.into())
    }

    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// The end of a session whose client did not come.
    pub(super) fn over(&self) -> End {
        self.end.clone()
    }

    /// What an attempt's failure means for the waiting: the end, or nothing yet.
    pub(super) fn learn(&mut self, failed: Failed) -> Option<End> {
        tracing::debug!(?failed, "An attempt came to nothing");
        match failed {
            Failed::Over(end) => return Some(end),
            Failed::Passing(end) => self.at_fault(end),
            Failed::Foreign => {}
            Failed::Client if !self.first => {}
            Failed::Client | Failed::Guess => {
                self.attempts_left = self.attempts_left.saturating_sub(1);
            }
        }
        (self.attempts_left == 0).then_some(End::TooManyAttempts)
    }

    /// The client of a session that begins gives up at once, as a rule, and so does this.
    fn at_fault(&mut self, end: End) {
        self.end = end;
        if self.first {
            self.until = self.until.min(Instant::now() + SECOND_TRY);
        }
    }
}

#[cfg(test)]
mod tests {
    use usher_core::ports::Unreachable;

    use super::*;

    const PATIENCE: Duration = Duration::from_mins(1);
    const DOWN: End = End::HostUnreachable(Unreachable::ConnectionRefused);

    #[test]
    fn the_fifth_failed_attempt_ends_a_session_that_begins() {
        let mut wait = Wait::first(PATIENCE, MOST_ATTEMPTS);
        for _ in 0..4 {
            assert_eq!(wait.learn(Failed::Client), None);
            assert_eq!(wait.learn(Failed::Foreign), None, "not counted");
        }
        assert_eq!(wait.room(), 1, "one more may fail");
        assert_eq!(wait.over(), End::ClientNeverCame);
        assert_eq!(wait.learn(Failed::Guess), Some(End::TooManyAttempts));
    }

    #[test]
    fn a_session_that_had_begun_bears_probes_but_no_five_guesses() {
        let mut wait = Wait::again(End::EndedByPerson);
        for failed in (0..50).map(|_| Failed::Client).chain([Failed::Passing(DOWN)]) {
            assert_eq!(wait.learn(failed), None);
        }
        assert_eq!(wait.room(), MOST_AT_ONCE);
        let ends: Vec<_> = (0..5).map(|_| wait.learn(Failed::Guess)).collect();
        assert_eq!(ends, [None, None, None, None, Some(End::TooManyAttempts)]);
    }

    #[test]
    fn a_host_that_was_at_fault_is_told_soon_and_once_begun_late() {
        let (mut first, mut again) =
            (Wait::first(PATIENCE, MOST_ATTEMPTS), Wait::again(End::EndedByPerson));
        for wait in [&mut first, &mut again] {
            assert_eq!(wait.learn(Failed::Passing(DOWN)), None);
            assert_eq!(wait.over(), DOWN);
        }
        let left = |wait: &Wait| wait.until() - Instant::now();
        assert!(left(&first) <= SECOND_TRY);
        assert!(left(&again) > PATIENCE);
    }

    #[test]
    fn what_is_over_is_over() {
        let mut wait = Wait::again(End::EndedByPerson);
        assert_eq!(wait.learn(Failed::Over(End::Fault)), Some(End::Fault));
    }
}
