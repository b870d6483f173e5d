//! The device secret: without it, nobody can even start to guess at a passphrase.

use sha2::{Digest, Sha256};
use usher_core::error::KeyringError;
use usher_core::ids::DeviceId;

use super::Device;
use crate::seal::{Canonical, SealError, SymmetricKey, VaultId};

/// 32 random bytes of one device for one vault; they are in the keyring and nowhere else.
pub(crate) struct DeviceSecret {
    id: DeviceId,
    key: SymmetricKey,
}

impl DeviceSecret {
    /// The one that this device has for the vault.
    ///
    /// # Errors
    /// The keyring's; [`KeyringError::Failed`] also where the item is no device secret.
    pub(crate) fn read(device: &dyn Device, vault: &VaultId) -> Result<Option<Self>, KeyringError> {
        let Some(bytes) = device.get(&item(vault))? else {
            return Ok(None);
        };
        let key = SymmetricKey::from_slice(&bytes).map_err(|_| KeyringError::Failed)?;
        Ok(Some(Self::of(vault, key)))
    }

    /// A fresh one, not yet kept.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn generate(vault: &VaultId) -> Result<Self, SealError> {
        Ok(Self::of(vault, SymmetricKey::generate()?))
    }

    /// Keeps it on the device.
    ///
    /// # Errors
    /// The keyring's.
    pub(crate) fn keep(&self, device: &dyn Device, vault: &VaultId) -> Result<(), KeyringError> {
        device.put(&item(vault), self.key.as_bytes())
    }

    /// Removes it from the device.
    ///
    /// # Errors
    /// The keyring's.
    pub(crate) fn forget(device: &dyn Device, vault: &VaultId) -> Result<(), KeyringError> {
        device.remove(&item(vault))
    }

    /// The device's id: a hash of the secret, so that none can pass for another.
    pub(crate) fn id(&self) -> DeviceId {
        self.id
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn of(vault: &VaultId, key: SymmetricKey) -> Self {
        let bytes =
            Canonical::of("usher/device/v1").bytes(vault.as_bytes()).bytes(key.as_bytes()).done();
        let hash: [u8; 32] = Sha256::digest(zeroize::Zeroizing::new(bytes)).into();
        let mut id = [0; 16];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self { id: DeviceId::from_bytes(id), key }
    }
}

fn item(vault: &VaultId) -> String {
    format!("device:{vault}")
}
