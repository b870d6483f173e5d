//! Everything that the server and the tests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{cache::Cache, data::AccountData, faults::Faults, requests::Log, switches::Switches};

pub(crate) struct Inside {
    pub(crate) data: AccountData,
    pub(crate) switches: Switches,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) cache: Cache,
}

impl Inside {
    /// To be called after any change of the records or switches.
    pub(crate) fn changed(&mut self) {
        self.cache = Cache::default();
    }
}

/// A handle on what is shared.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Inside>>);

impl Shared {
    pub(crate) fn new(data: AccountData) -> Self {
        Self(Arc::new(Mutex::new(Inside {
            data,
            switches: Switches::default(),
            faults: Faults::default(),
            log: Log::default(),
            cache: Cache::default(),
        })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
