//! A new vault: its founder's keys, the audit log's, the first epoch's, and what the founder comes in
//! with from now on.

use std::sync::Arc;

use usher_core::Secret;
use usher_core::book::Change;
use usher_core::entry::Name;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::ports::{AccessError, FirstVault, Opened, Proved};

use super::aside::aside;
use super::open::lend_audit_key;
use super::tries::failed;
use super::{Means, keep, names, weigh};
use crate::device::DeviceSecret;
use crate::keys::{DeviceRow, Keys, KnownIdentity, Ring, Share, Shared};
use crate::rows::Write;
use crate::seal::{Identity, SharingKey, VaultId};
use crate::slots::{Code, CodeKind, Header, Proof, Slot, SlotKind};
use crate::vault::{First, Shelf, Vault, first};

pub(super) async fn found(vault: &Vault, new: FirstVault) -> Result<Opened, AccessError> {
    let FirstVault { founder, passphrase, changes } = new;
    if !weigh(&passphrase, &hints(&changes)).enough {
        return Err(AccessError::TooWeak);
    }
    let name = name_of(&changes, founder)?;
    let begun = Begun::new(vault, founder, passphrase).await?;
    begun
        .settle(vault, name, move |shelf, first, keys, rows| {
            shelf.found(first, keys, changes, rows)
        })
        .await
}

fn name_of(changes: &[Change], founder: PersonId) -> Result<Name, AccessError> {
    let people = changes.iter().filter_map(|change| {
        if let Change::PutPerson(person) = change { Some(person) } else { None }
    });
    let mut named = people.filter(|person| person.id == founder).map(|person| person.name.clone());
    named.next().ok_or(AccessError::Store(StoreError::Failed))
}

/// The names in the changes: what a passphrase must not lean on.
fn hints(changes: &[Change]) -> Vec<String> {
    let mut names = Vec::new();
    for change in changes {
        if let Change::PutPerson(person) = change {
            names.push(person.name.to_string());
        }
        if let Change::PutFolder(folder) = change {
            names.push(folder.name.to_string());
        }
    }
    names
}

/// The keys of a vault that is about to be: nothing of it is written but the device's secret.
pub(super) struct Begun {
    founder: PersonId,
    identity: Arc<Identity>,
    first: First,
    pub(super) rows: Vec<Write>,
    kit: Secret,
}

impl Begun {
    /// Makes all keys, and keeps the device's secret in the keyring.
    ///
    /// # Errors
    /// `Keyring`; `Store` where the OS gives no random bytes.
    pub(super) async fn new(
        vault: &Vault,
        founder: PersonId,
        passphrase: Secret,
    ) -> Result<Self, AccessError> {
        let means = vault.means.clone();
        aside(move || begin(&means, founder, &passphrase)).await
    }

    pub(super) fn vault(&self) -> VaultId {
        self.first.vault
    }

    /// Who things are shared to.
    pub(super) fn to(&self) -> (PersonId, [u8; 32]) {
        (self.founder, self.identity.public().sharing)
    }

    /// Has the vault written, and lets the founder in. Where it failed and yet the vault may stand, their
    /// name is at the door, for the passphrase opens it.
    pub(super) async fn settle(
        self,
        vault: &Vault,
        name: Name,
        write: impl FnOnce(&mut Shelf, &First, Keys, Vec<Write>) -> Result<(), StoreError>
        + Send
        + 'static,
    ) -> Result<Opened, AccessError> {
        let Self { founder, identity, first, rows, kit } = self;
        let id = first.vault;
        let ring = Ring::fresh(id, 1)?;
        let keys = Keys::of(ring, founder, Arc::clone(&identity));
        let written = vault.worker.ask(move |shelf| write(shelf, &first, keys, rows)).await;
        if let Err(fault) = written {
            if fault == StoreError::Conflict || !may_stand(vault, id).await {
                forget(vault, id).await;
            } else {
                names::write(vault, (id, founder), name).await;
            }
            return Err(AccessError::Store(fault));
        }
        vault.means.witness.came_in(founder, identity);
        lend_audit_key(vault).await?;
        // The vault stands. If the keyring does not take note of it, the door has no name on it yet.
        keep::opened_anew(vault, id, founder).await.ok();
        names::refresh(vault).await;
        let proved = Proved::Passphrase;
        let (as_found, remarks) = (None, Vec::new());
        Ok(Opened { person: founder, proved, recovery_kit: Some(kit), as_found, remarks })
    }
}

fn begin(means: &Means, founder: PersonId, passphrase: &Secret) -> Result<Begun, AccessError> {
    let identity = Identity::generate().map_err(failed)?;
    let audit = SharingKey::generate().map_err(failed)?;
    let first = first(founder, &identity, audit.public())?;
    let whose = (first.vault, founder);
    let now = (means.clock)();
    let device = DeviceSecret::generate(&first.vault).map_err(failed)?;
    let kit = Code::generate(CodeKind::RecoveryKit).map_err(failed)?;
    let stretch = means.cost.stretch();
    let words = Header::for_words(whose, SlotKind::Passphrase, device.id(), stretch, now);
    // EXPOSE: stretched to the key of the founder's slot, and wiped
    let proof = Proof::Words(passphrase.expose().as_bytes(), &device);
    let passphrase = Slot::wrap(words.map_err(failed)?, &proof, &identity).map_err(failed)?;
    let code = Header::for_code(whose, SlotKind::Recovery, now, None).map_err(failed)?;
    let recovery = Slot::wrap(code, &Proof::Code(kit.as_bytes()), &identity).map_err(failed)?;
    let to = (founder, identity.public().sharing);
    let rows = vec![
        KnownIdentity::replaced(None, founder, identity.public())?,
        DeviceRow::new(&means.device_name, now).write(device.id())?,
        passphrase.write()?,
        recovery.write()?,
        Share::give(first.vault, Shared::Audit, to, audit.as_bytes())?.write()?,
    ];
    device.keep(&*means.device, &first.vault).map_err(AccessError::Keyring)?;
    Ok(Begun { founder, identity: Arc::new(identity), first, rows, kit: kit.print() })
}

/// Whether the file may be there after all: what failed may have been the last step, after it had got
/// its name. Without the device's secret nobody could open it then, not even by the kit, which was
/// never shown.
async fn may_stand(vault: &Vault, id: VaultId) -> bool {
    let clear = vault.worker.ask(Shelf::clear).await;
    clear.map_or_else(|fault| fault != StoreError::Missing, |clear| clear.charter.vault() == id)
}

/// Leaves nothing in the keyring of a vault that did not come to be.
async fn forget(vault: &Vault, id: VaultId) {
    let means = vault.means.clone();
    let forgotten =
        aside(move || DeviceSecret::forget(&*means.device, &id).map_err(AccessError::Keyring));
    // What stays behind opens nothing: there is no vault of that name.
    forgotten.await.ok();
}
