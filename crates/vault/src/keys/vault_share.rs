//! The vault key, shared with one person. The row's key is the person.

use serde::{Deserialize, Serialize};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::{Bytes, Hex, clear};
use crate::rows::{Stored, Table, Write};
use crate::seal::{Canonical, Identity, SymmetricKey, VaultId, VaultKey, share, unshare};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VaultShareRow {
    epoch: u32,
    /// The public key it was shared to; when the person has others, it is made anew.
    to: Hex<32>,
    share: Bytes,
}

/// Shares the key with a person.
///
/// # Errors
/// `Failed` where the OS gives no random bytes.
pub(crate) fn give(
    vault: VaultId,
    key: &VaultKey,
    person: PersonId,
    to: [u8; 32],
) -> Result<Write, StoreError> {
    let shared = share(&to, &info(vault, person, key.epoch), key.key.as_bytes())
        .map_err(|fault| fault.at(Table::VaultShare.name()))?;
    let row = VaultShareRow { epoch: key.epoch, to: Hex(to), share: Bytes(shared) };
    clear::put(Table::VaultShare, person.to_bytes(), &row)
}

/// Takes the key that was shared with this person.
pub(crate) fn take(
    vault: VaultId,
    stored: &Stored,
    person: PersonId,
    identity: &Identity,
) -> Option<VaultKey> {
    let row: VaultShareRow = clear::read(stored)?;
    let info = info(vault, person, row.epoch);
    let key = unshare(identity.sharing(), &info, &row.share.0).ok()?;
    Some(VaultKey { epoch: row.epoch, key: SymmetricKey::from_slice(&key).ok()? })
}

/// Whether the row shares the key of this epoch to this public key.
pub(crate) fn holds(stored: &Stored, epoch: u32, to: &[u8; 32]) -> bool {
    clear::read::<VaultShareRow>(stored).is_some_and(|row| row.epoch == epoch && row.to.0 == *to)
}

fn info(vault: VaultId, person: PersonId, epoch: u32) -> Vec<u8> {
    Canonical::of("usher/vault-share/v1")
        .bytes(vault.as_bytes())
        .bytes(&person.to_bytes())
        .number(epoch.into())
        .done()
}
