use std::sync::Mutex;

use tokio::sync::Notify;
use usher_core::entry::KeySerial;
use usher_core::error::KeyringError;
use usher_core::ids::ConnectionId;

use super::*;

/// A keyring that is slow: whoever reads a key has it as it was when they asked.
#[derive(Default)]
struct SlowKeys {
    text: Mutex<String>,
    answers: Notify,
}

impl SlowKeys {
    fn now_holds(&self, text: &str) {
        *self.text.lock().unwrap() = text.to_owned();
    }
}

impl ApiKeys for SlowKeys {
    async fn put(&self, _: KeyId, _: Secret) -> Result<(), KeyringError> {
        Err(KeyringError::Failed)
    }

    async fn get(&self, _: KeyId) -> Result<Secret, KeyringError> {
        let text = self.text.lock().unwrap().clone();
        self.answers.notified().await;
        Ok(Secret::new(text))
    }

    async fn remove(&self, _: KeyId) -> Result<(), KeyringError> {
        Err(KeyringError::Failed)
    }
}

fn key(serial: u64) -> KeyInUse {
    let key = KeyId::Account(ConnectionId::from_bytes([3; 16]));
    KeyInUse { region: Region::Eu, key, serial: KeySerial(serial) }
}

fn source() -> (Arc<SlowKeys>, ItGlueSource<SlowKeys>) {
    let keys = Arc::new(SlowKeys::default());
    keys.now_holds("ITG.old");
    (Arc::clone(&keys), ItGlueSource::new(keys))
}

/// The key's client; the keyring answers at once.
async fn client(keys: &SlowKeys, source: &ItGlueSource<SlowKeys>, used: KeyInUse) -> Arc<Client> {
    keys.answers.notify_one();
    source.client(used).await.expect("a client")
}

#[tokio::test]
async fn a_key_that_is_replaced_while_the_keyring_gives_it_is_not_kept() {
    let (keys, source) = source();
    let replaced = async {
        keys.now_holds("ITG.new");
        source.forget(key(0).key);
        keys.answers.notify_one();
    };
    let (read, ()) = tokio::join!(source.client(key(0)), replaced);
    assert!(read.is_ok());
    assert!(source.clients.known(key(0)).is_none(), "the old key would stay in use");
    let next = client(&keys, &source, key(0)).await;
    let known = source.clients.known(key(0)).expect("the new key's is kept");
    assert!(Arc::ptr_eq(&next, &known));
}

#[tokio::test]
async fn a_key_that_is_refused_or_was_replaced_elsewhere_is_read_anew() {
    let (keys, source) = source();
    client(&keys, &source, key(0)).await;
    assert!(source.clients.known(key(1)).is_none(), "another program has replaced it");
    let answers = [itglue::Error::NotFound, itglue::Error::KeyRefused];
    let kept = answers.map(|error| {
        let told: Result<(), SourceError> = source.answer(key(0), Err(error));
        assert!(told.is_err());
        source.clients.known(key(0)).is_some()
    });
    assert_eq!(kept, [true, false]);
}
