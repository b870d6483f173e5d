//! A person's keys: one pair to sign with, one that things are shared to.

use ed25519_dalek::SigningKey;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable, Kem, Serializable};
use zeroize::Zeroizing;

use super::sign::sign;
use super::{Domain, SealError, random, verify};

/// A person's secret keys. The public ones come along, always from the secret ones: keys that are
/// passed in pairs can be made to give the secret away.
pub(crate) struct Identity {
    signing: SigningKey,
    sharing: SharingKey,
}

/// The secret key that things are shared to (X25519).
#[derive(Clone)]
pub(crate) struct SharingKey(Zeroizing<[u8; 32]>);

/// A person's public keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicIdentity {
    /// Ed25519: what they sign is verified with it.
    pub signing: [u8; 32],
    /// X25519: what is for them is shared to it.
    pub sharing: [u8; 32],
}

impl Identity {
    /// Fresh keys.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn generate() -> Result<Self, SealError> {
        let seed = random()?;
        Ok(Self { signing: SigningKey::from_bytes(&seed), sharing: SharingKey::generate()? })
    }

    /// From the bytes that were kept in a slot.
    ///
    /// # Errors
    /// [`SealError::Malformed`].
    pub(crate) fn from_bytes(bytes: &[u8; 64]) -> Result<Self, SealError> {
        let (seed, rest) = bytes.split_first_chunk::<32>().ok_or(SealError::Malformed)?;
        Ok(Self { signing: SigningKey::from_bytes(seed), sharing: SharingKey::from_slice(rest)? })
    }

    /// The bytes for a slot: the seed of the one, then the other.
    pub(crate) fn to_bytes(&self) -> Zeroizing<[u8; 64]> {
        let mut bytes = Zeroizing::new([0; 64]);
        let (seed, rest) = bytes.split_at_mut(32);
        seed.copy_from_slice(self.signing.as_bytes());
        rest.copy_from_slice(self.sharing.as_bytes());
        bytes
    }

    /// The public keys.
    pub(crate) fn public(&self) -> PublicIdentity {
        PublicIdentity {
            signing: self.signing.verifying_key().to_bytes(),
            sharing: self.sharing.public(),
        }
    }

    /// Signs the bytes for this purpose.
    pub(crate) fn sign(&self, domain: Domain, bytes: &[u8]) -> [u8; 64] {
        sign(&self.signing, domain, bytes)
    }

    /// The key that things are shared to.
    pub(crate) fn sharing(&self) -> &SharingKey {
        &self.sharing
    }
}

impl SharingKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub(crate) fn generate() -> Result<Self, SealError> {
        let material = random::<32>()?;
        let (secret, _) = X25519::derive_keypair(material.as_slice());
        let mut bytes = Zeroizing::new([0; 32]);
        secret.write_exact(bytes.as_mut_slice());
        Ok(Self(bytes))
    }

    /// From bytes that were kept.
    ///
    /// # Errors
    /// [`SealError::Malformed`].
    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, SealError> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(SealError::Malformed);
        }
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }

    /// The secret bytes, to be wrapped.
    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public key; zeros (which nothing can be shared to) if the secret were not of 32 bytes.
    pub(crate) fn public(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        if let Ok(secret) = <X25519 as Kem>::PrivateKey::from_bytes(self.as_bytes()) {
            X25519::sk_to_pk(&secret).write_exact(&mut bytes);
        }
        bytes
    }
}

impl PublicIdentity {
    /// From the bytes that the vault keeps.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 64]) -> Self {
        let (mut signing, mut sharing) = ([0; 32], [0; 32]);
        let (first, second) = bytes.split_at(32);
        signing.copy_from_slice(first);
        sharing.copy_from_slice(second);
        Self { signing, sharing }
    }

    /// The bytes to keep: the signing key, then the sharing one.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let (first, second) = bytes.split_at_mut(32);
        first.copy_from_slice(&self.signing);
        second.copy_from_slice(&self.sharing);
        bytes
    }

    /// Whether this person signed the bytes for this purpose.
    #[must_use]
    pub fn verify(&self, domain: Domain, bytes: &[u8], signature: &[u8; 64]) -> bool {
        verify(&self.signing, domain, bytes, signature)
    }
}
