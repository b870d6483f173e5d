//! Rows of the vault file: a key, a version, and one blob that says in its first byte how the
//! rest is to be read.

mod blob;
mod certificate;
mod connection;
mod credential;
mod folder;
mod grant;
mod group;
mod person;
mod person_key;
mod session;
mod settings;
mod source;
#[cfg(test)]
mod specimen;
#[cfg(test)]
mod tests;
mod words;

use usher_core::book::{Book, Change};
use usher_core::entry::KeyId;
use usher_core::error::StoreError;

pub(crate) use blob::{decode, encode};
use certificate::CertificateRow;
use connection::ConnectionRow;
use credential::CredentialRow;
use folder::FolderRow;
use grant::GrantRow;
use group::GroupRow;
use person::PersonRow;
use person_key::PersonKeyRow;
use session::SessionRow;
use settings::SettingsRow;
use source::SourceRow;

/// A row's primary key.
pub(crate) type Key = [u8; 16];

/// The key of the row with the settings for everybody.
pub(crate) const SETTINGS: Key = [0; 16];

/// The tables that hold the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Connection,
    PersonKey,
    Folder,
    Credential,
    Session,
    Person,
    Group,
    Grant,
    Source,
    Certificate,
    Setting,
}

impl Table {
    pub(crate) const ALL: [Self; 11] = [
        Self::Connection,
        Self::PersonKey,
        Self::Folder,
        Self::Credential,
        Self::Session,
        Self::Person,
        Self::Group,
        Self::Grant,
        Self::Source,
        Self::Certificate,
        Self::Setting,
    ];

    /// The name in SQL; the odd ones out step around its reserved words.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::PersonKey => "person_key",
            Self::Folder => "folder",
            Self::Credential => "credential",
            Self::Session => "session",
            Self::Person => "person",
            Self::Group => "person_group",
            Self::Grant => "grant_",
            Self::Source => "source_right",
            Self::Certificate => "certificate",
            Self::Setting => "setting",
        }
    }

    /// The error for a row of this table that does not hold.
    pub(crate) const fn corrupt(self) -> StoreError {
        StoreError::Corrupt { part: self.name() }
    }
}

/// A row as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) key: Key,
    /// Counts the row's changes from 1.
    pub(crate) version: u64,
    pub(crate) blob: Vec<u8>,
}

/// One row to be put or removed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) table: Table,
    pub(crate) key: Key,
    /// What to put there; `None` removes the row.
    pub(crate) put: Option<Put>,
}

/// What to put in a row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Put {
    /// The version; `None` where the thing itself counts none, and the row counts on.
    pub(crate) version: Option<u64>,
    pub(crate) blob: Vec<u8>,
}

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
    let row: R = decode(&stored.blob, R::TABLE)?;
    row.read(stored.key, stored.version).ok_or(R::TABLE.corrupt())
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
        Change::PutFolder(thing) => put::<FolderRow>(thing)?,
        Change::PutCredential(thing) => put::<CredentialRow>(thing)?,
        Change::PutSession(thing) => put::<SessionRow>(thing)?,
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
        Change::RestoreFolder(thing) => put::<FolderRow>(thing)?,
        Change::RestoreCredential(thing) => put::<CredentialRow>(thing)?,
        Change::RestoreSession(thing) => put::<SessionRow>(thing)?,
        Change::PutSettings(thing) => put::<SettingsRow>(thing)?,
        Change::RemoveGroup(id) => remove(Table::Group, id.to_bytes()),
        Change::RemoveGrant(id) => remove(Table::Grant, id.to_bytes()),
        Change::RemoveSource(id) => remove(Table::Source, id.to_bytes()),
    }))
}

/// The row on which a key's history stands: the account's, or the person's key's.
pub(crate) fn write_of_key(key: KeyId, book: &Book) -> Result<Option<Write>, StoreError> {
    match key {
        KeyId::Account(id) => book.connections.get(&id).map(put::<ConnectionRow>).transpose(),
        KeyId::Person(id) => book.person_keys.get(&id).map(put::<PersonKeyRow>).transpose(),
    }
}

/// The row with the settings.
pub(crate) fn write_of_settings(book: &Book) -> Result<Write, StoreError> {
    put::<SettingsRow>(&book.settings)
}

/// Puts a stored row into the book that is being read.
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
    }
    Ok(())
}
