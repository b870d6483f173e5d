//! What a person comes in with from now on: passphrase, PIN, recovery kit.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::AccessError;

use super::aside::aside;
use super::keep_pins::keep_pins;
use super::open::write;
use super::tries::{failed, this_device};
use super::weigh;
use crate::device::DeviceSecret;
use crate::rows::{ClearRows, Table, Write};
use crate::seal::{Identity, VaultId};
use crate::slots::{Code, CodeKind, Header, Proof, Slot, SlotKind, is_good_pin};
use crate::vault::Vault;

pub(super) async fn set_passphrase(
    vault: &Vault,
    person: PersonId,
    new: Secret,
) -> Result<(), AccessError> {
    let open = Open::of(vault, person).await?;
    if !weigh(&new, &open.hints).enough {
        return Err(AccessError::TooWeak);
    }
    let replace = Replace { person, kind: SlotKind::Passphrase, words: new };
    open.replace(vault, replace).await
}

pub(super) async fn set_pin(
    vault: &Vault,
    person: PersonId,
    pin: Option<Secret>,
) -> Result<(), AccessError> {
    let open = Open::of(vault, person).await?;
    let Some(words) = pin else {
        return write(vault, person, all_of(&open.rows, open.vault, person, &[SlotKind::Pin]))
            .await;
    };
    // EXPOSE: looked at for being too plain
    if !is_good_pin(words.expose()) {
        return Err(AccessError::TooWeak);
    }
    open.replace(vault, Replace { person, kind: SlotKind::Pin, words }).await
}

pub(super) async fn new_recovery_kit(
    vault: &Vault,
    person: PersonId,
) -> Result<Secret, AccessError> {
    let open = Open::of(vault, person).await?;
    let (kit, slot) = recovery_slot(vault, open.vault, person, &open.identity)?;
    let mut rows = all_of(&open.rows, open.vault, person, &[SlotKind::Recovery]);
    rows.push(slot);
    write(vault, person, rows).await?;
    Ok(kit)
}

/// Words that are to stand in the place of those before.
pub(super) struct Replace {
    pub(super) person: PersonId,
    pub(super) kind: SlotKind,
    pub(super) words: Secret,
}

/// The vault as a person has it open.
struct Open {
    vault: VaultId,
    rows: ClearRows,
    identity: Arc<Identity>,
    /// What their passphrase must not lean on.
    hints: Vec<String>,
}

impl Open {
    async fn of(vault: &Vault, person: PersonId) -> Result<Self, AccessError> {
        let open = vault.worker.ask(move |shelf| {
            let (book, rows) = (shelf.book()?, shelf.rows()?.clone());
            let keys = shelf.keys()?;
            let identity = keys.identity(person).ok_or(StoreError::Locked)?;
            let name = book.people.get(&person).map(|person| person.name.to_string());
            let root = book.root().map(|root| root.name.to_string());
            let hints = name.into_iter().chain(root).collect();
            Ok(Self { vault: keys.vault(), rows, identity, hints })
        });
        Ok(open.await?)
    }

    /// On this device; what the person had of that kind stops working, here and elsewhere.
    async fn replace(self, vault: &Vault, replace: Replace) -> Result<(), AccessError> {
        let Replace { person, kind, .. } = replace;
        let Self { vault: id, rows: known, .. } = self;
        let mut rows = all_of(&known, id, person, &[kind]);
        let means = vault.means.clone();
        let device = aside(move || this_device(&means, id, &known)).await?;
        rows.push(words_slot(vault, device, replace).await?);
        write(vault, person, rows).await?;
        if kind == SlotKind::Pin {
            let now = (vault.means.clock)();
            vault.worker.ask(move |shelf| keep_pins(shelf, person, now)).await?;
            return pin_renewed(vault, id, person).await;
        }
        opened_anew(vault, id, person).await
    }
}

/// A slot for words on this device, made with the keys that the person has open. Of a passphrase it
/// holds those keys; of a PIN it does not.
pub(super) async fn words_slot(
    vault: &Vault,
    device: DeviceSecret,
    replace: Replace,
) -> Result<Write, AccessError> {
    let Replace { person, kind, words } = replace;
    let keys = vault.worker.ask(move |shelf| {
        let keys = shelf.keys()?;
        Ok((keys.vault(), keys.identity(person).ok_or(StoreError::Locked)?))
    });
    let (id, identity) = keys.await?;
    let means = vault.means.clone();
    aside(move || {
        let stretch = means.cost.stretch();
        let now = (means.clock)();
        let header =
            Header::for_words((id, person), kind, device.id(), stretch, now).map_err(failed)?;
        // EXPOSE: stretched to the key of the new slot, and wiped
        let proof = Proof::Words(words.expose().as_bytes(), &device);
        let make = if kind == SlotKind::Pin { Slot::of_pin } else { Slot::wrap };
        Ok(make(header, &proof, &identity).map_err(failed)?.write()?)
    })
    .await
}

/// A new recovery kit, and its slot.
pub(super) fn recovery_slot(
    vault: &Vault,
    id: VaultId,
    person: PersonId,
    identity: &Identity,
) -> Result<(Secret, Write), AccessError> {
    let code = Code::generate(CodeKind::RecoveryKit).map_err(failed)?;
    let now = (vault.means.clock)();
    let header = Header::for_code((id, person), SlotKind::Recovery, now, None).map_err(failed)?;
    let slot = Slot::wrap(header, &Proof::Code(code.as_bytes()), identity).map_err(failed)?;
    Ok((code.print(), slot.write()?))
}

/// Takes out what the person has of these kinds.
pub(super) fn all_of(
    rows: &ClearRows,
    vault: VaultId,
    person: PersonId,
    kinds: &[SlotKind],
) -> Vec<Write> {
    let slots = rows.of(Table::Slot).filter_map(|row| Slot::read(vault, row));
    let theirs = slots.filter(|slot| slot.header.person == person);
    theirs.filter(|slot| kinds.contains(&slot.header.kind)).map(|slot| slot.remove()).collect()
}

/// The passphrase was given just now, and nothing wrong counts any more.
pub(super) async fn opened_anew(
    vault: &Vault,
    id: VaultId,
    person: PersonId,
) -> Result<(), AccessError> {
    let (means, doors) = (vault.means.clone(), vault.access.doors.clone());
    aside(move || {
        let (whose, now) = ((id, person), (means.clock)());
        let opened = doors.change(&*means.device, whose, |door| door.passphrase_opened(now));
        if opened.is_err() {
            // What the keyring held was no door of ours: the person has just proved who they are.
            doors.renew(&*means.device, whose).map_err(AccessError::Keyring)?;
        }
        Ok(())
    })
    .await?;
    super::names::refresh(vault).await;
    Ok(())
}

async fn pin_renewed(vault: &Vault, id: VaultId, person: PersonId) -> Result<(), AccessError> {
    let (means, doors) = (vault.means.clone(), vault.access.doors.clone());
    aside(move || {
        let renewed =
            doors.change(&*means.device, (id, person), crate::slots::DoorState::pin_opened);
        renewed.map_err(AccessError::Keyring)
    })
    .await
}
