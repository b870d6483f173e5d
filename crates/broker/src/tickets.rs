//! The ticket that each unlock gave last in a folder, to be offered again there.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::ids::FolderId;
use usher_core::launch::UnlockId;

/// Numbers of tickets, by unlock and folder. Older ones stand in the audit log.
#[derive(Default)]
pub(crate) struct LastTickets(Mutex<BTreeMap<(UnlockId, FolderId), String>>);

impl LastTickets {
    /// Remembers the number given.
    pub(crate) fn keep(&self, unlock: UnlockId, folder: FolderId, number: &str) {
        self.held().insert((unlock, folder), number.to_owned());
    }

    /// The number given last.
    pub(crate) fn find(&self, unlock: UnlockId, folder: FolderId) -> Option<String> {
        self.held().get(&(unlock, folder)).cloned()
    }

    /// The unlock is over.
    pub(crate) fn forget(&self, unlock: UnlockId) {
        self.held().retain(|(of, _), _| *of != unlock);
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<(UnlockId, FolderId), String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
