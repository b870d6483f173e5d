//! The ticket that each unlock gave last in a folder, to be offered again there.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::ids::{FolderId, PersonId};
use usher_core::launch::UnlockId;
use usher_core::ports::{LocalStore, Ports};

/// Numbers of tickets, by unlock and folder; `None` where the log was asked and has none. What was
/// given in an earlier unlock stands in the audit log.
#[derive(Default)]
pub(crate) struct LastTickets(Mutex<Known>);

type Known = BTreeMap<(UnlockId, FolderId), Option<String>>;

impl LastTickets {
    /// Remembers the number given.
    pub(crate) fn keep(&self, unlock: UnlockId, folder: FolderId, number: &str) {
        self.held().insert((unlock, folder), Some(number.to_owned()));
    }

    /// The number given last, as far as it was looked up.
    pub(crate) fn find(&self, unlock: UnlockId, folder: FolderId) -> Option<String> {
        self.held().get(&(unlock, folder)).cloned().flatten()
    }

    /// The number given last in this unlock, or before it as the log has it.
    pub(crate) async fn look_up<P: Ports>(
        &self,
        ports: &P,
        (unlock, person): (UnlockId, PersonId),
        folder: FolderId,
    ) -> Option<String> {
        if let Some(known) = self.held().get(&(unlock, folder)).cloned() {
            return known;
        }
        // A log that cannot be read now is asked again.
        let last = ports.local().last_ticket(person, folder).await.ok()?;
        let number = last.map(|ticket| ticket.number);
        // What was given meanwhile is newer.
        self.held().entry((unlock, folder)).or_insert(number).clone()
    }

    /// The unlock is over.
    pub(crate) fn forget(&self, unlock: UnlockId) {
        self.held().retain(|(of, _), _| *of != unlock);
    }

    fn held(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
