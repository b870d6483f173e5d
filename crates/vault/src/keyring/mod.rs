//! The OS keyring: what the device keeps for the vault. Each call on a thread of its own, with a
//! limit of time, and never anything anywhere else.

mod os;

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry};
use usher_core::error::KeyringError;
use zeroize::Zeroizing;

use crate::device::Device;

/// How long the keyring may take. It may be asking the person for its password.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest value that every OS keyring takes: Windows' `CRED_MAX_CREDENTIAL_BLOB_SIZE`.
const LARGEST: usize = 2560;

/// The OS keyring, under one service name. Cheap to clone; clones share the connection.
///
/// A keyring that is not there is looked for anew at every call, so starting it is all that a
/// person has to do. After [`KeyringError::TimedOut`] the keyring may still do what was asked of it,
/// once the person answers it.
#[derive(Clone)]
pub struct Keyring {
    service: Arc<str>,
    store: Arc<Mutex<Option<Arc<CredentialStore>>>>,
    patience: Duration,
}

impl Keyring {
    /// The keyring under this service name: `usher` for the app; the demo has its own.
    #[must_use]
    pub fn new(service: &str) -> Self {
        Self { service: service.into(), store: Arc::default(), patience: PATIENCE }
    }

    /// The same with another limit of time for each call.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs the job on a thread of its own, which is left alone if it takes too long: a keyring may
    /// block for as long as its prompt is open.
    fn ask<T: Send + 'static>(
        &self,
        item: &str,
        job: impl Fn(&Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeyringError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let (keyring, item) = (self.clone(), item.to_owned());
        thread::Builder::new()
            .name("usher-keyring".to_owned())
            .spawn(move || answer.send(keyring.attempt(&item, &job)).is_ok())
            .map_err(|_| KeyringError::Failed)?;
        match answered.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringError::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringError::Failed),
        }
    }

    /// Tries with the connection there is; if that is stale (the service was started again), once
    /// more with a new one.
    fn attempt<T>(
        &self,
        item: &str,
        job: &dyn Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<T, KeyringError> {
        let run = |store: &Arc<CredentialStore>| job(&store.build(&self.service, item, None)?);
        if let Some(store) = self.known() {
            match run(&store) {
                Err(keyring_core::Error::PlatformFailure(_)) => self.set(None),
                settled => return settled.map_err(os::typed),
            }
        }
        let store = os::connect()?;
        self.set(Some(Arc::clone(&store)));
        run(&store).map_err(os::typed)
    }

    fn known(&self) -> Option<Arc<CredentialStore>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, store: Option<Arc<CredentialStore>>) {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = store;
    }
}

impl Device for Keyring {
    fn get(&self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        match self.ask(item, |entry| entry.get_secret().map(Zeroizing::new)) {
            Err(KeyringError::NoKey) => Ok(None),
            other => other.map(Some),
        }
    }

    fn put(&self, item: &str, value: &[u8]) -> Result<(), KeyringError> {
        let bytes = Zeroizing::new(value.to_vec());
        if bytes.is_empty() || bytes.len() > LARGEST {
            return Err(KeyringError::Failed);
        }
        self.ask(item, move |entry| entry.set_secret(&bytes))
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        match self.ask(item, Entry::delete_credential) {
            Err(KeyringError::NoKey) => Ok(()),
            other => other,
        }
    }
}
