//! Rights of entries and folders, as the protocol shows them.

use usher_core::book::Book;
use usher_core::entry::{self, ApprovalPolicy, Inheritance};
use usher_core::grants;
use usher_core::ids::{ConnectionId, OrganizationId};
use usher_core::reach::Below;
use usher_core::rights::{Object, RightSet, SourceRight, Subject};

use super::may::{may, right};
use super::people::whom;
use crate::protocol::{
    self, Approval, ApprovalForm, BelowRow, EffectiveRow, GrantRow, ObjectRef, ReachRow, Right,
    RightsSheet, SourceRow, SubjectRef, TicketAsk, TicketPolicy, TicketRule,
};

/// The sheet of one entry or folder.
pub(crate) fn sheet(read: &grants::RightsSheet, reach: Option<ReachRow>) -> RightsSheet {
    let book = &read.book;
    let from = read.inherited_from.and_then(|id| book.folders.get(&id));
    let grants = read.grants.iter().map(|(subject, rights)| grant(book, *subject, rights));
    let people = read.people.iter().map(|row| effective(book, row));
    RightsSheet {
        of: object(read.of),
        inheritance: match read.inheritance {
            Inheritance::Inherits => protocol::Inheritance::Inherits,
            Inheritance::Own => protocol::Inheritance::Own,
        },
        inherited_from: from.map(|folder| folder.name.to_string()),
        grants: grants.collect(),
        people: people.collect(),
        approval: read.approval.map(approval),
        effective_approval: approval(read.effective_approval),
        tickets: read.tickets.as_ref().map(rule),
        effective_tickets: rule(&read.effective_tickets),
        may_change: may(&read.may_change),
        reach,
        below: read.below.as_ref().map(|found| below(book, found)),
    }
}

fn below(book: &Book, found: &Below) -> BelowRow {
    BelowRow {
        people: found.people.iter().map(|person| whom(book, *person).name).collect(),
        lists: u32::try_from(found.lists).unwrap_or(u32::MAX),
    }
}

fn grant(book: &Book, subject: Subject, rights: &RightSet) -> GrantRow {
    GrantRow {
        subject: subject_ref(subject),
        name: subject_name(book, subject),
        rights: rights_of(rights),
    }
}

fn effective(book: &Book, row: &grants::Effective) -> EffectiveRow {
    let through = row.through.iter().map(|through| subject_name(book, through.subject));
    EffectiveRow {
        person: row.person.to_string(),
        name: whom(book, row.person).name,
        rights: rights_of(&row.rights),
        through: through.collect(),
    }
}

/// What an entry or folder is called in requests.
pub(crate) fn object(of: Object) -> ObjectRef {
    match of {
        Object::Folder(id) => ObjectRef::Folder { folder: id.to_string() },
        Object::Credential(id) => ObjectRef::Credential { credential: id.to_string() },
        Object::Session(id) => ObjectRef::Session { session: id.to_string() },
    }
}

/// Its id alone.
pub(crate) fn object_id(of: Object) -> String {
    match of {
        Object::Folder(id) => id.to_string(),
        Object::Credential(id) => id.to_string(),
        Object::Session(id) => id.to_string(),
    }
}

/// Its name.
pub(crate) fn object_name(book: &Book, of: Object) -> String {
    let name = match of {
        Object::Folder(id) => book.folders.get(&id).map(|row| row.name.to_string()),
        Object::Credential(id) => book.credentials.get(&id).map(|row| row.name.to_string()),
        Object::Session(id) => book.sessions.get(&id).map(|row| row.name.to_string()),
    };
    name.unwrap_or_default()
}

/// The rights of a set, in the order people list them.
pub(crate) fn rights_of(rights: &RightSet) -> Vec<Right> {
    rights.iter().map(right).collect()
}

fn subject_ref(subject: Subject) -> SubjectRef {
    match subject {
        Subject::Person(id) => SubjectRef::Person { person: id.to_string() },
        Subject::Group(id) => SubjectRef::Group { group: id.to_string() },
    }
}

fn subject_name(book: &Book, subject: Subject) -> String {
    match subject {
        Subject::Person(id) => whom(book, id).name,
        Subject::Group(id) => {
            book.groups.get(&id).map(|group| group.name.to_string()).unwrap_or_default()
        }
    }
}

fn approval(policy: ApprovalPolicy) -> ApprovalForm {
    ApprovalForm { launch: one_approval(policy.launch), reveal: one_approval(policy.reveal) }
}

fn one_approval(approval: entry::Approval) -> Approval {
    match approval {
        entry::Approval::Auto => Approval::Auto,
        entry::Approval::Verify => Approval::Verify,
        entry::Approval::Approval => Approval::Approval,
    }
}

fn rule(policy: &entry::TicketPolicy) -> TicketRule {
    let (policy, pattern) = match policy {
        entry::TicketPolicy::Off => (TicketPolicy::Off, &None),
        entry::TicketPolicy::Optional { pattern } => (TicketPolicy::Optional, pattern),
        entry::TicketPolicy::Required { pattern } => (TicketPolicy::Required, pattern),
    };
    TicketRule { policy, pattern: pattern.as_ref().map(|pattern| pattern.as_str().to_owned()) }
}

/// How a ticket is asked for, with the number given last.
pub(crate) fn ticket_ask(policy: &entry::TicketPolicy, last: Option<String>) -> TicketAsk {
    let TicketRule { policy, pattern } = rule(policy);
    TicketAsk { policy, pattern, last }
}

/// A row of Source.
pub(crate) fn source(book: &Book, row: &SourceRight) -> SourceRow {
    let account = book.connections.get(&row.connection);
    let known = row.organization.as_ref();
    let known = known.and_then(|id| organization_name(book, row.connection, id));
    SourceRow {
        id: row.id.to_string(),
        subject: subject_ref(row.subject),
        name: subject_name(book, row.subject),
        connection: row.connection.to_string(),
        account: account.map(|account| account.name.to_string()).unwrap_or_default(),
        organization: row.organization.as_ref().map(ToString::to_string),
        organization_name: known,
    }
}

/// An organization's name, where an entry or folder knows it.
pub(crate) fn organization_name(
    book: &Book,
    connection: ConnectionId,
    id: &OrganizationId,
) -> Option<String> {
    let folders = book.folders.values().filter_map(|folder| folder.client.as_ref());
    let folders = folders.map(|client| (client.connection, &client.organization));
    let entries = book.credentials.values().map(|entry| (entry.connection, &entry.organization));
    let mut named = folders.chain(entries);
    let found = named.find(|(of, organization)| *of == connection && organization.id == *id);
    found.map(|(_, organization)| organization.name.clone())
}
