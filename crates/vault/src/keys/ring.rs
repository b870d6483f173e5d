//! The vault key of one epoch, and the vault that it is of.

use usher_core::error::StoreError;
use zeroize::Zeroizing;

use crate::rows::Key;
use crate::seal::{Place, VaultId, VaultKey, open, seal};

/// Seals and opens the rows of one vault in one epoch.
#[derive(Clone)]
pub(crate) struct Ring {
    vault: VaultId,
    key: VaultKey,
}

impl Ring {
    /// A fresh key.
    ///
    /// # Errors
    /// `Failed` where the OS gives no random bytes.
    pub(crate) fn fresh(vault: VaultId, epoch: u32) -> Result<Self, StoreError> {
        let key = VaultKey::generate(epoch).map_err(|_| StoreError::Failed)?;
        Ok(Self { vault, key })
    }

    pub(crate) fn of(vault: VaultId, key: VaultKey) -> Self {
        Self { vault, key }
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.key.epoch
    }

    pub(crate) fn vault(&self) -> VaultId {
        self.vault
    }

    pub(super) fn key(&self) -> &VaultKey {
        &self.key
    }

    /// Seals what stands at this place.
    ///
    /// # Errors
    /// `Failed` where the OS gives no random bytes.
    pub(crate) fn seal(
        &self,
        table: &str,
        row: &Key,
        version: u64,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let place = Place { vault: &self.vault, table, row, version };
        seal(&self.key, &place, plain).map_err(|_| StoreError::Failed)
    }

    /// Opens what stands at this place; none where it was not sealed there with this key.
    pub(crate) fn open(
        &self,
        table: &str,
        row: &Key,
        version: u64,
        blob: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let place = Place { vault: &self.vault, table, row, version };
        open(&self.key, &place, blob).ok()
    }
}
