//! What locking takes: the grants of each thing that has or gets its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::book::{Book, Change};
use crate::entry::{CredentialEntry, Folder, Inheritance, SessionEntry};
use crate::error::Error;
use crate::grants::{Regranted, regrant};
use crate::ids::GrantId;
use crate::rights::{Object, Right, RightSet, Subject};

/// What is in scope, and what locking it changes.
pub(super) struct Plan {
    /// All that is in scope, folders too.
    pub(super) within: Vec<Object>,
    pub(super) changes: Vec<Change>,
}

/// Plans it.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn plan(
    book: &Book,
    scope: Scope,
    mut fresh: impl FnMut() -> GrantId,
) -> Result<Plan, Error> {
    let (within, top) = within(book, scope)?;
    let own = |object: &&Object| top.contains(object) || has_own(book, **object);
    let mut changes = Vec::new();
    for object in within.iter().filter(own) {
        let Regranted { changes: grants, .. } =
            regrant(book, *object, &view_only(book, *object), &mut fresh);
        changes.extend(grants);
        changes.extend(owning(book, *object));
    }
    Ok(Plan { within, changes })
}

/// All that is in scope, and what of it gets its own grants although it inherits now.
fn within(book: &Book, scope: Scope) -> Result<(Vec<Object>, BTreeSet<Object>), Error> {
    let folder = match scope {
        Scope::Entry(Object::Session(id)) => {
            let used = book.credential_of(book.session(id)?);
            let used = used.map(|resolved| Object::Credential(resolved.credential.id));
            let both: Vec<Object> = [Object::Session(id)].into_iter().chain(used).collect();
            return Ok((both.clone(), both.into_iter().collect()));
        }
        Scope::Entry(object @ Object::Credential(id)) => {
            book.credential(id)?;
            return Ok((vec![object], [object].into()));
        }
        Scope::Entry(Object::Folder(id)) | Scope::Folder(id) => Some(id),
        Scope::Everything => book.root().map(|root| root.id),
    };
    let Some(folder) = folder else { return Ok((Vec::new(), BTreeSet::new())) };
    let top = Object::Folder(book.folder(folder)?.id);
    Ok((book.within(top), [top].into()))
}

fn has_own(book: &Book, object: Object) -> bool {
    book.governing(object) == Some(object)
}

/// The same people and groups with View at most; administrators with what they hold.
fn view_only(book: &Book, object: Object) -> BTreeMap<Subject, RightSet> {
    let mut wanted: BTreeMap<Subject, RightSet> = BTreeMap::new();
    let Some(governing) = book.governing(object) else { return wanted };
    for grant in book.grants.values().filter(|grant| grant.object == governing) {
        let held = wanted.entry(grant.subject).or_default();
        *held = held.union(&grant.rights);
    }
    for rights in wanted.values_mut() {
        *rights = rights.within(&RightSet::of(&[Right::View]));
    }
    for person in book.people.values().filter(|person| person.administrator) {
        let held = book.granted(person.id, governing);
        if held != RightSet::default() {
            wanted.insert(Subject::Person(person.id), held);
        }
    }
    wanted
}

/// The row with its own grants, where it inherited until now.
fn owning(book: &Book, object: Object) -> Option<Change> {
    let inheritance = Inheritance::Own;
    let inherits = |now: Inheritance| now == Inheritance::Inherits;
    match object {
        Object::Folder(id) => {
            let was = book.folders.get(&id).filter(|row| inherits(row.inheritance))?;
            let version = was.version.next();
            Some(Change::PutFolder(Folder { inheritance, version, ..was.clone() }))
        }
        Object::Credential(id) => {
            let was = book.credentials.get(&id).filter(|row| inherits(row.inheritance))?;
            let version = was.version.next();
            Some(Change::PutCredential(CredentialEntry { inheritance, version, ..was.clone() }))
        }
        Object::Session(id) => {
            let was = book.sessions.get(&id).filter(|row| inherits(row.inheritance))?;
            let version = was.version.next();
            Some(Change::PutSession(SessionEntry { inheritance, version, ..was.clone() }))
        }
    }
}
