//! The rights of an entry or folder as they come out, and where they come from.

use std::sync::Arc;

use crate::actor::{self, Actor};
use crate::book::Book;
use crate::entry::{ApprovalPolicy, Inheritance, TicketPolicy};
use crate::error::Error;
use crate::ids::{FolderId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, may_act};
use crate::ports::Ports;
use crate::reach::{self, Below, Reach};
use crate::rights::{Object, RightSet, Subject};

/// The rights of something.
pub struct RightsSheet {
    /// Of what.
    pub of: Object,
    /// Whether it has its own.
    pub inheritance: Inheritance,
    /// The folder they come from, where they are not its own.
    pub inherited_from: Option<FolderId>,
    /// The grants that count, its own or inherited.
    pub grants: Vec<(Subject, RightSet)>,
    /// Who may do what by them.
    pub people: Vec<Effective>,
    /// What it asks for itself; a session entry asks for nothing.
    pub approval: Option<ApprovalPolicy>,
    /// What it asks for with the folders above.
    pub effective_approval: ApprovalPolicy,
    /// What it says of tickets itself, if it is a folder and says anything.
    pub tickets: Option<TicketPolicy>,
    /// What is asked for of a ticket.
    pub effective_tickets: TicketPolicy,
    /// Whether whoever asks may change it.
    pub may_change: Result<(), Denied>,
    /// Whom a credential entry reaches.
    pub reach: Option<Reach>,
    /// Whom the lists in a folder reach, for administrators.
    pub below: Option<Below>,
    /// The book it was read from.
    pub book: Arc<Book>,
}

/// What a person may do, and by which grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// Who.
    pub person: PersonId,
    /// What.
    pub rights: RightSet,
    /// By which grants.
    pub through: Vec<Through>,
}

/// A grant that gives somebody a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Through {
    /// To whom it was given: them, or a group of theirs.
    pub subject: Subject,
    /// On what.
    pub on: Object,
}

/// Reads the sheet. Whoever does not administer the vault reads of themselves alone.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] to whoever neither sees it nor administers the vault.
pub async fn read<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    object: Object,
) -> Result<RightsSheet, Error> {
    let asked = actor::now(ports, unlock).await?;
    let inheritance = own_inheritance(&asked.book, object)?;
    let all = asked.book.is_administrator(asked.person);
    if !all {
        sees(&asked, object)?;
    }
    let book = Arc::clone(&asked.book);
    let governing = book.governing(object);
    let mine = |subject: &Subject| all || book.is_held_by(asked.person, *subject);
    let grants = book.grants.values().filter(|g| Some(g.object) == governing);
    let grants = grants.filter(|g| mine(&g.subject)).map(|g| (g.subject, g.rights.clone()));
    let people = effective(&book, governing).into_iter();
    let people = people.filter(|row| all || row.person == asked.person);
    Ok(RightsSheet {
        of: object,
        inheritance,
        inherited_from: inherited_from(governing, object),
        grants: grants.collect(),
        people: people.collect(),
        approval: own_approval(&book, object),
        effective_approval: effective_approval(&book, object),
        tickets: own_tickets(&book, object),
        effective_tickets: book
            .folder_of(object)
            .map(|f| book.folder_tickets(f))
            .unwrap_or_default(),
        may_change: asked.administers(Action::Grant).map(drop),
        reach: reach_of(&book, object),
        below: below(&book, object).filter(|_| all),
        book: Arc::clone(&asked.book),
    })
}

fn sees(asked: &Actor, object: Object) -> Result<(), Error> {
    let book = &asked.book;
    let (action, act) = match object {
        Object::Folder(id) => (Action::SeeFolder, Act { folder: Some(id), ..Act::default() }),
        Object::Credential(id) => {
            let credential = Some(book.credential(id)?);
            (Action::SeeCredential, Act { credential, ..Act::default() })
        }
        Object::Session(id) => {
            let session = Some(book.session(id)?);
            (Action::SeeSession, Act { session, ..Act::default() })
        }
    };
    drop(may_act(book, asked.person, action, &act)?);
    Ok(())
}

fn own_inheritance(book: &Book, object: Object) -> Result<Inheritance, Error> {
    Ok(match object {
        Object::Folder(id) => book.folder(id)?.inheritance,
        Object::Credential(id) => book.credential(id)?.inheritance,
        Object::Session(id) => book.session(id)?.inheritance,
    })
}

fn inherited_from(governing: Option<Object>, object: Object) -> Option<FolderId> {
    match governing {
        Some(Object::Folder(id)) if governing != Some(object) => Some(id),
        _ => None,
    }
}

fn effective(book: &Book, governing: Option<Object>) -> Vec<Effective> {
    let Some(on) = governing else { return Vec::new() };
    let of = |person: PersonId| {
        let grants = book.grants.values().filter(|g| g.object == on);
        let through = grants.filter(|g| book.is_held_by(person, g.subject));
        let through = through.map(|g| Through { subject: g.subject, on: g.object }).collect();
        Effective { person, rights: book.rights(person, on), through }
    };
    let people = book.people.values().filter(|row| row.is_active());
    people.map(|row| of(row.id)).filter(|row| row.rights != RightSet::default()).collect()
}

fn own_approval(book: &Book, object: Object) -> Option<ApprovalPolicy> {
    match object {
        Object::Folder(id) => book.folders.get(&id).map(|row| row.approval),
        Object::Credential(id) => book.credentials.get(&id).map(|row| row.approval),
        Object::Session(_) => None,
    }
}

fn effective_approval(book: &Book, object: Object) -> ApprovalPolicy {
    let own = own_approval(book, object).unwrap_or(ApprovalPolicy::NOTHING_MORE);
    let above = book.folder_of(object).map(|folder| book.folder_approval(folder));
    own.and(above.unwrap_or(ApprovalPolicy::NOTHING_MORE))
}

fn own_tickets(book: &Book, object: Object) -> Option<TicketPolicy> {
    match object {
        Object::Folder(id) => book.folders.get(&id).and_then(|row| row.tickets.clone()),
        Object::Credential(_) | Object::Session(_) => None,
    }
}

fn below(book: &Book, object: Object) -> Option<Below> {
    match object {
        Object::Folder(id) => reach::below(book, id),
        Object::Credential(_) | Object::Session(_) => None,
    }
}

fn reach_of(book: &Book, object: Object) -> Option<Reach> {
    match object {
        Object::Credential(id) => book.credentials.get(&id).map(|row| reach::of(book, row)),
        Object::Folder(_) | Object::Session(_) => None,
    }
}
