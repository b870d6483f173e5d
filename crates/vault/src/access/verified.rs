//! What somebody came in with was read before anything was verified, and whoever writes the file could
//! have put it there for that moment. It counts only if it stands in the verified file as well.

use usher_core::error::StoreError;
use usher_core::ports::AccessError;

use crate::keys::{Keys, KnownIdentity};
use crate::seal::PublicIdentity;
use crate::slots::{Slot, SlotKind};
use crate::vault::{How, Shelf, Unlocked};

/// Verifies the file and lets the person in.
///
/// # Errors
/// `Locked` where their keys or their slot are not those of the verified file: they are not in, and no
/// PIN of theirs opens. And as the file gives them.
pub(super) fn unlock(
    shelf: &mut Shelf,
    keys: Keys,
    how: How,
    slot: &Slot,
) -> Result<Unlocked, StoreError> {
    let unlocked = let_in(shelf, keys, how, slot);
    if unlocked == Err(StoreError::Locked) {
        shelf.pins().forget(slot.header.person);
    }
    unlocked
}

fn let_in(shelf: &mut Shelf, keys: Keys, how: How, slot: &Slot) -> Result<Unlocked, StoreError> {
    // Whoever is in may have lost the key meanwhile; then it is opened like one that nobody has open.
    drop(shelf.book());
    let person = slot.header.person;
    let was_in = shelf.keys().is_ok_and(|keys| keys.signer(person).is_some());
    let unlocked = shelf.unlock(keys, how)?;
    // Of a vault as it was found not every slot can be trusted; the keys still must be.
    let stands = unlocked.damage.is_some() || stands(shelf, slot).unwrap_or(false);
    if stands {
        return Ok(unlocked);
    }
    if !was_in {
        shelf.lock(person);
    }
    Err(StoreError::Locked)
}

/// Whether these are the keys that the person has open and has by the verified file, and the slot
/// they came out of stands there.
///
/// # Errors
/// `Locked` where they are out by now, and as the file gives them.
pub(super) fn is_held(
    shelf: &mut Shelf,
    keys: &PublicIdentity,
    slot: &Slot,
) -> Result<bool, StoreError> {
    let person = slot.header.person;
    let stands = stands(shelf, slot)?;
    let rows = shelf.rows()?;
    let known = KnownIdentity::of(rows, person).is_some_and(|known| known.current == *keys);
    let held = shelf.keys()?.signer(person).ok_or(StoreError::Locked)?.public();
    Ok(known && stands && held == *keys)
}

/// To the person it is the same whichever part of what they came in with is not theirs.
pub(super) fn refused(error: StoreError) -> AccessError {
    if error == StoreError::Locked {
        return AccessError::NotAccepted { wait_seconds: 0 };
    }
    AccessError::Store(error)
}

/// A PIN's counts only as long as its secrets are kept: they are not once the passphrase is another.
fn stands(shelf: &mut Shelf, slot: &Slot) -> Result<bool, StoreError> {
    let stands = slot.stands_in(shelf.rows()?);
    Ok(stands && (slot.header.kind != SlotKind::Pin || shelf.pins().has(slot)))
}
