//! The names at the door: kept in the keyring, so that the list can be shown while the vault is shut.

use std::collections::BTreeMap;

use usher_core::entry::Name;
use usher_core::ids::PersonId;
use usher_core::ports::AccessError;

use super::aside::aside;
use crate::rows::Table;
use crate::seal::VaultId;
use crate::slots::Slot;
use crate::vault::Vault;

/// Writes the names of those who can come in on the doors, where they are others by now.
///
/// Where the keyring does not take them the list at the door is an older one until the next time.
pub(super) async fn refresh(vault: &Vault) {
    if let Ok((id, names)) = names(vault).await {
        let (means, doors) = (vault.means.clone(), vault.access.doors.clone());
        let written = aside(move || {
            for (person, name) in names {
                doors.name(&*means.device, (id, person), &name).map_err(AccessError::Keyring)?;
            }
            Ok(())
        });
        written.await.ok();
    }
}

/// Writes one name on the door of a vault that could not be looked into.
pub(super) async fn write(vault: &Vault, whose: (VaultId, PersonId), name: Name) {
    let (means, doors) = (vault.means.clone(), vault.access.doors.clone());
    let written = aside(move || {
        doors.name(&*means.device, whose, name.as_str()).map_err(AccessError::Keyring)
    });
    // The list at the door stays without it; the kit opens.
    written.await.ok();
}

/// The names of everybody who has something to come in with.
async fn names(vault: &Vault) -> Result<(VaultId, BTreeMap<PersonId, String>), AccessError> {
    let names = vault.worker.ask(|shelf| {
        let (book, rows) = (shelf.book()?, shelf.rows()?.clone());
        let people = rows.of(Table::Slot).filter_map(Slot::owner);
        let named = people.filter_map(|person| {
            let name = book.people.get(&person)?.name.as_str().to_owned();
            Some((person, name))
        });
        Ok((shelf.keys()?.vault(), named.collect()))
    });
    Ok(names.await?)
}
