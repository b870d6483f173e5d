//! What hosts made of the passwords that were sent to them. Whoever goes on trying a wrong one locks an
//! account out, so one that was refused is not sent once more unless somebody asks for it.

#[cfg(test)]
mod tests;

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
