//! Opening the vault: who they are, then the whole file verified with their keys.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{AccessError, OpenWith, Opened, Proved, Remark};

use super::aside::aside;
use super::keep_pins::keep_pins;
use super::tries::{Known, Try};
use super::{codes, names, upgrade, verified};
use crate::keys::{Keys, Ring, Shared};
use crate::rows::Write;
use crate::seal::{Identity, SharingKey};
use crate::slots::{Slot, SlotKind};
use crate::vault::{AnchorWas, Clear, How, Shelf, Step, Unlocked, Vault};

pub(super) async fn open(
    vault: &Vault,
    with: OpenWith,
    as_found: bool,
) -> Result<Opened, AccessError> {
    match with {
        OpenWith::Passphrase { person, passphrase } => {
            by_words(vault, (person, SlotKind::Passphrase), passphrase, as_found).await
        }
        // A damaged vault is an administrator's affair, and a PIN is never enough for those.
        OpenWith::Pin { .. } if as_found => Err(AccessError::PassphraseNeeded),
        OpenWith::Pin { person, pin } => {
            by_words(vault, (person, SlotKind::Pin), pin, as_found).await
        }
        OpenWith::RecoveryKit { kit, passphrase } => {
            codes::by_kit(vault, kit, passphrase, as_found).await
        }
        OpenWith::EnrolmentCode { person, code, passphrase } => {
            codes::by_enrolment(vault, person, (code, passphrase), as_found).await
        }
        OpenWith::Upgrade { administrator, passphrase } => {
            upgrade::upgrade(vault, administrator, passphrase).await
        }
    }
}

async fn by_words(
    vault: &Vault,
    (person, kind): (PersonId, SlotKind),
    words: Secret,
    as_found: bool,
) -> Result<Opened, AccessError> {
    let clear = Arc::new(clear(vault).await?);
    let known = known(vault, &clear, (person, kind), words).await?;
    let Known { identity, ring, slot, upgrade } = known;
    let entry = Entry { slot, identity, ring, new_device: false };
    let arrived = come_in(vault, &clear, entry, as_found).await?;
    if kind == SlotKind::Pin {
        return Ok(arrived.opened(person, Proved::Pin, None));
    }
    if arrived.damage.is_none() {
        if !upgrade.is_empty() {
            // The slot opens as it is; if it cannot be written now, the next unlock does it.
            write(vault, person, upgrade).await.ok();
        }
        upgrade::sweep(vault).await;
        let now = (vault.means.clock)();
        // They are in. Where it fails, no PIN opens until the next time.
        vault.worker.ask(move |shelf| keep_pins(shelf, person, now)).await.ok();
    }
    Ok(arrived.opened(person, Proved::Passphrase, None))
}

/// That it is this person, by their words.
pub(super) async fn known(
    vault: &Vault,
    clear: &Arc<Clear>,
    (person, kind): (PersonId, SlotKind),
    words: Secret,
) -> Result<Known, AccessError> {
    let (means, state, clear) = (vault.means.clone(), vault.access.clone(), Arc::clone(clear));
    aside(move || {
        let (vault, rows) = (clear.charter.vault(), &clear.rows);
        Try { means: &means, state: &state, vault, rows, person, kind, words: &words }.run()
    })
    .await
}

/// Somebody who is who they say they are, on their way in.
pub(super) struct Entry {
    /// Theirs, as it was read before anything was verified.
    pub(super) slot: Slot,
    pub(super) identity: Arc<Identity>,
    pub(super) ring: Ring,
    /// This device has not had the vault open before.
    pub(super) new_device: bool,
}

/// They are in.
pub(super) struct Arrived {
    pub(super) damage: Option<StoreError>,
    pub(super) remarks: Vec<Remark>,
}

impl Arrived {
    pub(super) fn opened(self, person: PersonId, proved: Proved, kit: Option<Secret>) -> Opened {
        let Self { damage, remarks } = self;
        Opened { person, proved, recovery_kit: kit, as_found: damage, remarks }
    }
}

/// Verifies the file with the person's keys, and lets them in.
pub(super) async fn come_in(
    vault: &Vault,
    clear: &Clear,
    entry: Entry,
    as_found: bool,
) -> Result<Arrived, AccessError> {
    let Entry { slot, identity, ring, new_device } = entry;
    let (person, id) = (slot.header.person, slot.header.vault);
    if as_found && !clear.charter.administrators().contains_key(&person) {
        return Err(AccessError::AdministratorsOnly);
    }
    let keys = Keys::of(ring, person, Arc::clone(&identity));
    let how = How { as_found, new_device };
    let unlocked = vault.worker.ask(move |shelf| verified::unlock(shelf, keys, how, &slot)).await;
    let unlocked = unlocked.map_err(verified::refused)?;
    let witness = &vault.means.witness;
    if !matches!(unlocked.anchor, AnchorWas::Unreadable(_)) {
        witness.read_audit_anchor(id, unlocked.audit);
    }
    witness.came_in(person, identity);
    lend_audit_key(vault).await?;
    names::refresh(vault).await;
    let remarks = remarks(&unlocked, new_device);
    Ok(Arrived { damage: unlocked.damage, remarks })
}

fn remarks(unlocked: &Unlocked, new_device: bool) -> Vec<Remark> {
    match &unlocked.anchor {
        AnchorWas::Known => Vec::new(),
        AnchorWas::Missing if new_device => Vec::new(),
        AnchorWas::Missing => vec![Remark::NoAnchor],
        AnchorWas::Unreadable(error) => vec![Remark::NoKeyring(*error)],
    }
}

/// Lends the witness the audit log's secret, if anybody here holds a share of it.
pub(super) async fn lend_audit_key(vault: &Vault) -> Result<(), AccessError> {
    let secret = vault.worker.ask(|shelf| {
        let rows = shelf.rows()?.clone();
        Ok(shelf.keys()?.open_share(&rows, Shared::Audit))
    });
    let secret = secret.await?.and_then(|secret| SharingKey::from_slice(&secret).ok());
    vault.means.witness.lend_audit_key(secret);
    Ok(())
}

/// The tables in clear and the charter, before anything else was verified.
pub(super) async fn clear(vault: &Vault) -> Result<Clear, AccessError> {
    vault.means.witness.ask_again();
    Ok(vault.worker.ask(Shelf::clear).await?)
}

/// Writes rows in clear, in a commit of their own.
pub(super) async fn write(
    vault: &Vault,
    by: PersonId,
    rows: Vec<Write>,
) -> Result<(), AccessError> {
    let step = Step { rows, ..Step::default() };
    vault.worker.ask(move |shelf| shelf.commit(by, step).map(drop)).await?;
    Ok(())
}
