//! One client per key, for as long as that key stands in its place.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use itglue::Client;
use usher_core::entry::{KeyId, KeyInUse, KeySerial};

/// The clients, and how often one was forgotten.
#[derive(Default)]
pub(super) struct Clients(Mutex<Held>);

#[derive(Default)]
struct Held {
    clients: BTreeMap<KeyId, (KeySerial, Arc<Client>)>,
    forgotten: u64,
}

/// What was forgotten up to now. A key that is read from the keyring after this may be replaced
/// before it has arrived: its client is then good for one use, and not kept.
pub(super) struct AsOf(u64);

impl Clients {
    /// The client of exactly this key: another program may have replaced the one before.
    pub(super) fn known(&self, used: KeyInUse) -> Option<Arc<Client>> {
        let held = self.held();
        let (serial, client) = held.clients.get(&used.key)?;
        (*serial == used.serial).then(|| Arc::clone(client))
    }

    pub(super) fn as_of_now(&self) -> AsOf {
        AsOf(self.held().forgotten)
    }

    pub(super) fn keep(&self, used: KeyInUse, client: &Arc<Client>, key_read: &AsOf) {
        let mut held = self.held();
        if held.forgotten == key_read.0 {
            held.clients.insert(used.key, (used.serial, Arc::clone(client)));
        }
    }

    pub(super) fn forget(&self, key: KeyId) {
        let mut held = self.held();
        held.forgotten = held.forgotten.wrapping_add(1);
        held.clients.remove(&key);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
