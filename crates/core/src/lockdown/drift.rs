//! The standing check: entries that technicians can still do more with than launch.

use std::collections::BTreeMap;

use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::{FolderId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::{Object, Person, Right, RightSet};

/// An entry that technicians can do more with than launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Which: a credential entry, or a session entry that has a credential.
    pub of: Object,
    /// Where it lies.
    pub folder: FolderId,
    /// Who can.
    pub people: Vec<PersonId>,
    /// What, beyond View.
    pub rights: RightSet,
}

/// Lists them.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator.
pub async fn drift<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Vec<Drift>, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(Action::LockForTechnicians)?);
    Ok(drifts(&asked.book))
}

/// The list; for whoever was found to administer the vault.
#[must_use]
pub fn drifts(book: &Book) -> Vec<Drift> {
    let mut known = BTreeMap::new();
    let credentials = book.credentials.values();
    let credentials = credentials.map(|row| (Object::Credential(row.id), row.folder));
    let sessions = book.sessions.values().filter(|row| book.credential_of(row).is_some());
    let sessions = sessions.map(|row| (Object::Session(row.id), row.folder));
    let entries = credentials.chain(sessions);
    entries.filter_map(|(of, folder)| one(book, of, folder, &mut known)).collect()
}

/// Who has what beyond View by the grants on one object.
type More = Vec<(PersonId, RightSet)>;

fn one(
    book: &Book,
    of: Object,
    folder: FolderId,
    known: &mut BTreeMap<Object, More>,
) -> Option<Drift> {
    let governing = book.governing(of)?;
    let more = known.entry(governing).or_insert_with(|| technicians_with_more(book, governing));
    // On a session entry View password says nothing.
    let counts = match of {
        Object::Session(_) | Object::Folder(_) => RightSet::of(&[Right::Edit]),
        Object::Credential(_) => RightSet::of(&[Right::ViewPassword, Right::Edit]),
    };
    let more = more.iter().map(|(person, rights)| (*person, rights.within(&counts)));
    let more: More = more.filter(|(_, rights)| *rights != RightSet::default()).collect();
    let rights = more.iter().fold(RightSet::default(), |all, (_, rights)| all.union(rights));
    let people: Vec<PersonId> = more.into_iter().map(|(person, _)| person).collect();
    (!people.is_empty()).then_some(Drift { of, folder, people, rights })
}

fn technicians_with_more(book: &Book, governing: Object) -> More {
    let technician = |person: &&Person| person.is_active() && !person.administrator;
    let technicians = book.people.values().filter(technician);
    let with = technicians.map(|person| (person.id, book.rights(person.id, governing)));
    with.filter(|(_, rights)| *rights != RightSet::default()).collect()
}
