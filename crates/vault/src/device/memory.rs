//! A device in memory, for tests: of this crate and of those that put a vault together.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use usher_core::error::KeyringError;
use zeroize::Zeroizing;

use super::Device;

/// Keeps nothing beyond the process. Clones are one device; it can be made to fail.
#[derive(Clone, Default)]
pub struct MemoryDevice(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    items: BTreeMap<String, Vec<u8>>,
    broken: Option<KeyringError>,
}

impl MemoryDevice {
    /// Another device that holds the same items from here on, as a copied keyring would.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self(Arc::new(Mutex::new(self.state().clone())))
    }

    /// From here on every call gives this error; `None`: none.
    pub fn breaks(&self, error: Option<KeyringError>) {
        self.state().broken = error;
    }

    /// The names of the items.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.state().items.keys().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn working(&self) -> Result<MutexGuard<'_, State>, KeyringError> {
        let state = self.state();
        match state.broken {
            Some(error) => Err(error),
            None => Ok(state),
        }
    }
}

impl Device for MemoryDevice {
    fn get(&self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        Ok(self.working()?.items.get(item).cloned().map(Zeroizing::new))
    }

    fn put(&self, item: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.working()?.items.insert(item.to_owned(), value.to_vec());
        Ok(())
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        self.working()?.items.remove(item);
        Ok(())
    }
}
