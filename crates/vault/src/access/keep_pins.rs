//! The passphrase was given: from here on, while the process runs and the day lasts, the PIN opens.

use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::pins::Held;
use crate::rows::{Table, Write};
use crate::seal::{Identity, SealError};
use crate::slots::{Kept, Slot, SlotKind};
use crate::vault::{Shelf, Step};

/// Keeps what the person's PINs open. Called with the file verified and the person in, by passphrase.
///
/// A slot that is no PIN sealed to the person's own keys is taken out: it is of days when a slot of
/// that kind held the person's secrets.
///
/// # Errors
/// `Locked` where they are out by now, and as a commit gives them; then no PIN opens, or the slot
/// stands as it was.
pub(super) fn keep_pins(
    shelf: &mut Shelf,
    person: PersonId,
    now: Moment,
) -> Result<(), StoreError> {
    let rows = shelf.rows()?.clone();
    let keys = shelf.keys()?;
    let identity = keys.identity(person).ok_or(StoreError::Locked)?;
    let slots = rows.of(Table::Slot).filter_map(|row| Slot::read(keys.vault(), row));
    let theirs: Vec<Slot> = slots.filter(|slot| slot.header.person == person).collect();
    let (held, none) = sort(&theirs, &identity, now)?;
    shelf.pins().keep(person, held);
    if none.is_empty() {
        return Ok(());
    }
    shelf.commit(person, Step { rows: none, ..Step::default() }).map(drop)
}

/// The PINs, and what is to be taken out because it is none.
fn sort(
    theirs: &[Slot],
    identity: &Identity,
    now: Moment,
) -> Result<(Vec<Held>, Vec<Write>), StoreError> {
    let (mut held, mut none) = (Vec::new(), Vec::new());
    for pin in theirs.iter().filter(|slot| slot.header.kind == SlotKind::Pin) {
        match Kept::of(pin.clone(), identity) {
            Ok(kept) => {
                let passphrase = passphrase_beside(pin, theirs).cloned();
                held.extend(passphrase.map(|passphrase| Held::new(kept, passphrase, now)));
            }
            Err(SealError::NoRandom) => return Err(StoreError::Failed),
            Err(_) => none.push(pin.remove()),
        }
    }
    Ok((held, none))
}

/// The passphrase on the device of the PIN.
fn passphrase_beside<'a>(pin: &Slot, theirs: &'a [Slot]) -> Option<&'a Slot> {
    theirs.iter().find(|slot| {
        slot.header.kind == SlotKind::Passphrase && slot.header.device == pin.header.device
    })
}
