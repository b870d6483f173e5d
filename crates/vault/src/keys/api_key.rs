//! An API key, sealed with a key of its own. The row's key is the API key's id.

use serde::{Deserialize, Serialize};
use usher_core::entry::KeyId;
use usher_core::error::StoreError;
use zeroize::Zeroizing;

use super::share::{Shared, SharedPart};
use super::{Bytes, clear};
use crate::rows::{ClearRows, Key, Stored, Table, Write};
use crate::seal::{Canonical, SymmetricKey, VaultId, decrypt, encrypt};

/// A sealed API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SealedApiKey {
    pub(crate) id: KeyId,
    sealed: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiKeyRow {
    of: SharedPart,
    sealed: Bytes,
}

impl SealedApiKey {
    /// Seals an API key's characters.
    ///
    /// # Errors
    /// `Failed` where the OS gives no random bytes.
    pub(crate) fn seal(
        vault: VaultId,
        id: KeyId,
        with: &SymmetricKey,
        characters: &[u8],
    ) -> Result<Self, StoreError> {
        let sealed = encrypt(with, &associated(vault, id), characters)
            .map_err(|fault| fault.at(Table::ApiKey.name()))?;
        Ok(Self { id, sealed })
    }

    /// The characters again.
    pub(crate) fn open(&self, vault: VaultId, with: &SymmetricKey) -> Option<Zeroizing<Vec<u8>>> {
        decrypt(with, &associated(vault, self.id), &self.sealed).ok()
    }

    /// What a row says.
    pub(crate) fn read(stored: &Stored) -> Option<Self> {
        let row: ApiKeyRow = clear::read(stored)?;
        let Shared::ApiKey(id) = row.of.read()? else {
            return None;
        };
        (key(id) == stored.key).then_some(Self { id, sealed: row.sealed.0 })
    }

    /// The one of this id.
    pub(crate) fn find(rows: &ClearRows, id: KeyId) -> Option<Self> {
        let found = rows.get(Table::ApiKey, &key(id)).and_then(Self::read);
        found.filter(|sealed| sealed.id == id)
    }

    /// Puts it.
    ///
    /// # Errors
    /// None in practice.
    pub(crate) fn write(&self) -> Result<Write, StoreError> {
        let row =
            ApiKeyRow { of: Shared::ApiKey(self.id).into(), sealed: Bytes(self.sealed.clone()) };
        clear::put(Table::ApiKey, key(self.id), &row)
    }

    /// Takes it out.
    pub(crate) fn remove(id: KeyId) -> Write {
        clear::remove(Table::ApiKey, key(id))
    }
}

fn key(id: KeyId) -> Key {
    match id {
        KeyId::Account(id) => id.to_bytes(),
        KeyId::Person(id) => id.to_bytes(),
    }
}

fn associated(vault: VaultId, id: KeyId) -> Vec<u8> {
    let what = Shared::ApiKey(id).bytes();
    Canonical::of("usher/api-key/v1").bytes(vault.as_bytes()).bytes(&what).done()
}
