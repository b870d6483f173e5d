//! A PIN as the vault's file has it: what it comes to on its device, sealed with a key that only the
//! person's own keys give. It opens nothing, and tells nobody else a right guess from a wrong one.

use super::wrap::key;
use super::{Header, Proof, Slot, SlotKind};
use crate::seal::{
    Identity, SealError, SymmetricKey, commitment, commits, decrypt, derive, encrypt,
};

impl Slot {
    /// Seals what the PIN comes to. Takes the time of one key derivation.
    ///
    /// # Errors
    /// [`SealError::NoRandom`]; [`SealError::Malformed`] where the header is not a PIN's, or proof and
    /// header do not go together.
    pub(crate) fn of_pin(
        header: Header,
        pin: &Proof<'_>,
        identity: &Identity,
    ) -> Result<Self, SealError> {
        if header.kind != SlotKind::Pin {
            return Err(SealError::Malformed);
        }
        let own = own_key(&header, identity)?;
        let sealed = encrypt(&own, &header.associated(), key(&header, pin)?.as_bytes())?;
        // Of the key that it is sealed with: one of the PIN's would be what a guess is tried against.
        Ok(Self { commitment: commitment(&own)?, sealed, header })
    }

    /// What the PIN comes to.
    ///
    /// # Errors
    /// [`SealError::DoesNotOpen`] and [`SealError::Malformed`] where it is nothing that was sealed to
    /// these keys.
    pub(super) fn pin_key(&self, identity: &Identity) -> Result<SymmetricKey, SealError> {
        let own = own_key(&self.header, identity)?;
        if self.header.kind != SlotKind::Pin || !commits(&own, &self.commitment) {
            return Err(SealError::DoesNotOpen);
        }
        SymmetricKey::from_slice(&decrypt(&own, &self.header.associated(), &self.sealed)?)
    }
}

fn own_key(header: &Header, identity: &Identity) -> Result<SymmetricKey, SealError> {
    derive(&[identity.sharing().as_bytes()], &header.own_purpose())
}
