//! What the running program keeps of somebody who has a PIN, from their passphrase on, also while the
//! vault is locked: their secrets, wrapped. It takes the PIN, the device's secret, and random bytes
//! that are in this process and nowhere else; when it is dropped they are wiped.

use zeroize::Zeroizing;

use super::wrap::{key, unwrapped};
use super::{Bundle, Header, Proof, Slot};
use crate::seal::{Identity, PublicIdentity, SealError, SymmetricKey, decrypt, derive, encrypt};

/// A person's secrets, wrapped for the time that the process runs.
pub(crate) struct Kept {
    pin: Slot,
    identity: PublicIdentity,
    /// In memory and nowhere else.
    pub(super) salt: SymmetricKey,
    sealed: Zeroizing<Vec<u8>>,
}

impl Kept {
    /// Wraps them for the PIN that this slot is of, without knowing it.
    ///
    /// # Errors
    /// [`SealError::NoRandom`]; any other where the slot is no PIN's that was sealed to these keys.
    pub(crate) fn of(pin: Slot, identity: &Identity) -> Result<Self, SealError> {
        let salt = SymmetricKey::generate()?;
        let wrapping = wrapping(&pin.header, &pin.pin_key(identity)?, &salt)?;
        let bundle = Bundle::to_bytes(identity, &pin.header.vault);
        let sealed = Zeroizing::new(encrypt(&wrapping, &pin.header.associated(), &bundle)?);
        Ok(Self { pin, identity: identity.public(), salt, sealed })
    }

    /// Takes the secrets out. Takes the time of one key derivation.
    ///
    /// # Errors
    /// [`SealError::OutOfBounds`] where the slot asks for less than the floor;
    /// [`SealError::DoesNotOpen`], for whatever reason.
    pub(crate) fn open(&self, proof: &Proof<'_>) -> Result<Bundle, SealError> {
        let header = &self.pin.header;
        let wrapping = wrapping(header, &key(header, proof)?, &self.salt)?;
        unwrapped(header, &decrypt(&wrapping, &header.associated(), &self.sealed)?)
    }

    /// The slot whose PIN it takes.
    pub(crate) fn pin(&self) -> &Slot {
        &self.pin
    }

    /// Whose secrets they are.
    pub(crate) fn identity(&self) -> &PublicIdentity {
        &self.identity
    }
}

fn wrapping(
    header: &Header,
    pin: &SymmetricKey,
    salt: &SymmetricKey,
) -> Result<SymmetricKey, SealError> {
    derive(&[pin.as_bytes(), salt.as_bytes()], &header.kept_purpose())
}
