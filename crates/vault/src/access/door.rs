//! How the vault stands before anybody has come in.

use std::collections::BTreeMap;

use usher_core::error::KeyringError;
use usher_core::ids::{DeviceId, PersonId};
use usher_core::ports::{AccessError, AtTheDoor, Door, PinAtDoor};
use usher_core::time::Moment;

use super::aside::aside;
use super::open::clear;
use super::tries::this_device;
use super::{Means, State};
use crate::rows::Table;
use crate::slots::{DoorState, Header, Slot, SlotKind};
use crate::vault::{Clear, Look, Shelf, Vault};

pub(super) async fn door(vault: &Vault) -> Result<Door, AccessError> {
    match vault.worker.ask(Shelf::look).await? {
        Look::NoVault => return Ok(Door::NoVault),
        Look::Older => return Ok(Door::Older),
        Look::Vault => {}
    }
    let clear = clear(vault).await?;
    let (means, state) = (vault.means.clone(), vault.access.clone());
    let people = aside(move || people(&means, &state, &clear)).await;
    match people {
        Ok(people) => Ok(Door::Vault { people, keyring: None }),
        Err(AccessError::Keyring(error)) => {
            Ok(Door::Vault { people: Vec::new(), keyring: Some(error) })
        }
        // The keyring works, but holds nothing for this vault.
        Err(AccessError::UnknownDevice) => {
            Ok(Door::Vault { people: Vec::new(), keyring: Some(KeyringError::NoKey) })
        }
        Err(other) => Err(other),
    }
}

/// Those who can come in here, by name; whoever has no name on this device's doors is not listed.
fn people(means: &Means, state: &State, clear: &Clear) -> Result<Vec<AtTheDoor>, AccessError> {
    let (vault, now) = (clear.charter.vault(), (means.clock)());
    let here = this_device(means, vault, &clear.rows)?.id();
    let mut theirs: BTreeMap<PersonId, Vec<Slot>> = BTreeMap::new();
    let slots = clear.rows.of(Table::Slot).filter_map(|row| Slot::read(vault, row));
    for slot in slots.filter(|slot| is_usable(&slot.header, here, now)) {
        theirs.entry(slot.header.person).or_default().push(slot);
    }
    let mut people = Vec::new();
    for (person, slots) in theirs {
        let door = state.doors.read(&*means.device, (vault, person));
        let door = door.map_err(AccessError::Keyring)?;
        let Some((door, name)) = door.and_then(|s| s.name.parse().ok().map(|name| (s, name)))
        else {
            continue;
        };
        let opens = |pin: &Slot| state.pins.opens(pin, &clear.rows, now);
        people.push(AtTheDoor {
            person,
            name,
            pin: pin(&slots, &door, door.takes_pin(now), opens),
            invited: slots.iter().all(|slot| slot.header.kind != SlotKind::Passphrase),
            wait_seconds: door.wait(now),
        });
    }
    Ok(people)
}

fn is_usable(header: &Header, here: DeviceId, now: Moment) -> bool {
    match header.kind {
        SlotKind::Passphrase | SlotKind::Pin => header.device == Some(here),
        SlotKind::Enrolment => header.expires.is_some_and(|at| at > now),
        SlotKind::Recovery => false,
    }
}

/// What the person's PIN is good for. `takes`: the keyring has tries left, and the passphrase was given
/// today; whether it was given to this process, `opens` says.
fn pin(slots: &[Slot], door: &DoorState, takes: bool, opens: impl Fn(&Slot) -> bool) -> PinAtDoor {
    let mut pins = slots.iter().filter(|slot| slot.header.kind == SlotKind::Pin).peekable();
    if pins.peek().is_none() {
        PinAtDoor::None
    } else if door.pin_spent() {
        PinAtDoor::Spent
    } else if takes && pins.any(opens) {
        PinAtDoor::Opens
    } else {
        PinAtDoor::AfterPassphrase
    }
}
