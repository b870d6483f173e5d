//! A vault of a Usher that knew no passphrases: its one administrator becomes the founder, and the
//! API keys move from the keyring into it.

use usher_core::Secret;
use usher_core::book::{Book, Change};
use usher_core::entry::{KeyId, Name};
use usher_core::error::StoreError;
use usher_core::ports::{AccessError, Opened, Remark};
use usher_core::rights::Person;
use zeroize::Zeroizing;

use super::aside::aside;
use super::found::Begun;
use super::{Means, weigh};
use crate::keys::{SealedApiKey, Share, Shared};
use crate::rows::{Table, Write};
use crate::seal::SymmetricKey;
use crate::vault::Vault;

pub(super) async fn upgrade(
    vault: &Vault,
    administrator: Name,
    passphrase: Secret,
) -> Result<Opened, AccessError> {
    if !weigh(&passphrase, &[administrator.to_string()]).enough {
        return Err(AccessError::TooWeak);
    }
    let book = vault.worker.ask(|shelf| shelf.older()).await?;
    let founder = founder(&book)?;
    let keys = old_keys(vault, ids(&book)).await?;
    let moved: Vec<KeyId> = keys.iter().map(|(id, _)| *id).collect();
    let mut begun = Begun::new(vault, founder.id, passphrase).await?;
    begun.rows.extend(sealed(&begun, keys)?);
    let name = administrator.clone();
    let changes = vec![Change::PutPerson(Person { name: administrator, ..founder })];
    let settled = begun.settle(vault, name, move |shelf, first, keys, rows| {
        shelf.upgrade(first, keys, changes, rows)
    });
    let mut opened = settled.await?;
    opened.remarks.push(Remark::Upgraded);
    if let Err(AccessError::Keyring(error)) = remove_old_keys(vault, moved).await {
        // The vault stands and has the keys; that the keyring has them still must be said.
        opened.remarks.push(Remark::NoKeyring(error));
    }
    Ok(opened)
}

/// The administrator of the old vault.
fn founder(book: &Book) -> Result<Person, AccessError> {
    let administrator = book.people.values().find(|person| book.is_administrator(person.id));
    administrator.cloned().ok_or(AccessError::Store(StoreError::Corrupt { part: "person" }))
}

fn ids(book: &Book) -> Vec<KeyId> {
    let accounts = book.connections.keys().copied().map(KeyId::Account);
    accounts.chain(book.person_keys.keys().copied().map(KeyId::Person)).collect()
}

/// An API key's characters, as the keyring had them.
type OldKey = (KeyId, Zeroizing<Vec<u8>>);

/// The API keys as the keyring has them. One that is not there is missing from the new vault too.
async fn old_keys(vault: &Vault, ids: Vec<KeyId>) -> Result<Vec<OldKey>, AccessError> {
    let means = vault.means.clone();
    aside(move || {
        let mut keys = Vec::new();
        for id in ids {
            let key = means.device.get(&item(id)).map_err(AccessError::Keyring)?;
            keys.extend(key.map(|key| (id, key)));
        }
        Ok(keys)
    })
    .await
}

fn sealed(begun: &Begun, keys: Vec<OldKey>) -> Result<Vec<Write>, AccessError> {
    let mut rows = Vec::new();
    for (id, characters) in keys {
        let key = SymmetricKey::generate().map_err(super::tries::failed)?;
        rows.push(SealedApiKey::seal(begun.vault(), id, &key, &characters)?.write()?);
        let share = Share::give(begun.vault(), Shared::ApiKey(id), begun.to(), key.as_bytes())?;
        rows.push(share.write()?);
    }
    Ok(rows)
}

/// Removes what an upgrade that was cut short has left: keys that the vault has by now.
pub(super) async fn sweep(vault: &Vault) {
    let ids = vault.worker.ask(|shelf| {
        let rows = shelf.rows()?;
        Ok(rows.of(Table::ApiKey).filter_map(SealedApiKey::read).map(|key| key.id).collect())
    });
    if let Ok(ids) = ids.await {
        // Where the keyring does not answer, the next unlock tries again.
        remove_old_keys(vault, ids).await.ok();
    }
}

/// The vault has them; the keyring must not.
async fn remove_old_keys(vault: &Vault, ids: Vec<KeyId>) -> Result<(), AccessError> {
    let means: Means = vault.means.clone();
    aside(move || {
        let removed = |id: KeyId| means.device.remove(&item(id)).map_err(AccessError::Keyring);
        ids.into_iter().try_for_each(removed)
    })
    .await
}

/// The name an older Usher kept the key under.
fn item(id: KeyId) -> String {
    match id {
        KeyId::Account(id) => id.to_string(),
        KeyId::Person(id) => id.to_string(),
    }
}
