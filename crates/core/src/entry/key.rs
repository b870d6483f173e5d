//! API keys: an account's, and a person's own beside it. Their characters lie in the vault, sealed.

use std::time::Duration;

use crate::entry::Region;
use crate::ids::{ConnectionId, PersonId, PersonKeyId};
use crate::time::Moment;

/// IT Glue revokes a key that was not used for so many days.
pub const REVOKED_AFTER_DAYS: u32 = 90;
/// From so many days without use on, people are told.
pub const FLAGGED_FROM_DAYS: u32 = 80;

const DAY: Duration = Duration::from_hours(24);

/// Which key; the vault holds it under this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyId {
    /// The account's.
    Account(ConnectionId),
    /// A person's own.
    Person(PersonKeyId),
}

/// The key that a request is made with, and where it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyInUse {
    /// The account's region.
    pub region: Region,
    /// The key.
    pub key: KeyId,
    /// Which one of those that stood in this place; what it brings to light is said of no other.
    pub serial: KeySerial,
}

/// Tells a key from the one before it in the same place: 0 for the first, counted up with each
/// replacement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeySerial(pub u64);

/// A key of one person's own: used instead of the account's when they work, so that taking them
/// off is revoking one key, and IT Glue's own log names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKey {
    /// Names it in the vault.
    pub id: PersonKeyId,
    /// Of which account.
    pub connection: ConnectionId,
    /// Whose.
    pub person: PersonId,
    /// What was learnt of it.
    pub history: KeyHistory,
}

impl PersonKey {
    /// This key, for requests to its account's region.
    #[must_use]
    pub fn in_use(&self, region: Region) -> KeyInUse {
        KeyInUse { region, key: KeyId::Person(self.id), serial: self.history.serial }
    }
}

/// Whether a key was made with the *Password Access* box. Only a fetch can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PasswordAccess {
    /// No password was fetched with it yet.
    Unknown,
    /// A password came.
    Granted,
    /// IT Glue refused one.
    Missing,
}

/// What was learnt of a key by using it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHistory {
    /// Of which key in this place.
    pub serial: KeySerial,
    /// Whether it brings passwords.
    pub password_access: PasswordAccess,
    /// When IT Glue last accepted it.
    pub last_accepted: Option<Moment>,
    /// When IT Glue last refused it as such (403), if that is its newest verdict.
    pub refused_since: Option<Moment>,
}

/// How long a key has not been used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyWatch {
    /// Whole days since its last use.
    pub unused_days: u32,
    /// Whether people are to be told.
    pub flagged: bool,
    /// Days until IT Glue revokes it; 0 once they are over.
    pub revoked_in_days: u32,
}

impl KeyHistory {
    /// A new key that was accepted just now.
    #[must_use]
    pub fn accepted(now: Moment) -> Self {
        Self {
            serial: KeySerial::default(),
            password_access: PasswordAccess::Unknown,
            last_accepted: Some(now),
            refused_since: None,
        }
    }

    /// The same for a key that takes this one's place: nothing of the old one is said of it.
    #[must_use]
    pub fn replaced(&self, now: Moment) -> Self {
        Self { serial: KeySerial(self.serial.0.saturating_add(1)), ..Self::accepted(now) }
    }

    /// How long it has not been used; `None` if it never was.
    #[must_use]
    pub fn unused(&self, now: Moment) -> Option<Duration> {
        self.last_accepted.map(|last| now.since(last))
    }

    /// What the 90 days are up to; `None` if the key was never used.
    #[must_use]
    pub fn watch(&self, now: Moment) -> Option<KeyWatch> {
        let days = self.unused(now)?.as_secs().checked_div(DAY.as_secs())?;
        let unused_days = u32::try_from(days).unwrap_or(u32::MAX);
        Some(KeyWatch {
            unused_days,
            flagged: unused_days >= FLAGGED_FROM_DAYS,
            revoked_in_days: REVOKED_AFTER_DAYS.saturating_sub(unused_days),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(days: u64, more: u64) -> Option<KeyWatch> {
        let day = 86_400_000;
        let history = KeyHistory::accepted(Moment::from_unix_millis(day));
        history.watch(Moment::from_unix_millis(day * (days + 1) + more))
    }

    #[test]
    fn a_key_is_flagged_from_80_days_on_and_revoked_after_90() {
        let watch = |unused_days, flagged, revoked_in_days| {
            Some(KeyWatch { unused_days, flagged, revoked_in_days })
        };
        assert_eq!(after(0, 0), watch(0, false, 90));
        assert_eq!(after(79, 86_399_999), watch(79, false, 11));
        assert_eq!(after(80, 0), watch(80, true, 10));
        assert_eq!(after(90, 0), watch(90, true, 0));
        assert_eq!(after(500, 0), watch(500, true, 0));
    }

    #[test]
    fn a_clock_that_was_set_back_and_a_key_never_used_flag_nothing() {
        let history = KeyHistory::accepted(Moment::from_unix_millis(9));
        let watch = history.watch(Moment::from_unix_millis(3)).expect("it was used");
        assert_eq!((watch.unused_days, watch.flagged), (0, false));
        let never = KeyHistory { last_accepted: None, ..history };
        assert_eq!(never.watch(Moment::from_unix_millis(9)), None);
    }
}
