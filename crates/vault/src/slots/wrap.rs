//! Wrapping a person's secrets, and taking them out again.

use zeroize::Zeroizing;

use super::{Bundle, Header, Slot, SlotKind, Stretched};
use crate::device::DeviceSecret;
use crate::seal::{
    Identity, SealError, SymmetricKey, commitment, commits, decrypt, derive, encrypt,
};

/// What somebody brings to a slot.
pub(crate) enum Proof<'a> {
    /// A passphrase or PIN, on this device.
    Words(&'a [u8], &'a DeviceSecret),
    /// The random bytes of a recovery kit or an enrolment code.
    Code(&'a [u8]),
}

impl Slot {
    /// Wraps the identity. Takes the time of one key derivation where words open it.
    ///
    /// # Errors
    /// [`SealError::NoRandom`]; any other where proof and header do not go together, or the header is
    /// a PIN's: nothing in the file may open to something that short.
    pub(crate) fn wrap(
        header: Header,
        proof: &Proof<'_>,
        identity: &Identity,
    ) -> Result<Self, SealError> {
        no_pin(&header)?;
        let key = key(&header, proof)?;
        let bundle = Bundle::to_bytes(identity, &header.vault);
        let sealed = encrypt(&key, &header.associated(), &bundle)?;
        Ok(Self { commitment: commitment(&key)?, sealed, header })
    }

    /// Takes the secrets out. Takes the time of one key derivation where words open it.
    ///
    /// # Errors
    /// [`SealError::OutOfBounds`] where the slot asks for less than the floor;
    /// [`SealError::DoesNotOpen`], for whatever reason.
    pub(crate) fn open(&self, proof: &Proof<'_>) -> Result<Bundle, SealError> {
        no_pin(&self.header)?;
        let key = key(&self.header, proof)?;
        if !commits(&key, &self.commitment) {
            return Err(SealError::DoesNotOpen);
        }
        let bytes = decrypt(&key, &self.header.associated(), &self.sealed)?;
        unwrapped(&self.header, &bytes)
    }
}

fn no_pin(header: &Header) -> Result<(), SealError> {
    if header.kind == SlotKind::Pin { Err(SealError::DoesNotOpen) } else { Ok(()) }
}

/// The secrets, if they are for the vault that the slot is of.
pub(super) fn unwrapped(header: &Header, bytes: &[u8]) -> Result<Bundle, SealError> {
    let bundle = Bundle::from_bytes(bytes)?;
    if bundle.vault == header.vault { Ok(bundle) } else { Err(SealError::DoesNotOpen) }
}

/// What the proof comes to for this slot.
///
/// # Errors
/// [`SealError::OutOfBounds`], before anything was calculated; [`SealError::DoesNotOpen`] where they
/// do not go together.
pub(super) fn key(header: &Header, proof: &Proof<'_>) -> Result<SymmetricKey, SealError> {
    match (proof, &header.stretched) {
        (Proof::Words(words, device), Some(Stretched { by, salt })) => {
            if header.device != Some(device.id()) {
                return Err(SealError::DoesNotOpen);
            }
            let stretched = by.run(words, &salt.0)?;
            derive(&[stretched.as_slice(), device.as_bytes()], &header.purpose())
        }
        (Proof::Code(code), None) if header.device.is_none() => {
            let code = Zeroizing::new(code.to_vec());
            derive(&[&code], &header.purpose())
        }
        (Proof::Words(..) | Proof::Code(_), _) => Err(SealError::DoesNotOpen),
    }
}
