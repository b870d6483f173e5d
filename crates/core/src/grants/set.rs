//! Sets the rights of an entry or folder, and what it asks for besides.

use std::collections::BTreeMap;

use super::regrant::{Regranted, regrant, words};
use super::{called, check_subject};
use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::{
    ApprovalPolicy, CredentialEntry, Folder, Inheritance, SessionEntry, TicketPolicy,
};
use crate::error::{Error, Rule};
use crate::ids::GrantId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::{Object, RightSet, Subject};

/// The rights as an administrator wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsDraft {
    /// Whether it has its own.
    pub inheritance: Inheritance,
    /// Its own; none where it inherits. No rights for somebody takes them away.
    pub grants: Vec<(Subject, RightSet)>,
    /// What it asks for; `None` leaves that as it is, and a session entry has none.
    pub approval: Option<ApprovalPolicy>,
    /// What a folder asks for of a ticket; `None` where the folder above says it.
    pub tickets: Option<TicketPolicy>,
}

/// Sets them. Whoever loses a right loses it at once.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`] for it or somebody named;
/// [`Error::Invalid`] for what it cannot have; [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn set<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    object: Object,
    draft: RightsDraft,
) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::Grant)?;
    drop(asked.administers(Action::SetPolicy)?);
    let wanted = wanted(&asked.book, &draft)?;
    let row = row(&asked.book, object, &draft)?;
    let fresh = || GrantId::fresh(ports.clock(), ports.random());
    let made = regrant(&asked.book, object, &wanted, fresh);
    let events = events(ports, &asked, object, &made, row.as_ref());
    let changes: Vec<Change> =
        made.changes.into_iter().chain(row.map(|(change, _)| change)).collect();
    if changes.is_empty() {
        return Ok(());
    }
    deed::commit(ports, permit, events, changes).await?;
    Ok(())
}

fn wanted(book: &Book, draft: &RightsDraft) -> Result<BTreeMap<Subject, RightSet>, Error> {
    let mut wanted: BTreeMap<Subject, RightSet> = BTreeMap::new();
    for (subject, rights) in &draft.grants {
        if *rights == RightSet::default() {
            continue;
        }
        check_subject(book, *subject)?;
        let held = wanted.entry(*subject).or_default();
        *held = held.union(rights);
    }
    if draft.inheritance == Inheritance::Inherits && !wanted.is_empty() {
        return Err(Error::Invalid { field: "grants", rule: Rule::NotApplicable });
    }
    Ok(wanted)
}

type Row = Option<(Change, Vec<&'static str>)>;

/// The row as it is to be, and which of its fields that changes; nothing if none.
fn row(book: &Book, object: Object, draft: &RightsDraft) -> Result<Row, Error> {
    let refuse = |field| Error::Invalid { field, rule: Rule::NotApplicable };
    let inheritance = draft.inheritance;
    if draft.tickets.is_some() && !matches!(object, Object::Folder(_)) {
        return Err(refuse("tickets"));
    }
    match object {
        Object::Folder(id) => {
            let was = book.folder(id)?;
            if was.parent.is_none() && inheritance == Inheritance::Inherits {
                return Err(refuse("inheritance"));
            }
            let (approval, tickets) =
                (draft.approval.unwrap_or(was.approval), draft.tickets.clone());
            let version = was.version.next();
            let is = Folder { inheritance, approval, tickets, version, ..was.clone() };
            let fields = [
                ("inheritance", is.inheritance != was.inheritance),
                ("approval", is.approval != was.approval),
                ("tickets", is.tickets != was.tickets),
            ];
            Ok(differing(&fields).map(|fields| (Change::PutFolder(is), fields)))
        }
        Object::Credential(id) => {
            let was = book.credential(id)?;
            let approval = draft.approval.unwrap_or(was.approval);
            let version = was.version.next();
            let is = CredentialEntry { approval, inheritance, version, ..was.clone() };
            let fields = [
                ("inheritance", is.inheritance != was.inheritance),
                ("approval", is.approval != was.approval),
            ];
            Ok(differing(&fields).map(|fields| (Change::PutCredential(is), fields)))
        }
        Object::Session(id) => {
            let was = book.session(id)?;
            if draft.approval.is_some() {
                return Err(refuse("approval"));
            }
            let is = SessionEntry { inheritance, version: was.version.next(), ..was.clone() };
            let fields = [("inheritance", is.inheritance != was.inheritance)];
            Ok(differing(&fields).map(|fields| (Change::PutSession(is), fields)))
        }
    }
}

fn differing(fields: &[(&'static str, bool)]) -> Option<Vec<&'static str>> {
    let differ = fields.iter().filter(|(_, differs)| *differs);
    let differ: Vec<_> = differ.map(|(word, _)| *word).collect();
    (!differ.is_empty()).then_some(differ)
}

fn events<P: Ports>(
    ports: &P,
    asked: &Actor,
    object: Object,
    made: &Regranted,
    row: Option<&(Change, Vec<&'static str>)>,
) -> Vec<AuditEvent> {
    let book = &asked.book;
    let on = book.name_of(object).map(ToString::to_string).unwrap_or_default();
    let event = |what, about, details| AuditEvent {
        about,
        details,
        ..audit::event(ports, asked.person, what, on.as_str())
    };
    let to = |what, (subject, rights): &(Subject, RightSet)| {
        let person = match subject {
            Subject::Person(id) => Some(*id),
            Subject::Group(_) => None,
        };
        let details = vec![("to", called(book, *subject)), ("rights", words(rights))];
        event(what, About { person, ..book.about(object) }, details)
    };
    let granted = made.granted.iter().map(|given| to(What::Granted, given));
    let revoked = made.revoked.iter().map(|taken| to(What::Revoked, taken));
    let policy = row.map(|(_, fields)| {
        event(What::PolicyChanged, book.about(object), vec![("fields", fields.join(","))])
    });
    granted.chain(revoked).chain(policy).collect()
}
