//! A sealed row: format 2, the epoch of the key, then nonce and ciphertext, bound to where it stands.

use zeroize::Zeroizing;

use super::{Canonical, SealError, SymmetricKey, VaultId, decrypt, encrypt};

/// The blob format of sealed rows; format 1 was JSON in clear.
const FORMAT: u8 = 2;

/// The key of all rows from one epoch on until the next.
#[derive(Clone)]
pub(crate) struct VaultKey {
    /// Which epoch; the first is 1.
    pub(crate) epoch: u32,
    /// It.
    pub(crate) key: SymmetricKey,
}

impl VaultKey {
    /// A fresh key for the epoch.
    pub(crate) fn generate(epoch: u32) -> Result<Self, SealError> {
        Ok(Self { epoch, key: SymmetricKey::generate()? })
    }
}

/// Where a row stands. A blob opens at its own place and at no other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The vault.
    pub(crate) vault: &'a VaultId,
    /// The table's name.
    pub(crate) table: &'a str,
    /// The row's primary key.
    pub(crate) row: &'a [u8],
    /// The row's version.
    pub(crate) version: u64,
}

impl Place<'_> {
    fn associated(&self, epoch: u32) -> Vec<u8> {
        Canonical::of("usher/row/v1")
            .bytes(self.vault.as_bytes())
            .text(self.table)
            .bytes(self.row)
            .number(self.version)
            .number(epoch.into())
            .done()
    }
}

/// Seals a row.
///
/// # Errors
/// [`SealError::NoRandom`].
pub(crate) fn seal(key: &VaultKey, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let sealed = encrypt(&key.key, &place.associated(key.epoch), plain)?;
    Ok([&[FORMAT][..], &key.epoch.to_be_bytes(), &sealed].concat())
}

/// Opens a row.
///
/// # Errors
/// [`SealError::Malformed`] where it is no sealed row of the key's epoch, [`SealError::DoesNotOpen`].
pub(crate) fn open(
    key: &VaultKey,
    place: &Place<'_>,
    blob: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (epoch, sealed) = parts(blob).ok_or(SealError::Malformed)?;
    if epoch != key.epoch {
        return Err(SealError::Malformed);
    }
    decrypt(&key.key, &place.associated(epoch), sealed)
}

fn parts(blob: &[u8]) -> Option<(u32, &[u8])> {
    let (&format, rest) = blob.split_first()?;
    let (epoch, sealed) = rest.split_first_chunk::<4>()?;
    (format == FORMAT).then_some((u32::from_be_bytes(*epoch), sealed))
}
