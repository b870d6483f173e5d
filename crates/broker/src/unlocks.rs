//! Who has the vault unlocked: opaque handles outside, unlock ids inside.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use usher_core::entry::fingerprint;
use usher_core::ids::PersonId;
use usher_core::launch::UnlockId;
use usher_core::ports::{Proved, Random, Unlocks};

/// The unlocks that are open.
#[derive(Debug, Default)]
pub struct UnlockRegistry(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    last: u64,
    by_handle: BTreeMap<String, UnlockId>,
    people: BTreeMap<UnlockId, PersonId>,
}

impl UnlockRegistry {
    /// Opens an unlock; answers with its handle, which cannot be guessed.
    pub(crate) fn open(&self, person: PersonId, random: &impl Random) -> String {
        let mut bytes = [0_u8; 32];
        random.fill(&mut bytes);
        let handle = fingerprint(&bytes);
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.last = open.last.saturating_add(1);
        let id = UnlockId(open.last);
        open.by_handle.insert(handle.clone(), id);
        open.people.insert(id, person);
        handle
    }

    /// The unlock behind a handle, while it is open.
    pub(crate) fn find(&self, handle: &str) -> Option<(UnlockId, PersonId)> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = *open.by_handle.get(handle)?;
        Some((id, *open.people.get(&id)?))
    }

    /// Closes an unlock: its leases and permits are worth nothing from here on.
    pub fn close(&self, handle: &str) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = open.by_handle.remove(handle) {
            open.people.remove(&id);
        }
    }
}

impl Unlocks for UnlockRegistry {
    fn proved(&self, unlock: UnlockId) -> Option<Proved> {
        self.person(unlock).map(|_| Proved::Passphrase)
    }

    fn person(&self, unlock: UnlockId) -> Option<PersonId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).people.get(&unlock).copied()
    }
}
