//! What each unlock could take back: its newest edits, until it is locked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use usher_core::entries::{Undoable, Undone};
use usher_core::launch::UnlockId;

/// How many edits are kept for one unlock.
const AT_MOST: usize = 20;

/// The lists of all unlocks, the newest edit last.
#[derive(Default)]
pub(crate) struct Undos(Mutex<BTreeMap<UnlockId, VecDeque<Undoable>>>);

impl Undos {
    /// Keeps an edit.
    pub(crate) fn keep(&self, unlock: UnlockId, edit: Undoable) {
        let mut held = self.held();
        let list = held.entry(unlock).or_default();
        list.push_back(edit);
        if list.len() > AT_MOST {
            list.pop_front();
        }
    }

    /// The edit that would be taken back next.
    pub(crate) fn newest(&self, unlock: UnlockId) -> Option<Undoable> {
        self.held().get(&unlock)?.back().cloned()
    }

    /// It was taken back: the edits before it find their rows as this left them.
    pub(crate) fn taken_back(&self, unlock: UnlockId, undone: &Undone) {
        if let Some(list) = self.held().get_mut(&unlock) {
            list.pop_back();
            for edit in list {
                edit.follow(undone);
            }
        }
    }

    /// It cannot be taken back any more.
    pub(crate) fn drop_newest(&self, unlock: UnlockId) {
        if let Some(list) = self.held().get_mut(&unlock) {
            list.pop_back();
        }
    }

    /// The unlock is over.
    pub(crate) fn forget(&self, unlock: UnlockId) {
        self.held().remove(&unlock);
    }

    /// Nothing that was done so far can be taken back any more, by nobody.
    pub(crate) fn forget_all(&self) {
        self.held().clear();
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<UnlockId, VecDeque<Undoable>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
