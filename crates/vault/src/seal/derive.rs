//! HKDF-SHA256: one key out of several secrets, and a key's commitment.

use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{SealError, SymmetricKey};

/// A key for one purpose out of the secrets, which are taken together.
///
/// Every secret but the last has a fixed length, so that none reaches into the next.
///
/// # Errors
/// None in practice: HKDF gives 32 bytes always.
pub(crate) fn derive(secrets: &[&[u8]], purpose: &[u8]) -> Result<SymmetricKey, SealError> {
    let together = Zeroizing::new(secrets.concat());
    let mut key = Zeroizing::new([0; 32]);
    expand(None, &together, purpose, key.as_mut_slice())?;
    SymmetricKey::from_slice(key.as_slice())
}

/// What a key commits to: a sealed thing that carries it opens with no other key.
///
/// The cipher alone does not promise that: two keys can be found that both open one ciphertext.
pub(crate) fn commitment(key: &SymmetricKey) -> Result<[u8; 32], SealError> {
    let derived = derive(&[key.as_bytes()], b"usher/key-commitment/v1")?;
    Ok(*derived.as_bytes())
}

/// Whether it is this key's commitment; in constant time.
pub(crate) fn commits(key: &SymmetricKey, to: &[u8]) -> bool {
    commitment(key).is_ok_and(|own| own.as_slice().ct_eq(to).into())
}

pub(super) fn expand(
    salt: Option<&[u8]>,
    secret: &[u8],
    purpose: &[u8],
    out: &mut [u8],
) -> Result<(), SealError> {
    Hkdf::<Sha256>::new(salt, secret).expand(purpose, out).map_err(|_| SealError::Malformed)
}
