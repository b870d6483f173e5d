//! Undo: what an edit changed is put back, if nobody has changed it since and the person has the
//! rights to what that amounts to.

use super::link;
use super::undone::{Undone, version};
use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::{CredentialEntry, Folder, SessionEntry, Version};
use crate::error::{Error, StoreError};
use crate::ids::{CredentialEntryId, FolderId, PersonId, SessionEntryId};
use crate::launch::UnlockId;
use crate::ports::Ports;
use crate::rights::{Grant, Object};

/// An edit that can be undone. The broker keeps the last few of each unlock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoable {
    /// What it was.
    pub what: What,
    /// On what, by its name.
    pub name: String,
    rows: Vec<Was>,
}

/// A row before the edit (`None` where it was made), and the version that the edit left it in
/// (`None` where it removed it).
#[derive(Debug, Clone, PartialEq, Eq)]
enum Was {
    Folder(FolderId, Option<Folder>, Option<Version>),
    Credential(CredentialEntryId, Option<CredentialEntry>, Option<Version>),
    Session(SessionEntryId, Option<SessionEntry>, Option<Version>),
    Grant(Grant),
}

impl Undoable {
    /// What it takes to undo these changes of this book.
    pub(super) fn of(before: &Book, what: What, name: &str, changes: &[Change]) -> Self {
        // Backwards: what was changed last is put back first.
        let rows = changes.iter().rev().filter_map(|change| was(before, change)).collect();
        Self { what, name: name.to_owned(), rows }
    }

    /// A newer edit was undone: what this one left is there again, under the versions of the undo.
    pub fn follow(&mut self, undone: &Undone) {
        for row in &mut self.rows {
            row.follow(undone);
        }
    }
}

impl Was {
    fn follow(&mut self, undone: &Undone) {
        match self {
            Self::Folder(id, _, left) => *left = undone.now(Object::Folder(*id), *left),
            Self::Credential(id, _, left) => *left = undone.now(Object::Credential(*id), *left),
            Self::Session(id, _, left) => *left = undone.now(Object::Session(*id), *left),
            Self::Grant(_) => {}
        }
    }

    /// The row and its version before the edit.
    fn before(&self) -> Option<(Object, Option<Version>)> {
        Some(match self {
            Self::Folder(id, was, _) => (Object::Folder(*id), was.as_ref().map(|row| row.version)),
            Self::Credential(id, was, _) => {
                (Object::Credential(*id), was.as_ref().map(|row| row.version))
            }
            Self::Session(id, was, _) => {
                (Object::Session(*id), was.as_ref().map(|row| row.version))
            }
            Self::Grant(_) => return None,
        })
    }
}

fn was(before: &Book, change: &Change) -> Option<Was> {
    let (folders, credentials) = (&before.folders, &before.credentials);
    let sessions = &before.sessions;
    match change {
        Change::PutFolder(row) => {
            Some(Was::Folder(row.id, folders.get(&row.id).cloned(), Some(row.version)))
        }
        Change::PutCredential(row) => {
            Some(Was::Credential(row.id, credentials.get(&row.id).cloned(), Some(row.version)))
        }
        Change::PutSession(row) => {
            Some(Was::Session(row.id, sessions.get(&row.id).cloned(), Some(row.version)))
        }
        Change::RemoveFolder(id) => Some(Was::Folder(*id, folders.get(id).cloned(), None)),
        Change::RemoveCredential(id) => {
            Some(Was::Credential(*id, credentials.get(id).cloned(), None))
        }
        Change::RemoveSession(id) => Some(Was::Session(*id, sessions.get(id).cloned(), None)),
        Change::RemoveGrant(id) => before.grants.get(id).cloned().map(Was::Grant),
        Change::PutConnection(_)
        | Change::SetKeepAlive(..)
        | Change::RemoveConnection(_)
        | Change::PutPersonKey(_)
        | Change::KeyReplaced(..)
        | Change::RemovePersonKey(_)
        | Change::RestoreFolder(_)
        | Change::RestoreCredential(_)
        | Change::RestoreSession(_)
        | Change::PutPerson(_)
        | Change::PutGroup(_)
        | Change::RemoveGroup(_)
        | Change::PutGrant(_)
        | Change::PutSource(_)
        | Change::RemoveSource(_)
        | Change::PutCertificate(_)
        | Change::PutSettings(_) => None,
    }
}

/// Undoes the edit. A session whose link has to be answered for is answered for by this person.
/// Answers with what the edits before it have to [`follow`](Undoable::follow).
///
/// # Errors
/// [`Error::Store`] with a conflict where something was changed since; [`Error::Denied`] where the
/// person may not make that change by hand either; [`Error::AuditUnavailable`].
pub async fn undo<P: Ports>(ports: &P, unlock: UnlockId, edit: &Undoable) -> Result<Undone, Error> {
    let asked = actor::now(ports, unlock).await?;
    let mut after = (*asked.book).clone();
    let mut changes = Vec::new();
    for row in &edit.rows {
        for change in back(&asked.book, row)? {
            let change = marked(&after, asked.person, change);
            after.apply(change.clone())?;
            changes.push(change);
        }
    }
    let permit = asked.may_change(&after)?;
    let event = audit::event(ports, asked.person, What::Undone, edit.name.as_str());
    let details = vec![("undone", edit.what.word().to_owned())];
    let event = AuditEvent { details, ..event };
    deed::commit(ports, permit, vec![event], changes).await?;
    Ok(undone(edit, &after))
}

fn undone(edit: &Undoable, after: &Book) -> Undone {
    let mut undone = Undone::default();
    for (row, before) in edit.rows.iter().filter_map(Was::before) {
        undone.note(row, before, after);
    }
    undone
}

fn back(now: &Book, row: &Was) -> Result<Vec<Change>, Error> {
    match row {
        Was::Grant(grant) => Ok(vec![Change::PutGrant(grant.clone())]),
        Was::Folder(id, was, left) => {
            unchanged(version(now, Object::Folder(*id)), *left)?;
            let made = |version| was.clone().map(|row| Folder { version, ..row });
            let before = was.as_ref().map(|row| row.version);
            Ok(put_back(now, Object::Folder(*id), before, *left, |version, restored| {
                let row = made(version)?;
                Some(if restored { Change::RestoreFolder(row) } else { Change::PutFolder(row) })
            }))
        }
        Was::Credential(id, was, left) => {
            unchanged(version(now, Object::Credential(*id)), *left)?;
            let made = |version| was.clone().map(|row| CredentialEntry { version, ..row });
            let before = was.as_ref().map(|row| row.version);
            Ok(put_back(now, Object::Credential(*id), before, *left, |version, restored| {
                let row = made(version)?;
                let restore = Change::RestoreCredential;
                Some(if restored { restore(row) } else { Change::PutCredential(row) })
            }))
        }
        Was::Session(id, was, left) => {
            unchanged(version(now, Object::Session(*id)), *left)?;
            let made = |version| was.clone().map(|row| SessionEntry { version, ..row });
            let before = was.as_ref().map(|row| row.version);
            Ok(put_back(now, Object::Session(*id), before, *left, |version, restored| {
                let row = made(version)?;
                Some(if restored { Change::RestoreSession(row) } else { Change::PutSession(row) })
            }))
        }
    }
}

fn unchanged(now: Option<Version>, left: Option<Version>) -> Result<(), Error> {
    if now == left { Ok(()) } else { Err(Error::Store(StoreError::Conflict)) }
}

/// Made: removed, with the grants on it. Changed: put back under the next version. Removed: brought
/// back.
fn put_back(
    now: &Book,
    object: Object,
    was: Option<Version>,
    left: Option<Version>,
    row: impl Fn(Version, bool) -> Option<Change>,
) -> Vec<Change> {
    match (was, left) {
        (Some(_), Some(left)) => row(left.next(), false).into_iter().collect(),
        (Some(was), None) => row(was.next(), true).into_iter().collect(),
        (None, _) => {
            let mut changes = super::delete_folder::grants_on(now, object);
            changes.push(match object {
                Object::Folder(id) => Change::RemoveFolder(id),
                Object::Credential(id) => Change::RemoveCredential(id),
                Object::Session(id) => Change::RemoveSession(id),
            });
            changes
        }
    }
}

/// A session that comes back carries the mark that this person can give it, not an old one.
fn marked(after: &Book, person: PersonId, change: Change) -> Change {
    let fresh = |mut session: SessionEntry| {
        let now = after.sessions.get(&session.id).and_then(|row| row.vouched.clone());
        session.vouched = now.filter(|mark| Some(mark) == session.vouched.as_ref());
        session.vouched = link::mark(after, person, &session);
        session
    };
    if let Change::PutSession(row) = change {
        return Change::PutSession(fresh(row));
    }
    if let Change::RestoreSession(row) = change {
        return Change::RestoreSession(fresh(row));
    }
    change
}
