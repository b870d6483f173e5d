//! API keys in the OS keyring: off the async threads, with a limit of time, and never anywhere else.

mod os;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry};
use tokio::sync::oneshot;
use tokio::time::timeout;
use usher_core::Secret;
use usher_core::entry::KeyId;
use usher_core::error::KeyringError;
use usher_core::ports::ApiKeys;
use zeroize::Zeroizing;

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

    /// Removes all these keys; for the demo, which leaves none of its vault's behind.
    ///
    /// # Errors
    /// The first failure, after every one was tried.
    pub async fn remove_all(
        &self,
        ids: impl IntoIterator<Item = KeyId>,
    ) -> Result<(), KeyringError> {
        let mut outcome = Ok(());
        for id in ids {
            outcome = outcome.and(self.remove(id).await);
        }
        outcome
    }

    /// Runs the job on a thread of its own: a keyring may block for as long as its prompt is open,
    /// and a runtime waits for its blocking threads when it ends, but not for this one.
    async fn ask<T: Send + 'static>(
        &self,
        id: KeyId,
        job: impl Fn(&Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeyringError> {
        let (answer, answered) = oneshot::channel();
        let keyring = self.clone();
        thread::Builder::new()
            .name("usher-keyring".to_owned())
            .spawn(move || answer.send(keyring.attempt(id, &job)).is_ok())
            .map_err(|_| KeyringError::Failed)?;
        match timeout(self.patience, answered).await {
            Ok(answer) => answer.unwrap_or(Err(KeyringError::Failed)),
            Err(_) => Err(KeyringError::TimedOut),
        }
    }

    /// Tries with the connection there is; if that is stale (the service was started again), once
    /// more with a new one.
    fn attempt<T>(
        &self,
        id: KeyId,
        job: &dyn Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<T, KeyringError> {
        let user = user(id);
        let run = |store: &Arc<CredentialStore>| job(&store.build(&self.service, &user, None)?);
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

impl ApiKeys for Keyring {
    async fn put(&self, id: KeyId, key: Secret) -> Result<(), KeyringError> {
        // EXPOSE: the keyring takes bytes; this copy is wiped when the job is done
        let bytes = Zeroizing::new(key.expose().as_bytes().to_vec());
        drop(key);
        if bytes.is_empty() || bytes.len() > LARGEST {
            return Err(KeyringError::Failed);
        }
        self.ask(id, move |entry| entry.set_secret(&bytes)).await
    }

    async fn get(&self, id: KeyId) -> Result<Secret, KeyringError> {
        self.ask(id, |entry| entry.get_secret().map(Zeroizing::new)).await.and_then(secret)
    }

    async fn remove(&self, id: KeyId) -> Result<(), KeyringError> {
        match self.ask(id, Entry::delete_credential).await {
            Err(KeyringError::NoKey) => Ok(()),
            other => other,
        }
    }
}

/// The name it stands under: our ids never coincide, so accounts and people need no prefix.
fn user(id: KeyId) -> String {
    match id {
        KeyId::Account(id) => id.to_string(),
        KeyId::Person(id) => id.to_string(),
    }
}

fn secret(mut bytes: Zeroizing<Vec<u8>>) -> Result<Secret, KeyringError> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Secret::new(text)),
        Err(not_text) => {
            drop(Zeroizing::new(not_text.into_bytes()));
            Err(KeyringError::Failed)
        }
    }
}
