//! How many entries have drifted, counted once for each state of the vault.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use usher_core::book::Book;
use usher_core::lockdown;

/// The last count, and the book it was made over.
#[derive(Default)]
pub(crate) struct DriftCount(Mutex<(Weak<Book>, u32)>);

impl DriftCount {
    /// How many IT Glue entries technicians can do more with than launch.
    pub(crate) fn of(&self, book: &Arc<Book>) -> u32 {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::ptr::eq(counted.0.as_ptr(), Arc::as_ptr(book)) {
            let count = u32::try_from(lockdown::drifts(book).len()).unwrap_or(u32::MAX);
            *counted = (Arc::downgrade(book), count);
        }
        counted.1
    }
}
