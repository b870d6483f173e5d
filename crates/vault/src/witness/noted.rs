//! What the device has noted of the log. It is read before a row is appended, and nothing is noted
//! before it was read: else whoever cuts the log off has its new end noted by appending to it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use usher_core::error::KeyringError;

use super::AuditAnchor;
use crate::seal::VaultId;

/// Reads the note of a vault's log from the device.
pub(crate) type Ask =
    dyn Fn(VaultId) -> Result<Option<AuditAnchor>, KeyringError> + Send + Sync + 'static;

/// Whether the device was asked. Clones are one.
#[derive(Clone, Default)]
pub(super) struct Noted(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// None where there is no device: then nothing is noted.
    device: Option<Arc<Ask>>,
    /// Of which vault it was asked, and whether it answered.
    asked: Option<(VaultId, Result<(), KeyringError>)>,
    /// It is to be asked once more: another program may have noted something since.
    again: bool,
}

impl Noted {
    /// From now on this is the device.
    pub(super) fn is_kept_by(&self, device: Arc<Ask>) {
        self.lock().device = Some(device);
    }

    /// Asks the device, where it has not been asked of this vault or is to be asked again. `take`s what
    /// it said, and whether it had answered before.
    pub(super) fn ask(
        &self,
        vault: VaultId,
        take: impl FnOnce(bool, Option<AuditAnchor>),
    ) -> Result<(), KeyringError> {
        let mut state = self.lock();
        let before = state.asked.and_then(|(of, outcome)| (of == vault).then_some(outcome));
        if let Some(outcome) = before
            && !state.again
        {
            return outcome;
        }
        // Held meanwhile: nobody else appends before the answer is taken.
        let answer = state.device.as_ref().map_or(Ok(None), |device| device(vault));
        let answered = before == Some(Ok(()));
        let outcome = answer.map(|anchor| take(answered, anchor));
        // What it said once is known, also when it does not answer any more.
        let outcome = if answered { Ok(()) } else { outcome };
        (state.asked, state.again) = (Some((vault, outcome)), false);
        outcome
    }

    /// The device has answered. Whether it had before.
    pub(super) fn answered(&self, vault: VaultId) -> bool {
        let now = Some((vault, Ok(())));
        std::mem::replace(&mut self.lock().asked, now) == now
    }

    /// Whether the device has answered.
    pub(super) fn has_answered(&self, vault: VaultId) -> bool {
        self.lock().asked == Some((vault, Ok(())))
    }

    /// The device is asked once more by whoever asks next.
    pub(super) fn ask_again(&self) {
        self.lock().again = true;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
