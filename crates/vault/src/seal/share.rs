//! HPKE (RFC 9180), base mode: a secret for one person, sealed with their public key alone.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use super::{SealError, SharingKey, random};

/// How many bytes the encapsulated key takes; it stands before the ciphertext.
const ENCAPSULATED: usize = 32;

/// Shares a secret with the holder of the key to `to`. `info` says what it is, canonical, and must be
/// the same when it is taken.
///
/// # Errors
/// [`SealError::NoRandom`]; [`SealError::Malformed`] where `to` is not a usable public key.
pub(crate) fn share(to: &[u8; 32], info: &[u8], secret: &[u8]) -> Result<Vec<u8>, SealError> {
    share_with(random()?, to, info, secret)
}

/// Takes a secret that was shared with the holder of this key.
///
/// # Errors
/// [`SealError::Malformed`], [`SealError::DoesNotOpen`].
pub(crate) fn unshare(
    key: &SharingKey,
    info: &[u8],
    share: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (encapsulated, sealed) =
        share.split_first_chunk::<ENCAPSULATED>().ok_or(SealError::Malformed)?;
    let secret = <X25519 as Kem>::PrivateKey::from_bytes(key.as_bytes())
        .map_err(|_| SealError::Malformed)?;
    let encapsulated =
        <X25519 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealError::Malformed)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        info,
        sealed,
        b"",
    )
    .map(Zeroizing::new)
    .map_err(|_| SealError::DoesNotOpen)
}

pub(super) fn share_with(
    random: Zeroizing<[u8; 32]>,
    to: &[u8; 32],
    info: &[u8],
    secret: &[u8],
) -> Result<Vec<u8>, SealError> {
    let to = <X25519 as Kem>::PublicKey::from_bytes(to).map_err(|_| SealError::Malformed)?;
    let mut drawn = Drawn { bytes: Some(random), short: false };
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519,
    >(&OpModeS::Base, &to, info, secret, b"", &mut drawn)
    .map_err(|_| SealError::Malformed)?;
    if drawn.short {
        return Err(SealError::NoRandom);
    }
    Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
}

/// Bytes that were drawn from the OS before, so that a generator that fails is an error and no
/// panic. They are given once; who asks for more spoils the share.
struct Drawn {
    bytes: Option<Zeroizing<[u8; 32]>>,
    short: bool,
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.short = true;
        Ok(0)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.short = true;
        Ok(0)
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        match self.bytes.take() {
            Some(bytes) if bytes.len() == out.len() => out.copy_from_slice(bytes.as_slice()),
            _ => self.short = true,
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
