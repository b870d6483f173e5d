//! What lies in a slot: a person's secret keys, and the name of the vault that they are for.

use zeroize::Zeroizing;

use crate::seal::{Identity, SealError, VaultId};

/// A person's secrets, and the root that they trust: the vault's name is the hash of its charter's
/// beginning, so nobody can put another charter under them.
pub(crate) struct Bundle {
    pub(crate) identity: Identity,
    pub(crate) vault: VaultId,
}

impl Bundle {
    pub(super) fn to_bytes(identity: &Identity, vault: &VaultId) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([identity.to_bytes().as_slice(), vault.as_bytes()].concat())
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        let (identity, vault) = bytes.split_first_chunk::<64>().ok_or(SealError::Malformed)?;
        let vault: [u8; 32] = vault.try_into().map_err(|_| SealError::Malformed)?;
        let identity = Identity::from_bytes(identity)?;
        Ok(Self { identity, vault: VaultId::from_bytes(vault) })
    }
}
