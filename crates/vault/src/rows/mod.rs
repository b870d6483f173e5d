//! Rows of the vault file: a key, a version, and a blob. Rows of the book are sealed; their plain form
//! is JSON. The other rows are what opens the seals, and are not.

mod blob;
mod certificate;
mod clear;
mod connection;
mod credential;
mod folder;
mod grant;
mod group;
mod history;
mod person;
mod person_key;
mod rdp;
mod session;
mod settings;
mod source;
#[cfg(test)]
pub(crate) mod specimen;
mod table;
#[cfg(test)]
mod tests;
mod words;

use usher_core::book::{Book, Change, Settings};
use usher_core::entry::KeyId;
use usher_core::error::StoreError;
use usher_core::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, PersonId, PersonKeyId,
    SessionEntryId,
};
use usher_core::policy::Changed;

use blob::{decode, encode};
pub(crate) use blob::{of_format_1, unopened};
use certificate::CertificateRow;
pub(crate) use clear::ClearRows;
use connection::ConnectionRow;
use credential::CredentialRow;
use folder::FolderRow;
use grant::GrantRow;
use group::GroupRow;
pub(crate) use history::Histories;
use person::PersonRow;
use person_key::PersonKeyRow;
use session::SessionRow;
use settings::SettingsRow;
use source::SourceRow;
use table::SETTINGS;
pub(crate) use table::{Key, Place, Put, Stored, Table, Write, damaged};

/// Between a thing of core and what its blob holds.
trait Row: serde::Serialize + serde::de::DeserializeOwned {
    type Thing;
    const TABLE: Table;

    fn key(thing: &Self::Thing) -> Key;
    fn version(thing: &Self::Thing) -> Option<u64>;
    fn write(thing: &Self::Thing) -> Self;
    /// The thing, if everything about it holds.
    fn read(self, key: Key, version: u64) -> Option<Self::Thing>;
}

fn put<R: Row>(thing: &R::Thing) -> Result<Write, StoreError> {
    let put = Put { version: R::version(thing), blob: encode(&R::write(thing))? };
    Ok(Write { table: R::TABLE, key: R::key(thing), put: Some(put) })
}

fn get<R: Row>(stored: &Stored) -> Result<R::Thing, StoreError> {
    let damaged = || R::TABLE.damaged(&stored.key);
    let row: R = decode(&stored.blob).ok_or_else(damaged)?;
    row.read(stored.key, stored.version).ok_or_else(damaged)
}

fn remove(table: Table, key: Key) -> Write {
    Write { table, key, put: None }
}

/// The row that a change writes; of a row that it alters, all that the book holds after the commit.
/// None where that row was removed by the same commit.
pub(crate) fn write_of(change: &Change, after: &Book) -> Result<Option<Write>, StoreError> {
    Ok(Some(match change {
        Change::SetKeepAlive(id, _) => return write_of_key(KeyId::Account(*id), after),
        Change::KeyReplaced(key, _) => return write_of_key(*key, after),
        Change::PutConnection(thing) => put::<ConnectionRow>(thing)?,
        Change::PutPersonKey(thing) => put::<PersonKeyRow>(thing)?,
        Change::PutFolder(thing) | Change::RestoreFolder(thing) => put::<FolderRow>(thing)?,
        Change::PutCredential(thing) | Change::RestoreCredential(thing) => {
            put::<CredentialRow>(thing)?
        }
        Change::PutSession(thing) | Change::RestoreSession(thing) => put::<SessionRow>(thing)?,
        Change::PutPerson(thing) => put::<PersonRow>(thing)?,
        Change::PutGroup(thing) => put::<GroupRow>(thing)?,
        Change::PutGrant(thing) => put::<GrantRow>(thing)?,
        Change::PutSource(thing) => put::<SourceRow>(thing)?,
        Change::PutCertificate(thing) => put::<CertificateRow>(thing)?,
        Change::RemoveConnection(id) => remove(Table::Connection, id.to_bytes()),
        Change::RemovePersonKey(id) => remove(Table::PersonKey, id.to_bytes()),
        Change::RemoveFolder(id) => remove(Table::Folder, id.to_bytes()),
        Change::RemoveCredential(id) => remove(Table::Credential, id.to_bytes()),
        Change::RemoveSession(id) => remove(Table::Session, id.to_bytes()),
        Change::PutSettings(thing) => put::<SettingsRow>(thing)?,
        Change::RemoveGroup(id) => remove(Table::Group, id.to_bytes()),
        Change::RemoveGrant(id) => remove(Table::Grant, id.to_bytes()),
        Change::RemoveSource(id) => remove(Table::Source, id.to_bytes()),
    }))
}

/// Where a thing of the book stands.
pub(crate) fn place_of(thing: &Changed) -> Place {
    let (table, key) = match thing {
        Changed::Connection(id) => (Table::Connection, id.to_bytes()),
        Changed::PersonKey(id) => (Table::PersonKey, id.to_bytes()),
        Changed::Folder(id) => (Table::Folder, id.to_bytes()),
        Changed::Credential(id) => (Table::Credential, id.to_bytes()),
        Changed::Session(id) => (Table::Session, id.to_bytes()),
        Changed::Person(id) => (Table::Person, id.to_bytes()),
        Changed::Group(id) => (Table::Group, id.to_bytes()),
        Changed::Grant(id) => (Table::Grant, id.to_bytes()),
        Changed::Source(id) => (Table::Source, id.to_bytes()),
        Changed::Certificate(host, port) => (Table::Certificate, certificate::key_of(host, *port)),
        Changed::Settings => (Table::Setting, SETTINGS),
    };
    Place { table, key }
}

/// The row on which a key's serial stands: the account's, or the person's key's.
fn write_of_key(key: KeyId, book: &Book) -> Result<Option<Write>, StoreError> {
    match key {
        KeyId::Account(id) => book.connections.get(&id).map(put::<ConnectionRow>).transpose(),
        KeyId::Person(id) => book.person_keys.get(&id).map(put::<PersonKeyRow>).transpose(),
    }
}

/// Every row of the book.
pub(crate) fn write_all(book: &Book) -> Result<Vec<Write>, StoreError> {
    let mut all = vec![put::<SettingsRow>(&book.settings)?];
    put_each::<ConnectionRow>(&mut all, book.connections.values())?;
    put_each::<PersonKeyRow>(&mut all, book.person_keys.values())?;
    put_each::<FolderRow>(&mut all, book.folders.values())?;
    put_each::<CredentialRow>(&mut all, book.credentials.values())?;
    put_each::<SessionRow>(&mut all, book.sessions.values())?;
    put_each::<PersonRow>(&mut all, book.people.values())?;
    put_each::<GroupRow>(&mut all, book.groups.values())?;
    put_each::<GrantRow>(&mut all, book.grants.values())?;
    put_each::<SourceRow>(&mut all, book.sources.values())?;
    put_each::<CertificateRow>(&mut all, book.certificates.values())?;
    Ok(all)
}

fn put_each<'a, R: Row>(
    all: &mut Vec<Write>,
    things: impl Iterator<Item = &'a R::Thing>,
) -> Result<(), StoreError>
where
    R::Thing: 'a,
{
    for thing in things {
        all.push(put::<R>(thing)?);
    }
    Ok(())
}

/// Puts a row of the book, in its plain form, where it belongs. Other tables hold nothing of it.
pub(crate) fn read_into(book: &mut Book, table: Table, row: &Stored) -> Result<(), StoreError> {
    match table {
        Table::Connection => {
            let thing = get::<ConnectionRow>(row)?;
            book.connections.insert(thing.id, thing);
        }
        Table::PersonKey => {
            let thing = get::<PersonKeyRow>(row)?;
            book.person_keys.insert(thing.id, thing);
        }
        Table::Folder => {
            let thing = get::<FolderRow>(row)?;
            book.folders.insert(thing.id, thing);
        }
        Table::Credential => {
            let thing = get::<CredentialRow>(row)?;
            book.credentials.insert(thing.id, thing);
        }
        Table::Session => {
            let thing = get::<SessionRow>(row)?;
            book.sessions.insert(thing.id, thing);
        }
        Table::Person => {
            let thing = get::<PersonRow>(row)?;
            book.people.insert(thing.id, thing);
        }
        Table::Group => {
            let thing = get::<GroupRow>(row)?;
            book.groups.insert(thing.id, thing);
        }
        Table::Grant => {
            let thing = get::<GrantRow>(row)?;
            book.grants.insert(thing.id, thing);
        }
        Table::Source => {
            let thing = get::<SourceRow>(row)?;
            book.sources.insert(thing.id, thing);
        }
        Table::Certificate => {
            let thing = get::<CertificateRow>(row)?;
            book.certificates.insert((thing.host.clone(), thing.port), thing);
        }
        Table::Setting => book.settings = get::<SettingsRow>(row)?,
        Table::Slot
        | Table::Identity
        | Table::Device
        | Table::VaultShare
        | Table::ApiKey
        | Table::ApiShare => {}
    }
    Ok(())
}

/// Takes a row out of the book.
pub(crate) fn remove_from(book: &mut Book, place: Place) {
    let key = place.key;
    match place.table {
        Table::Connection => drop(book.connections.remove(&ConnectionId::from_bytes(key))),
        Table::PersonKey => drop(book.person_keys.remove(&PersonKeyId::from_bytes(key))),
        Table::Folder => drop(book.folders.remove(&FolderId::from_bytes(key))),
        Table::Credential => drop(book.credentials.remove(&CredentialEntryId::from_bytes(key))),
        Table::Session => drop(book.sessions.remove(&SessionEntryId::from_bytes(key))),
        Table::Person => drop(book.people.remove(&PersonId::from_bytes(key))),
        Table::Group => drop(book.groups.remove(&GroupId::from_bytes(key))),
        Table::Grant => drop(book.grants.remove(&GrantId::from_bytes(key))),
        Table::Source => drop(book.sources.remove(&GrantId::from_bytes(key))),
        Table::Certificate => book.certificates.retain(|_, row| CertificateRow::key(row) != key),
        Table::Setting => book.settings = Settings::default(),
        Table::Slot
        | Table::Identity
        | Table::Device
        | Table::VaultShare
        | Table::ApiKey
        | Table::ApiShare => {}
    }
}
