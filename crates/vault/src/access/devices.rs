//! What everybody has to come in with, and on which devices.

use usher_core::error::StoreError;
use usher_core::ids::{DeviceId, PersonId};
use usher_core::ports::{AccessError, Device, Keeps};

use super::aside::aside;
use crate::device::DeviceSecret;
use crate::keys::DeviceRow;
use crate::rows::{ClearRows, Table};
use crate::seal::VaultId;
use crate::slots::{Header, Slot, SlotKind};
use crate::vault::{Step, Vault};

pub(super) async fn keeps(vault: &Vault) -> Result<Vec<Keeps>, AccessError> {
    let (id, rows, people) = known(vault).await?;
    let headers: Vec<Header> = headers(&rows, id);
    let keeps = |person: PersonId| {
        let theirs: Vec<&Header> = headers.iter().filter(|h| h.person == person).collect();
        let has = |kind| theirs.iter().any(|header| header.kind == kind);
        let invited = theirs.iter().find(|header| header.kind == SlotKind::Enrolment);
        Keeps {
            person,
            passphrase: has(SlotKind::Passphrase),
            pin: has(SlotKind::Pin),
            recovery_kit: has(SlotKind::Recovery),
            invited_until: invited.and_then(|header| header.expires),
        }
    };
    Ok(people.into_iter().map(keeps).collect())
}

pub(super) async fn devices(vault: &Vault) -> Result<Vec<Device>, AccessError> {
    let (id, rows, _) = known(vault).await?;
    // Without the keyring it is not known which one this is.
    let here = here(vault, id).await.ok().flatten();
    let device = |stored: &crate::rows::Stored| {
        let (row, id) = (DeviceRow::read(stored)?, DeviceId::from_bytes(stored.key));
        let added = row.added();
        Some(Device { id, name: row.name, added, this_one: here == Some(id) })
    };
    Ok(rows.of(Table::Device).filter_map(device).collect())
}

/// All but the one we are on: whoever took that off might not come in again.
pub(super) async fn remove_device(
    vault: &Vault,
    by: PersonId,
    device: DeviceId,
) -> Result<(), AccessError> {
    let (id, known, _) = known(vault).await?;
    if here(vault, id).await? == Some(device) {
        return Err(AccessError::Store(StoreError::Conflict));
    }
    let made_on_it = known.of(Table::Slot).filter_map(|row| Slot::read(id, row));
    let made_on_it = made_on_it.filter(|slot| slot.header.device == Some(device));
    let mut rows: Vec<_> = made_on_it.map(|slot| slot.remove()).collect();
    rows.push(DeviceRow::remove(device));
    let step = Step { rows, rekey: true, ..Step::default() };
    vault.worker.ask(move |shelf| shelf.commit(by, step).map(drop)).await?;
    Ok(())
}

pub(super) async fn rekey(vault: &Vault, by: PersonId) -> Result<(), AccessError> {
    let step = Step { rekey: true, ..Step::default() };
    vault.worker.ask(move |shelf| shelf.commit(by, step).map(drop)).await?;
    Ok(())
}

async fn known(vault: &Vault) -> Result<(VaultId, ClearRows, Vec<PersonId>), AccessError> {
    let known = vault.worker.ask(|shelf| {
        let (book, rows) = (shelf.book()?, shelf.rows()?.clone());
        Ok((shelf.keys()?.vault(), rows, book.people.keys().copied().collect()))
    });
    Ok(known.await?)
}

fn headers(rows: &ClearRows, vault: VaultId) -> Vec<Header> {
    let slots = rows.of(Table::Slot).filter_map(|row| Slot::read(vault, row));
    slots.map(|slot| slot.header).collect()
}

/// Which device this is.
async fn here(vault: &Vault, id: VaultId) -> Result<Option<DeviceId>, AccessError> {
    let means = vault.means.clone();
    let secret =
        aside(move || DeviceSecret::read(&*means.device, &id).map_err(AccessError::Keyring));
    Ok(secret.await?.map(|secret| secret.id()))
}
