//! Whether a launch that runs may be signed in to anew. *Sign in again* asks it before anything of the launch
//! is touched, and the lease once the client has come back: both ask the same.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::UnlockId;
use super::course::Terms;
use super::lease::Meant;
use crate::error::LeaseError;
use crate::policy::Given;
use crate::ports::{Again, Clock, Ports, Unlocks};
use crate::time::Uptime;

/// How often a session may be signed in to anew within [`RENEWALS_WITHIN`].
const MOST_RENEWALS: usize = 10;
/// The same by itself, where the host does not say that anybody is signed in: each time may be one more
/// wrong password, and a few of them lock an account out.
const MOST_UNSAID: usize = 2;
pub(super) const RENEWALS_WITHIN: Duration = Duration::from_mins(10);

/// A launch whose password can be fetched anew, as it was agreed to. Holds no secret.
#[derive(Debug, Clone)]
pub struct Renewable {
    pub(super) terms: Terms,
    pub(super) meant: Meant,
    /// When it was signed in anew lately, and why; one list for the lease and for whoever asks before it.
    renewed: Arc<Mutex<Vec<(Uptime, Again)>>>,
}

impl Renewable {
    pub(super) fn new(terms: Terms, meant: Meant) -> Self {
        Self { terms, meant, renewed: Arc::default() }
    }

    /// Whether it may be, as of now: the vault is open, both entries and the trust in the host's key are
    /// as at the launch, policy agrees, and it was not too often. The unlock that it goes with; nothing
    /// is counted. `blindly`: by itself, and the host has not said that anybody was signed in.
    pub(super) async fn may<P: Ports>(
        &self,
        ports: &P,
        given: Given<'_>,
        blindly: bool,
    ) -> Result<UnlockId, LeaseError> {
        let unlock = self.unlock_now(ports).ok_or(LeaseError::Locked)?;
        let terms = Terms { unlock, ..self.terms.clone() };
        drop(self.meant.agreed(ports, &terms, given).await?);
        self.not_too_often(ports.clock().uptime(), blindly)?;
        Ok(unlock)
    }

    /// It is signed in anew.
    pub(super) fn count(&self, now: Uptime, why: Again) {
        self.renewed().push((now, why));
    }

    /// A line that breaks again and again, or a client that makes it so, does not have the password
    /// fetched without end.
    fn not_too_often(&self, now: Uptime, blindly: bool) -> Result<(), LeaseError> {
        let mut renewed = self.renewed();
        renewed.retain(|(at, _)| now.0.saturating_sub(at.0) < RENEWALS_WITHIN);
        let by_itself = renewed.iter().filter(|(_, why)| *why == Again::LineLost).count();
        if (blindly && by_itself >= MOST_UNSAID) || renewed.len() >= MOST_RENEWALS {
            return Err(LeaseError::TooOften);
        }
        Ok(())
    }

    /// The launch's own unlock while it is open, else another one of the same person.
    fn unlock_now<P: Ports>(&self, ports: &P) -> Option<UnlockId> {
        let (terms, unlocks) = (&self.terms, ports.unlocks());
        let own = unlocks.person(terms.unlock) == Some(terms.person);
        if own { Some(terms.unlock) } else { unlocks.open_for(terms.person) }
    }

    fn renewed(&self) -> MutexGuard<'_, Vec<(Uptime, Again)>> {
        self.renewed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
