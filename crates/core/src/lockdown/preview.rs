//! What locking would come to: for each person what they will see, and who still has more and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Scope;
use super::plan::{Plan, plan};
use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::{GrantId, PersonId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::{Object, Person, Right, RightSet};

/// What locking would come to.
pub struct LockPreview {
    /// How many entries are in scope.
    pub entries: u32,
    /// Everybody who will see any of them or keep more than View on anything.
    pub people: Vec<LockPerson>,
    /// The book it was read from.
    pub book: Arc<Book>,
}

/// What it comes to for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockPerson {
    /// Who.
    pub person: PersonId,
    /// How many of the entries they will see.
    pub sees: u32,
    /// What they still have beyond View.
    pub keeps: Vec<Keep>,
}

/// Rights beyond View that stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// On what: the folder or entry whose grants give them.
    pub on: Object,
    /// Which.
    pub rights: RightSet,
    /// Why.
    pub because: Because,
}

/// Why somebody keeps more than View.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// They administer the vault, and were granted it.
    Administrator,
    /// It is a credential entry outside the scope that sessions in it use.
    OutsideScope,
}

/// Reads what locking would come to. Nothing is changed.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`].
pub async fn preview<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    scope: Scope,
) -> Result<LockPreview, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(Action::LockForTechnicians)?);
    let fresh = || GrantId::fresh(ports.clock(), ports.random());
    let Plan { within, changes } = plan(&asked.book, scope, fresh)?;
    let mut after = (*asked.book).clone();
    changes.into_iter().try_for_each(|change| after.apply(change))?;
    let outside = outside(&after, &within);
    let people = after.people.values().filter(|person| person.is_active());
    let people = people.map(|person| of(&after, person, (&within, &outside)));
    let people = people.filter(|row| row.sees > 0 || !row.keeps.is_empty()).collect();
    let entries = within.iter().filter(|object| is_entry(**object)).count();
    let entries = u32::try_from(entries).unwrap_or(u32::MAX);
    Ok(LockPreview { entries, people, book: asked.book })
}

fn is_entry(object: Object) -> bool {
    !matches!(object, Object::Folder(_))
}

/// The credential entries outside the scope that sessions in it use.
fn outside(book: &Book, within: &[Object]) -> Vec<Object> {
    let inside: BTreeSet<Object> = within.iter().copied().collect();
    let sessions = within.iter().filter_map(|object| match object {
        Object::Session(id) => book.sessions.get(id),
        Object::Folder(_) | Object::Credential(_) => None,
    });
    let used = sessions.filter_map(|session| book.credential_of(session));
    let used = used.map(|resolved| Object::Credential(resolved.credential.id));
    let used: BTreeSet<Object> = used.filter(|object| !inside.contains(object)).collect();
    used.into_iter().collect()
}

fn of(book: &Book, person: &Person, (within, outside): (&[Object], &[Object])) -> LockPerson {
    let sees =
        |object: &&Object| is_entry(**object) && book.rights(person.id, **object).has(Right::View);
    let sees = u32::try_from(within.iter().filter(sees).count()).unwrap_or(u32::MAX);
    let mut keeps = kept(book, person, within, Because::Administrator);
    keeps.extend(kept(book, person, outside, Because::OutsideScope));
    LockPerson { person: person.id, sees, keeps }
}

/// Each object once whose grants give more than View on any of these.
fn kept(book: &Book, person: &Person, on: &[Object], because: Because) -> Vec<Keep> {
    let governing: BTreeSet<Object> =
        on.iter().filter_map(|object| book.governing(*object)).collect();
    let view = RightSet::of(&[Right::View]);
    let kept = governing.into_iter().map(|on| {
        let rights = book.rights(person.id, on).without(&view);
        Keep { on, rights, because }
    });
    kept.filter(|keep| keep.rights != RightSet::default()).collect()
}
