//! How the vault stands before anybody has come in.

use std::collections::{BTreeMap, BTreeSet};

use usher_core::error::KeyringError;
use usher_core::ids::PersonId;
use usher_core::ports::{AccessError, AtTheDoor, Door};

use super::Means;
use super::aside::aside;
use super::open::clear;
use super::state::Doors;
use super::tries::this_device;
use crate::rows::Table;
use crate::slots::{Header, Slot, SlotKind};
use crate::vault::{Clear, Look, Shelf, Vault};

pub(super) async fn door(vault: &Vault) -> Result<Door, AccessError> {
    match vault.worker.ask(Shelf::look).await? {
        Look::NoVault => return Ok(Door::NoVault),
        Look::Older => return Ok(Door::Older),
        Look::Vault => {}
    }
    let clear = clear(vault).await?;
    let (means, doors) = (vault.means.clone(), vault.access.clone());
    let people = aside(move || people(&means, &doors, &clear)).await;
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
fn people(means: &Means, doors: &Doors, clear: &Clear) -> Result<Vec<AtTheDoor>, AccessError> {
    let (vault, now) = (clear.charter.vault(), (means.clock)());
    let here = this_device(means, vault, &clear.rows)?.id();
    let usable = |header: &Header| match header.kind {
        SlotKind::Passphrase | SlotKind::Pin => header.device == Some(here),
        SlotKind::Enrolment => header.expires.is_some_and(|at| at > now),
        SlotKind::Recovery => false,
    };
    let mut kinds: BTreeMap<PersonId, BTreeSet<SlotKind>> = BTreeMap::new();
    let slots = clear.rows.of(Table::Slot).filter_map(|row| Slot::read(vault, row));
    for header in slots.map(|slot| slot.header).filter(usable) {
        kinds.entry(header.person).or_default().insert(header.kind);
    }
    let mut people = Vec::new();
    for (person, kinds) in kinds {
        let state = doors.read(&*means.device, (vault, person)).map_err(AccessError::Keyring)?;
        let Some((state, name)) = state.and_then(|s| s.name.parse().ok().map(|name| (s, name)))
        else {
            continue;
        };
        let pin = kinds.contains(&SlotKind::Pin);
        people.push(AtTheDoor {
            person,
            name,
            pin: pin && state.takes_pin(now),
            pin_spent: pin && state.pin_spent(),
            invited: !kinds.contains(&SlotKind::Passphrase),
            wait_seconds: state.wait(now),
        });
    }
    Ok(people)
}
