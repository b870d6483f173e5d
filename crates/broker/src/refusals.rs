//! How often a host refused the same password lately: whoever goes on trying locks an account out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use usher_core::ids::{ConnectionId, PasswordId};
use usher_core::ports::Acceptance;
use usher_core::time::Uptime;

/// For how long a refusal counts: half of the time after which Windows forgets one by default.
const LATELY: Duration = Duration::from_mins(10);

/// Refusals of the last minutes. In memory: whoever starts Usher anew starts from nothing.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<BTreeMap<Tried, Vec<Uptime>>>);

/// What was tried where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tried {
    pub(crate) with: Credential,
    pub(crate) host: String,
}

/// The password that was tried, without its characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Credential {
    /// A record of an account.
    Record(ConnectionId, PasswordId),
    /// What was typed for this user.
    Typed(String),
}

impl Credential {
    /// Hosts do not tell the cases of a user name apart.
    pub(crate) fn typed(user: &str) -> Self {
        Self::Typed(user.to_lowercase())
    }
}

impl Refusals {
    /// It was refused now: how often that makes lately.
    pub(crate) fn refused(&self, tried: &Tried, now: Uptime) -> u32 {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(tried.clone()).or_default().push(now);
        all.retain(|_, times| {
            times.retain(|then| now.0.saturating_sub(then.0) < LATELY);
            !times.is_empty()
        });
        let times = all.get(tried).map_or(0, Vec::len);
        u32::try_from(times).unwrap_or(u32::MAX)
    }

    /// It was accepted: the host counts from nothing again, and so do we. A desktop alone may be the
    /// sign-in page that a wrong password leads to.
    pub(crate) fn accepted(&self, tried: &Tried, how: Acceptance) {
        if how == Acceptance::DesktopOnly {
            return;
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(tried);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(user: &str, host: &str) -> Tried {
        Tried { with: Credential::typed(user), host: host.to_owned() }
    }

    fn minute(minutes: u64) -> Uptime {
        Uptime(Duration::from_mins(minutes))
    }

    #[test]
    fn refusals_count_for_ten_minutes_each_for_one_password_at_one_host() {
        let refusals = Refusals::default();
        let of = |user: &str, host: &str, at| refusals.refused(&tried(user, host), minute(at));
        assert_eq!((of("adm", "dc01", 0), of("ADM", "dc01", 4)), (1, 2));
        assert_eq!((of("adm", "dc02", 5), of("eve", "dc01", 5)), (1, 1));
        assert_eq!(of("adm", "dc01", 10), 2, "the first one is forgotten");
        refusals.accepted(&tried("adm", "dc01"), Acceptance::DesktopOnly);
        assert_eq!(of("adm", "dc01", 10), 3, "the desktop of a sign-in page");
        refusals.accepted(&tried("adm", "dc01"), Acceptance::Said);
        assert_eq!(of("adm", "dc01", 11), 1);
        assert_eq!(of("adm", "dc02", 60), 1);
        assert_eq!(refusals.0.lock().expect("held by nobody").len(), 1, "nothing piles up");
    }
}
