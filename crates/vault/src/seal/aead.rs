//! XChaCha20-Poly1305 with a random nonce of 24 bytes, which stands before the ciphertext.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use zeroize::Zeroizing;

use super::{SealError, random};

/// How many bytes the nonce takes.
const NONCE: usize = 24;

/// A key of 32 bytes, wiped on drop.
#[derive(Clone)]
pub(crate) struct SymmetricKey(Zeroizing<[u8; 32]>);

impl SymmetricKey {
    /// A fresh key.
    pub(crate) fn generate() -> Result<Self, SealError> {
        random().map(Self)
    }

    /// From bytes that were kept.
    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, SealError> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(SealError::Malformed);
        }
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }

    /// The key's own bytes, to be shared, wrapped or derived from.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Seals the bytes; `associated` must be the same at opening.
///
/// # Errors
/// [`SealError::NoRandom`].
pub(crate) fn encrypt(
    key: &SymmetricKey,
    associated: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let nonce = random::<NONCE>()?;
    let sealed = encrypt_with(key, &nonce, associated, plain)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`encrypt`] gave.
///
/// # Errors
/// [`SealError::Malformed`] where it is too short, [`SealError::DoesNotOpen`].
pub(crate) fn decrypt(
    key: &SymmetricKey,
    associated: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Malformed)?;
    cipher(key)
        .decrypt(nonce.into(), Payload { msg: sealed, aad: associated })
        .map(Zeroizing::new)
        .map_err(|_| SealError::DoesNotOpen)
}

pub(super) fn encrypt_with(
    key: &SymmetricKey,
    nonce: &[u8; NONCE],
    associated: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    cipher(key)
        .encrypt(nonce.into(), Payload { msg: plain, aad: associated })
        .map_err(|_| SealError::Malformed)
}

fn cipher(key: &SymmetricKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_bytes().into())
}
