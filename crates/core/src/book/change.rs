//! Changes to the book: rows put or removed, all of one commit or none.

use super::{Book, Settings};
use crate::entry::{
    Connection, CredentialEntry, Folder, KeyHistory, KeyId, KeyInUse, PasswordAccess, PersonKey,
    SessionEntry, TrustedCertificate, Version,
};
use crate::error::StoreError;
use crate::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, PersonId, PersonKeyId,
    SessionEntryId,
};
use crate::rights::{Grant, Group, Person, SourceRight};
use crate::time::Moment;

/// One row put (made or replaced), altered or removed.
///
/// Versioned rows carry the version they are to have; the one before must be in the book, or the
/// whole commit is a conflict. What alters a row leaves the rest of it as it stands by then: accounts
/// have no version, and answers of IT Glue are written on them at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An account.
    PutConnection(Connection),
    /// Who allowed Usher to keep the account's keys alive, if anybody did.
    SetKeepAlive(ConnectionId, Option<PersonId>),
    /// Removes an account that no folder, entry, own key or Source names any more.
    RemoveConnection(ConnectionId),
    /// A key of a person's own: of somebody active, who has no other one of that account.
    PutPersonKey(PersonKey),
    /// Another key, accepted at this moment, stands in the place of an account's or a person's own.
    KeyReplaced(KeyId, Moment),
    /// Removes a key of a person's own.
    RemovePersonKey(PersonKeyId),
    /// A folder.
    PutFolder(Folder),
    /// Removes a folder in which nothing lies any more.
    RemoveFolder(FolderId),
    /// Brings a folder back that was removed; its version goes on from the one it had.
    RestoreFolder(Folder),
    /// A credential entry.
    PutCredential(CredentialEntry),
    /// Removes a credential entry that no session and no folder uses any more.
    RemoveCredential(CredentialEntryId),
    /// Brings a credential entry back that was removed; its version goes on from the one it had.
    RestoreCredential(CredentialEntry),
    /// A session entry.
    PutSession(SessionEntry),
    /// Removes a session entry.
    RemoveSession(SessionEntryId),
    /// Brings a session entry back that was removed; its version goes on from the one it had.
    RestoreSession(SessionEntry),
    /// A person.
    PutPerson(Person),
    /// A group.
    PutGroup(Group),
    /// Removes a group.
    RemoveGroup(GroupId),
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
    /// What an administrator has set for everybody.
    PutSettings(Settings),
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
    /// [`StoreError::Conflict`] when the row is not the version that was edited, is gone, or does not
    /// fit what was put meanwhile.
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
            Change::RestoreFolder(row) => {
                returns(self.folders.get(&row.id), row.version)?;
                self.folders.insert(row.id, row);
            }
            Change::RestoreCredential(row) => {
                returns(self.credentials.get(&row.id), row.version)?;
                self.credentials.insert(row.id, row);
            }
            Change::RestoreSession(row) => {
                returns(self.sessions.get(&row.id), row.version)?;
                self.sessions.insert(row.id, row);
            }
            Change::RemoveFolder(id) => {
                unused(self.is_empty_folder(id))?;
                existed(self.folders.remove(&id))?;
            }
            Change::RemoveCredential(id) => {
                unused(!self.uses(id))?;
                existed(self.credentials.remove(&id))?;
            }
            Change::RemoveSession(id) => existed(self.sessions.remove(&id))?,
            other @ (Change::PutConnection(_)
            | Change::SetKeepAlive(..)
            | Change::RemoveConnection(_)
            | Change::PutPersonKey(_)
            | Change::KeyReplaced(..)
            | Change::RemovePersonKey(_)
            | Change::PutPerson(_)
            | Change::PutGroup(_)
            | Change::RemoveGroup(_)
            | Change::PutGrant(_)
            | Change::RemoveGrant(_)
            | Change::PutSource(_)
            | Change::RemoveSource(_)
            | Change::PutCertificate(_)
            | Change::PutSettings(_)) => self.apply_unversioned(other)?,
        }
        Ok(())
    }

    fn apply_unversioned(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::PutConnection(row) => drop(self.connections.insert(row.id, row)),
            Change::SetKeepAlive(id, by) => {
                let row = self.connections.get_mut(&id);
                existed(row.map(|row| row.keep_alive = by))?;
            }
            Change::RemoveConnection(id) => self.remove_connection(id)?,
            Change::PutPersonKey(row) => self.put_person_key(row)?,
            Change::KeyReplaced(key, now) => {
                let history = self.history(key);
                existed(history.map(|history| *history = history.replaced(now)))?;
            }
            Change::RemovePersonKey(id) => existed(self.person_keys.remove(&id))?,
            Change::PutPerson(row) => drop(self.people.insert(row.id, row)),
            Change::PutGroup(row) => drop(self.groups.insert(row.id, row)),
            Change::RemoveGroup(id) => existed(self.groups.remove(&id))?,
            Change::PutGrant(row) => drop(self.grants.insert(row.id, row)),
            Change::RemoveGrant(id) => existed(self.grants.remove(&id))?,
            Change::PutSource(row) => drop(self.sources.insert(row.id, row)),
            Change::RemoveSource(id) => existed(self.sources.remove(&id))?,
            Change::PutCertificate(row) => {
                drop(self.certificates.insert((row.host.clone(), row.port), row));
            }
            Change::PutSettings(settings) => self.settings = settings,
            Change::PutFolder(_)
            | Change::RemoveFolder(_)
            | Change::RestoreFolder(_)
            | Change::RestoreCredential(_)
            | Change::RestoreSession(_)
            | Change::PutCredential(_)
            | Change::RemoveCredential(_)
            | Change::PutSession(_)
            | Change::RemoveSession(_) => return self.apply(change),
        }
        Ok(())
    }

    fn remove_connection(&mut self, id: ConnectionId) -> Result<(), StoreError> {
        let own_key = self.person_keys.values().any(|key| key.connection == id);
        let source = self.sources.values().any(|source| source.connection == id);
        if own_key || source || self.points_at(id) {
            return Err(StoreError::Conflict);
        }
        existed(self.connections.remove(&id))
    }

    /// Whether a folder or credential entry names this account.
    #[must_use]
    pub fn points_at(&self, account: ConnectionId) -> bool {
        let folder = |f: &Folder| f.client.as_ref().is_some_and(|c| c.connection == account);
        self.credentials.values().any(|c| c.connection == account)
            || self.folders.values().any(folder)
    }

    fn put_person_key(&mut self, row: PersonKey) -> Result<(), StoreError> {
        let account = self.connections.contains_key(&row.connection);
        let person = self.people.get(&row.person).is_some_and(Person::is_active);
        let mut others = self.person_keys.values().filter(|key| key.id != row.id);
        if !account || !person || others.any(|key| key.is_beside(&row)) {
            return Err(StoreError::Conflict);
        }
        self.person_keys.insert(row.id, row);
        Ok(())
    }

    fn history(&mut self, key: KeyId) -> Option<&mut KeyHistory> {
        match key {
            KeyId::Account(id) => self.connections.get_mut(&id).map(|row| &mut row.history),
            KeyId::Person(id) => self.person_keys.get_mut(&id).map(|row| &mut row.history),
        }
    }

    /// Writes down what was learnt of the key that was used, and of no other; nothing if it is gone
    /// or another one stands in its place.
    pub fn learn(&mut self, used: KeyInUse, learnt: Learnt) {
        let history = self.history(used.key).filter(|history| history.serial == used.serial);
        if let Some(history) = history {
            history.learn(learnt);
        }
    }
}

impl PersonKey {
    /// Whether both are keys of one person for one account.
    fn is_beside(&self, other: &Self) -> bool {
        (self.connection, self.person) == (other.connection, other.person)
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

/// What goes is not what another row names.
fn unused(unused: bool) -> Result<(), StoreError> {
    if unused { Ok(()) } else { Err(StoreError::Conflict) }
}

/// What comes back is not there, and was before.
fn returns<T>(there: Option<&T>, now: Version) -> Result<(), StoreError> {
    let may = there.is_none() && now > Version::FIRST;
    if may { Ok(()) } else { Err(StoreError::Conflict) }
}

fn existed<T>(row: Option<T>) -> Result<(), StoreError> {
    row.map(drop).ok_or(StoreError::Conflict)
}
