//! What hosts made of the passwords that were sent to them. Whoever goes on trying a wrong one locks an
//! account out, so one that was refused is not sent once more unless somebody asks for it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ids::{ConnectionId, PasswordId, RunId};
use crate::ports::{Acceptance, End, Outcome};
use crate::time::Uptime;

/// For how long a refusal is counted: half of the time after which Windows forgets one by default.
const LATELY: Duration = Duration::from_mins(10);
/// After this long nobody waits for a host's answer any more: IT Glue has a minute for all its tries, and the
/// host less for its own part.
const UNDECIDED_AT_MOST: Duration = Duration::from_mins(2);

/// What is under way, and what was refused. In memory: whoever starts Usher anew starts from nothing.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<BTreeMap<Tried, Known>>);

/// What was tried where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tried {
    /// With what.
    pub with: Credential,
    /// The host, as its session entry names it.
    pub host: String,
}

/// The password that was tried, without its characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credential {
    /// A record of an account.
    Record(ConnectionId, PasswordId),
    /// What was typed for this user.
    Typed(String),
}

impl Credential {
    /// Hosts do not tell the cases of a user name apart.
    #[must_use]
    pub fn typed(user: &str) -> Self {
        Self::Typed(user.to_lowercase())
    }
}

/// What is known of one password at one host.
#[derive(Debug, Default)]
struct Known {
    /// The refusals that are counted.
    lately: Vec<Uptime>,
    /// The last refusal, however long ago: it stands until the host accepts.
    refused: Option<Uptime>,
    /// The launches whose sign-in the host has not answered yet, and since when.
    under_way: BTreeMap<RunId, Uptime>,
}

/// Whether a sign-in may go by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is under way from now on.
    Goes,
    /// The host has not answered another sign-in with the same password yet.
    Waits,
    /// The host refused the password.
    Refused,
}

impl Refusals {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Tried, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often it was refused within the last 10 minutes.
    #[must_use]
    pub fn lately(&self, tried: &Tried, now: Uptime) -> u32 {
        let all = self.all();
        let times = all.get(tried).map_or(0, |known| {
            known.lately.iter().filter(|then| is_within(LATELY, **then, now)).count()
        });
        u32::try_from(times).unwrap_or(u32::MAX)
    }

    /// A person asked for this sign-in, so it goes.
    pub(super) fn begins(&self, (tried, run): (&Tried, RunId), now: Uptime) {
        self.all().entry(tried.clone()).or_default().under_way.insert(run, now);
    }

    /// Nobody asked for this sign-in. `let_in`: when the host last let this very launch in.
    pub(super) fn begins_by_itself(
        &self,
        (tried, run): (&Tried, RunId),
        let_in: Option<Uptime>,
        now: Uptime,
    ) -> Turn {
        let mut all = self.all();
        let known = all.entry(tried.clone()).or_default();
        let turn = known.turn(run, let_in, now);
        if turn == Turn::Goes {
            known.under_way.insert(run, now);
        }
        turn
    }

    /// This launch's sign-in is not under way any more, whatever came of it.
    pub(super) fn settled(&self, tried: &Tried, run: RunId) {
        let mut all = self.all();
        let Some(known) = all.get_mut(tried) else { return };
        known.under_way.remove(&run);
        if known.is_nothing() {
            all.remove(tried);
        }
    }

    /// What the injector saw of the launch. A desktop alone may be the sign-in page that a wrong
    /// password leads to, so it takes no refusal back.
    pub(super) fn heard(&self, (tried, run): (&Tried, RunId), seen: &Outcome, now: Uptime) {
        match seen {
            Outcome::Ended(End::HostRefused(_)) => self.refused(tried, now),
            Outcome::HostAccepted(Acceptance::Said) => self.accepted(tried),
            Outcome::HostAccepted(Acceptance::DesktopOnly)
            | Outcome::ClientSignedIn
            | Outcome::Dropped
            | Outcome::NeedsUnlock
            | Outcome::Ended(_) => {}
        }
        self.settled(tried, run);
    }

    fn refused(&self, tried: &Tried, now: Uptime) {
        let mut all = self.all();
        let known = all.entry(tried.clone()).or_default();
        known.lately.retain(|then| is_within(LATELY, *then, now));
        known.lately.push(now);
        known.refused = Some(now);
    }

    /// The host counts from nothing again, and so do we.
    fn accepted(&self, tried: &Tried) {
        if let Some(known) = self.all().get_mut(tried) {
            (known.lately, known.refused) = (Vec::new(), None);
        }
    }
}

impl Known {
    fn turn(&self, run: RunId, let_in: Option<Uptime>, now: Uptime) -> Turn {
        let mut others = self.under_way.iter().filter(|(other, _)| **other != run);
        let refused = self.refused.is_some_and(|then| let_in.is_none_or(|since| since <= then));
        if refused {
            Turn::Refused
        } else if others.any(|(_, since)| is_within(UNDECIDED_AT_MOST, *since, now)) {
            Turn::Waits
        } else {
            Turn::Goes
        }
    }

    fn is_nothing(&self) -> bool {
        self.under_way.is_empty() && self.refused.is_none()
    }
}

fn is_within(time: Duration, then: Uptime, now: Uptime) -> bool {
    now.0.saturating_sub(then.0) < time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Refusal;

    const A: RunId = RunId::from_bytes([1; 16]);
    const B: RunId = RunId::from_bytes([2; 16]);
    const REFUSED: Outcome = Outcome::Ended(End::HostRefused(Refusal::LogonFailure));

    fn tried(user: &str, host: &str) -> Tried {
        Tried { with: Credential::typed(user), host: host.to_owned() }
    }

    fn minute(minutes: u64) -> Uptime {
        Uptime(Duration::from_mins(minutes))
    }

    fn hears(refusals: &Refusals, tried: &Tried, seen: &Outcome, at: u64) {
        refusals.heard((tried, A), seen, minute(at));
    }

    #[test]
    fn refusals_count_for_ten_minutes_each_for_one_password_at_one_host() {
        let refusals = Refusals::default();
        let of = |user: &str, host: &str, at| {
            hears(&refusals, &tried(user, host), &REFUSED, at);
            refusals.lately(&tried(user, host), minute(at))
        };
        assert_eq!((of("adm", "dc01", 0), of("ADM", "dc01", 4)), (1, 2));
        assert_eq!((of("adm", "dc02", 5), of("eve", "dc01", 5)), (1, 1));
        assert_eq!(of("adm", "dc01", 10), 2, "the first one is forgotten");
        let accepted =
            |how| hears(&refusals, &tried("adm", "dc01"), &Outcome::HostAccepted(how), 10);
        accepted(Acceptance::DesktopOnly);
        assert_eq!(of("adm", "dc01", 10), 3, "the desktop of a sign-in page");
        accepted(Acceptance::Said);
        assert_eq!(of("adm", "dc01", 11), 1);
        assert_eq!(of("adm", "dc02", 60), 1);
    }

    #[test]
    fn what_was_refused_does_not_go_by_itself_until_the_host_accepts() {
        let (refusals, adm) = (Refusals::default(), tried("adm", "dc01"));
        let by_itself = |run, let_in: Option<u64>, at| {
            let turn = refusals.begins_by_itself((&adm, run), let_in.map(minute), minute(at));
            refusals.settled(&adm, run);
            turn
        };
        assert_eq!(by_itself(B, Some(0), 1), Turn::Goes);
        refusals.begins((&adm, A), minute(2));
        hears(&refusals, &adm, &REFUSED, 2);
        assert_eq!(
            (by_itself(B, Some(1), 2), by_itself(B, None, 2)),
            (Turn::Refused, Turn::Refused)
        );
        assert_eq!(by_itself(B, Some(1), 999), Turn::Refused, "however long ago");
        assert_eq!(
            by_itself(B, Some(3), 4),
            Turn::Goes,
            "it was let in since, as far as one knows"
        );
        hears(&refusals, &adm, &Outcome::HostAccepted(Acceptance::DesktopOnly), 5);
        assert_eq!(by_itself(B, Some(1), 6), Turn::Refused, "that may be a sign-in page");
        hears(&refusals, &adm, &Outcome::HostAccepted(Acceptance::Said), 7);
        assert_eq!(by_itself(B, Some(1), 8), Turn::Goes);
        assert!(refusals.all().is_empty(), "nothing piles up");
    }

    #[test]
    fn one_after_the_other_goes_by_itself_and_none_waits_for_ever() {
        let (refusals, adm) = (Refusals::default(), tried("adm", "dc01"));
        let by_itself = |run, at| refusals.begins_by_itself((&adm, run), None, minute(at));
        refusals.begins((&adm, A), minute(0));
        assert_eq!(by_itself(B, 0), Turn::Waits, "a person asked for the other");
        assert_eq!(by_itself(A, 0), Turn::Goes, "its own is none to wait for");
        assert_eq!(by_itself(B, 2), Turn::Goes, "the other's answer never came");
        assert_eq!(by_itself(A, 2), Turn::Waits);
        refusals.heard((&adm, B), &Outcome::Dropped, minute(2));
        assert_eq!(by_itself(A, 2), Turn::Goes);
        let elsewhere = tried("adm", "dc02");
        assert_eq!(refusals.begins_by_itself((&elsewhere, B), None, minute(2)), Turn::Goes);
    }
}
