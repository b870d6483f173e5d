//! That it is still this person.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{AccessError, Proved};

use super::keep_pins::keep_pins;
use super::open::{clear, known};
use super::tries::Known;
use super::verified;
use crate::rows::Table;
use crate::slots::{Slot, SlotKind, looks_like_pin};
use crate::vault::{Clear, Vault};

pub(super) async fn prove(
    vault: &Vault,
    person: PersonId,
    proof: Secret,
) -> Result<Proved, AccessError> {
    let open = vault.worker.ask(move |shelf| Ok(shelf.keys()?.signer(person).is_some()));
    if !open.await? {
        return Err(AccessError::Store(StoreError::Locked));
    }
    let clear = Arc::new(clear(vault).await?);
    // EXPOSE: looked at for being digits; no passphrase that is taken looks like a PIN
    let (kind, proved) = if looks_like_pin(proof.expose()) && has_pin(&clear, person) {
        (SlotKind::Pin, Proved::Pin)
    } else {
        (SlotKind::Passphrase, Proved::Passphrase)
    };
    let Known { identity, slot, .. } = known(vault, &clear, (person, kind), proof).await?;
    let now = (vault.means.clock)();
    let holds = vault.worker.ask(move |shelf| {
        let holds = verified::is_held(shelf, &identity.public(), &slot)?;
        if holds && proved == Proved::Passphrase && !shelf.is_as_found() {
            // It is they. Where it fails, the passphrase is asked for before the PIN.
            keep_pins(shelf, person, now).ok();
        }
        Ok(holds)
    });
    if holds.await? { Ok(proved) } else { Err(AccessError::NotAccepted { wait_seconds: 0 }) }
}

fn has_pin(clear: &Clear, person: PersonId) -> bool {
    let slots = clear.rows.of(Table::Slot).filter_map(|row| Slot::read(clear.charter.vault(), row));
    slots.into_iter().any(|slot| (slot.header.person, slot.header.kind) == (person, SlotKind::Pin))
}
