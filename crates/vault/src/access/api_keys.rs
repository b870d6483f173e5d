//! API keys in the vault: sealed with a key of their own, which those share who may use them.

use usher_core::Secret;
use usher_core::entry::KeyId;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::PersonId;
use usher_core::ports::ApiKeys;
use zeroize::Zeroizing;

use crate::keys::{SealedApiKey, Share, Shared};
use crate::rows::Write;
use crate::seal::SymmetricKey;
use crate::vault::{Shelf, Step, Vault};

impl ApiKeys for Vault {
    async fn put(&self, id: KeyId, key: Secret) -> Result<(), KeyringError> {
        // EXPOSE: sealed in the vault; this copy is wiped when it is done
        let characters = Zeroizing::new(key.expose().as_bytes().to_vec());
        drop(key);
        let put = self.worker.ask(move |shelf| {
            let by = keeper(shelf)?;
            let rows = sealed(shelf, id, by, &characters)?;
            shelf.commit(by, Step { rows, ..Step::default() }).map(drop)
        });
        put.await.map_err(|error| keyring(&error))
    }

    async fn get(&self, id: KeyId) -> Result<Secret, KeyringError> {
        let got = self.worker.ask(move |shelf| {
            let rows = shelf.rows()?.clone();
            let keys = shelf.keys()?;
            let Some(sealed) = SealedApiKey::find(&rows, id) else {
                return Ok(None);
            };
            let key = keys.open_share(&rows, Shared::ApiKey(id));
            let key = key.and_then(|key| SymmetricKey::from_slice(&key).ok());
            Ok(key.and_then(|key| sealed.open(keys.vault(), &key)))
        });
        got.await.map_err(|error| keyring(&error))?.ok_or(KeyringError::NoKey).and_then(secret)
    }

    async fn remove(&self, id: KeyId) -> Result<(), KeyringError> {
        let removed = self.worker.ask(move |shelf| {
            let rows = shelf.rows()?.clone();
            if SealedApiKey::find(&rows, id).is_none() {
                return Ok(());
            }
            let by = keeper(shelf)?;
            let shares = Share::all(&rows, Shared::ApiKey(id));
            let mut rows: Vec<Write> = shares.iter().map(Share::remove).collect();
            rows.push(SealedApiKey::remove(id));
            shelf.commit(by, Step { rows, ..Step::default() }).map(drop)
        });
        removed.await.map_err(|error| keyring(&error))
    }
}

/// Who answers for a key that is put or removed: an administrator, if one is here.
fn keeper(shelf: &mut Shelf) -> Result<PersonId, StoreError> {
    let book = shelf.book()?;
    let people = shelf.keys()?.people();
    let administrator = people.iter().find(|person| book.is_administrator(**person));
    administrator.or(people.first()).copied().ok_or(StoreError::Locked)
}

/// The key, sealed anew, with a share for whoever puts it; everybody else's follow with the commit.
fn sealed(
    shelf: &mut Shelf,
    id: KeyId,
    by: PersonId,
    characters: &[u8],
) -> Result<Vec<Write>, StoreError> {
    let before = shelf.rows()?.clone();
    let keys = shelf.keys()?;
    let to = keys.signer(by).ok_or(StoreError::Locked)?.public().sharing;
    let key = SymmetricKey::generate().map_err(|_| StoreError::Failed)?;
    let of = Shared::ApiKey(id);
    let mut rows: Vec<Write> = Share::all(&before, of).iter().map(Share::remove).collect();
    rows.push(SealedApiKey::seal(keys.vault(), id, &key, characters)?.write()?);
    rows.push(Share::give(keys.vault(), of, (by, to), key.as_bytes())?.write()?);
    Ok(rows)
}

fn secret(mut characters: Zeroizing<Vec<u8>>) -> Result<Secret, KeyringError> {
    match String::from_utf8(std::mem::take(&mut *characters)) {
        Ok(text) => Ok(Secret::new(text)),
        Err(not_text) => {
            drop(Zeroizing::new(not_text.into_bytes()));
            Err(KeyringError::Failed)
        }
    }
}

/// What the port says of a vault that is locked, or cannot be written.
fn keyring(error: &StoreError) -> KeyringError {
    if *error == StoreError::Locked { KeyringError::Locked } else { KeyringError::Failed }
}
