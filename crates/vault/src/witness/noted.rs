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
}

impl Noted {
    /// From now on this is the device.
    pub(super) fn is_kept_by(&self, device: Arc<Ask>) {
        self.lock().device = Some(device);
    }

    /// Asks the device, unless it was asked of this vault before; then `take`s what it said.
    pub(super) fn ask(
        &self,
        vault: VaultId,
        take: impl FnOnce(Option<AuditAnchor>),
    ) -> Result<(), KeyringError> {
        let mut state = self.lock();
        if let Some((of, outcome)) = state.asked
            && of == vault
        {
            return outcome;
        }
        // Held meanwhile: nobody else appends before the answer is taken.
        let answer = state.device.as_ref().map_or(Ok(None), |device| device(vault));
        let outcome = answer.map(take);
        state.asked = Some((vault, outcome));
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

    /// A device that did not answer is asked once more by whoever asks next.
    pub(super) fn ask_again(&self) {
        let mut state = self.lock();
        if matches!(state.asked, Some((_, Err(_)))) {
            state.asked = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
