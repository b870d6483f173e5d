//! Changes to the book: rows put or removed, all of one commit or none.

use super::Book;
use crate::entry::{
    Connection, CredentialEntry, Folder, KeyHistory, KeyId, PasswordAccess, PersonKey,
    SessionEntry, TrustedCertificate, Version,
};
use crate::error::StoreError;
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, GrantId, PersonKeyId, SessionEntryId};
use crate::rights::{Grant, Group, Person, SourceRight};
use crate::time::Moment;

/// One row put (made or replaced) or removed.
///
/// Versioned rows carry the version they are to have; the one before must be in the book, or the
/// whole commit is a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An account.
    PutConnection(Connection),
    /// Removes an account.
    RemoveConnection(ConnectionId),
    /// A key of a person's own.
    PutPersonKey(PersonKey),
    /// Removes a key of a person's own.
    RemovePersonKey(PersonKeyId),
    /// A folder.
    PutFolder(Folder),
    /// Removes a folder.
    RemoveFolder(FolderId),
    /// A credential entry.
    PutCredential(CredentialEntry),
    /// Removes a credential entry.
    RemoveCredential(CredentialEntryId),
    /// A session entry.
    PutSession(SessionEntry),
    /// Removes a session entry.
    RemoveSession(SessionEntryId),
    /// A person.
    PutPerson(Person),
    /// A group.
    PutGroup(Group),
    /// A grant.
    PutGrant(Grant),
    /// Removes a grant.
    RemoveGrant(GrantId),
    /// A Source right.
    PutSource(SourceRight),
    /// Removes a Source right.
    RemoveSource(GrantId),
    /// Trusts a certificate, in the place of the one before.
    PutCertificate(TrustedCertificate),
}

/// What was learnt of a key by using it. Not an edit: no permit, no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learnt {
    /// IT Glue accepted the key.
    Accepted(Moment),
    /// IT Glue refused the key as such.
    Refused(Moment),
    /// A password came: the key has *Password Access*.
    PasswordAccess,
    /// A password was refused for want of *Password Access*.
    NoPasswordAccess,
}

impl Book {
    /// Makes one change.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the row is not the version that was edited.
    pub fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::PutFolder(row) => {
                let before = self.folders.get(&row.id).map(|r| r.version);
                follows(before, row.version)?;
                self.folders.insert(row.id, row);
            }
            Change::PutCredential(row) => {
                let before = self.credentials.get(&row.id).map(|r| r.version);
                follows(before, row.version)?;
                self.credentials.insert(row.id, row);
            }
            Change::PutSession(row) => {
                let before = self.sessions.get(&row.id).map(|r| r.version);
                follows(before, row.version)?;
                self.sessions.insert(row.id, row);
            }
            Change::RemoveFolder(id) => existed(self.folders.remove(&id))?,
            Change::RemoveCredential(id) => existed(self.credentials.remove(&id))?,
            Change::RemoveSession(id) => existed(self.sessions.remove(&id))?,
            other @ (Change::PutConnection(_)
            | Change::RemoveConnection(_)
            | Change::PutPersonKey(_)
            | Change::RemovePersonKey(_)
            | Change::PutPerson(_)
            | Change::PutGroup(_)
            | Change::PutGrant(_)
            | Change::RemoveGrant(_)
            | Change::PutSource(_)
            | Change::RemoveSource(_)
            | Change::PutCertificate(_)) => self.apply_unversioned(other)?,
        }
        Ok(())
    }

    fn apply_unversioned(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::PutConnection(row) => drop(self.connections.insert(row.id, row)),
            Change::RemoveConnection(id) => existed(self.connections.remove(&id))?,
            Change::PutPersonKey(row) => drop(self.person_keys.insert(row.id, row)),
            Change::RemovePersonKey(id) => existed(self.person_keys.remove(&id))?,
            Change::PutPerson(row) => drop(self.people.insert(row.id, row)),
            Change::PutGroup(row) => drop(self.groups.insert(row.id, row)),
            Change::PutGrant(row) => drop(self.grants.insert(row.id, row)),
            Change::RemoveGrant(id) => existed(self.grants.remove(&id))?,
            Change::PutSource(row) => drop(self.sources.insert(row.id, row)),
            Change::RemoveSource(id) => existed(self.sources.remove(&id))?,
            Change::PutCertificate(row) => {
                drop(self.certificates.insert((row.host.clone(), row.port), row));
            }
            Change::PutFolder(_)
            | Change::RemoveFolder(_)
            | Change::PutCredential(_)
            | Change::RemoveCredential(_)
            | Change::PutSession(_)
            | Change::RemoveSession(_) => return self.apply(change),
        }
        Ok(())
    }

    /// Writes down what was learnt of a key, of that one alone; nothing if it is gone.
    pub fn learn(&mut self, key: KeyId, learnt: Learnt) {
        let history = match key {
            KeyId::Account(id) => self.connections.get_mut(&id).map(|row| &mut row.history),
            KeyId::Person(id) => self.person_keys.get_mut(&id).map(|row| &mut row.history),
        };
        if let Some(history) = history {
            history.learn(learnt);
        }
    }
}

impl KeyHistory {
    fn learn(&mut self, learnt: Learnt) {
        match learnt {
            Learnt::Accepted(at) => {
                self.last_accepted = Some(at);
                self.refused_since = None;
            }
            Learnt::Refused(at) => self.refused_since = self.refused_since.or(Some(at)),
            Learnt::PasswordAccess => self.password_access = PasswordAccess::Granted,
            Learnt::NoPasswordAccess => self.password_access = PasswordAccess::Missing,
        }
    }
}

fn follows(before: Option<Version>, now: Version) -> Result<(), StoreError> {
    let expected = before.map_or(Version::FIRST, Version::next);
    if now == expected { Ok(()) } else { Err(StoreError::Conflict) }
}

fn existed<T>(row: Option<T>) -> Result<(), StoreError> {
    row.map(drop).ok_or(StoreError::Conflict)
}
