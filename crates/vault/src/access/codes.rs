//! Coming in with a code: the recovery kit, or the code for enrolling. Both need no device, and make
//! this one known.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::PersonId;
use usher_core::ports::{Access, AccessError, Opened, Proved, Remark};

use super::aside::aside;
use super::keep::{self, Replace};
use super::open::{Entry, clear, come_in, write};
use super::tries::{failed, ring_of, this_device};
use super::{Means, weigh};
use crate::device::DeviceSecret;
use crate::keys::{DeviceRow, Ring};
use crate::rows::{ClearRows, Table, Write};
use crate::seal::Identity;
use crate::slots::{Code, CodeKind, Proof, Slot, SlotKind};
use crate::vault::{Clear, Vault};

const NOT_ACCEPTED: AccessError = AccessError::NotAccepted { wait_seconds: 0 };

/// Opens with the recovery kit and sets a new passphrase. Without the keyring it opens all the same,
/// and the passphrase is left as it was: there is nowhere to keep the device's secret.
pub(super) async fn by_kit(
    vault: &Vault,
    kit: Secret,
    passphrase: Secret,
    as_found: bool,
) -> Result<Opened, AccessError> {
    strong_enough(&passphrase)?;
    let clear = clear(vault).await?;
    let kit = Code::read(CodeKind::RecoveryKit, &kit).ok_or(NOT_ACCEPTED)?;
    let found = find(&clear, SlotKind::Recovery, None, &kit).ok_or(NOT_ACCEPTED)?;
    let person = found.slot.header.person;
    let device = device(vault, &clear).await;
    let arrived =
        come_in(vault, &clear, found.entry(device.as_ref().is_ok_and(Device::is_new)), as_found);
    let mut arrived = arrived.await?;
    if arrived.damage.is_none() {
        match device {
            Ok(device) => set(vault, &clear, (person, passphrase), device, &[]).await?,
            Err(AccessError::Keyring(error)) => {
                let known = Remark::NoKeyring(error);
                arrived.remarks.retain(|remark| *remark != known);
                arrived.remarks.push(known);
            }
            Err(other) => return Err(other),
        }
    }
    Ok(arrived.opened(person, Proved::Passphrase, None))
}

/// Enrols: the code is used up, a passphrase and a recovery kit stand in its place.
pub(super) async fn by_enrolment(
    vault: &Vault,
    person: PersonId,
    (code, passphrase): (Secret, Secret),
    as_found: bool,
) -> Result<Opened, AccessError> {
    strong_enough(&passphrase)?;
    if as_found {
        return Err(AccessError::Store(StoreError::ReadOnlyAsFound));
    }
    let clear = clear(vault).await?;
    let code = Code::read(CodeKind::Enrolment, &code).ok_or(NOT_ACCEPTED)?;
    // On a device that is new to the vault nobody's name is known: then the code says whose it is.
    let whose = (person != PersonId::NOBODY).then_some(person);
    let found = find(&clear, SlotKind::Enrolment, whose, &code).ok_or(NOT_ACCEPTED)?;
    let (person, expires) = (found.slot.header.person, found.slot.header.expires);
    if expires.is_none_or(|at| at <= (vault.means.clock)()) {
        return Err(AccessError::CodeExpired);
    }
    let device = device(vault, &clear).await?;
    let id = clear.charter.vault();
    let (kit, slot) = keep::recovery_slot(vault, id, person, &found.identity)?;
    let arrived = come_in(vault, &clear, found.entry(device.is_new()), false).await?;
    set(vault, &clear, (person, passphrase), device, &[slot]).await?;
    Ok(arrived.opened(person, Proved::Passphrase, Some(kit)))
}

/// Whom a code belongs to.
struct Found {
    slot: Slot,
    identity: Arc<Identity>,
    ring: Ring,
}

impl Found {
    fn entry(self, new_device: bool) -> Entry {
        let Self { slot, identity, ring } = self;
        Entry { slot, identity, ring, new_device }
    }
}

fn find(clear: &Clear, kind: SlotKind, whose: Option<PersonId>, code: &Code) -> Option<Found> {
    let vault = clear.charter.vault();
    let slots = clear.rows.of(Table::Slot).filter_map(|row| Slot::read(vault, row));
    let candidates = slots.filter(|slot| {
        slot.header.kind == kind && whose.is_none_or(|person| person == slot.header.person)
    });
    let mut opened = candidates.filter_map(|slot| {
        let bundle = slot.open(&Proof::Code(code.as_bytes())).ok()?;
        let ring = ring_of(vault, &clear.rows, slot.header.person, &bundle.identity)?;
        Some(Found { slot, identity: Arc::new(bundle.identity), ring })
    });
    opened.next()
}

/// This device, as the vault will know it.
struct Device {
    secret: DeviceSecret,
    /// The row to write, where the vault does not know it yet.
    row: Option<Write>,
}

impl Device {
    fn is_new(&self) -> bool {
        self.row.is_some()
    }
}

/// This device's secret; a fresh one, kept in the keyring, where the vault does not know it.
async fn device(vault: &Vault, clear: &Clear) -> Result<Device, AccessError> {
    let (means, id) = (vault.means.clone(), clear.charter.vault());
    let rows: ClearRows = clear.rows.clone();
    aside(move || match this_device(&means, id, &rows) {
        Ok(secret) => Ok(Device { secret, row: None }),
        Err(AccessError::UnknownDevice) => new_device(&means, id),
        Err(other) => Err(other),
    })
    .await
}

fn new_device(means: &Means, vault: crate::seal::VaultId) -> Result<Device, AccessError> {
    let secret = DeviceSecret::generate(&vault).map_err(failed)?;
    secret.keep(&*means.device, &vault).map_err(AccessError::Keyring)?;
    // What was put and cannot be read again would lock everybody out.
    match DeviceSecret::read(&*means.device, &vault).map_err(AccessError::Keyring)? {
        Some(kept) if kept.id() == secret.id() => {}
        _ => return Err(AccessError::Keyring(KeyringError::Failed)),
    }
    let row = DeviceRow::new(&means.device_name, (means.clock)()).write(secret.id())?;
    Ok(Device { secret, row: Some(row) })
}

/// Puts the new passphrase in the place of everything that stood before it, on this device. Where
/// that fails the person is out again: nothing of what they came in with has changed.
async fn set(
    vault: &Vault,
    clear: &Clear,
    (person, passphrase): (PersonId, Secret),
    device: Device,
    more: &[Write],
) -> Result<(), AccessError> {
    let set = put(vault, clear, (person, passphrase), device, more).await;
    if set.is_err() {
        vault.lock(person).await;
    }
    set
}

async fn put(
    vault: &Vault,
    clear: &Clear,
    (person, passphrase): (PersonId, Secret),
    device: Device,
    more: &[Write],
) -> Result<(), AccessError> {
    let id = clear.charter.vault();
    let mut kinds = vec![SlotKind::Passphrase, SlotKind::Pin, SlotKind::Enrolment];
    if !more.is_empty() {
        kinds.push(SlotKind::Recovery);
    }
    let mut rows = keep::all_of(&clear.rows, id, person, &kinds);
    rows.extend(device.row);
    rows.extend(more.iter().cloned());
    let replace = Replace { person, kind: SlotKind::Passphrase, words: passphrase };
    rows.push(keep::words_slot(vault, device.secret, replace).await?);
    write(vault, person, rows).await?;
    // The passphrase opens from here on. If the keyring does not take note of it now, only waits and
    // the PIN's tries are as they were.
    keep::opened_anew(vault, id, person).await.ok();
    Ok(())
}

fn strong_enough(passphrase: &Secret) -> Result<(), AccessError> {
    if weigh(passphrase, &[]).enough { Ok(()) } else { Err(AccessError::TooWeak) }
}
