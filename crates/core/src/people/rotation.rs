//! Which passwords to change when somebody leaves: what they launched with, saw, or could have used.

use std::collections::BTreeSet;

use super::could_use;
use crate::audit::{Had, Use, Used};
use crate::book::Book;
use crate::entry::{CredentialEntry, CredentialTarget, ListScope, Organization};
use crate::ids::{ConnectionId, PasswordId, PersonId};
use crate::rights::{Object, RightSet};
use crate::time::Moment;

/// A password to change, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Of which account, where the log knows.
    pub connection: Option<ConnectionId>,
    /// Whose it is, where the log knows.
    pub organization: Option<Organization>,
    /// Which.
    pub password: Rotated,
    /// The entry that it was used by, or could have been.
    pub entry: String,
    /// Why.
    pub why: WhyRotate,
    /// When it was last used.
    pub last: Option<Moment>,
}

/// One password, or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotated {
    /// This one.
    One {
        /// IT Glue's id.
        id: PasswordId,
        /// Its name, where it is known.
        name: String,
    },
    /// Any of the organization's that lies in the scope.
    List {
        /// What bounds it.
        scope: ListScope,
    },
}

/// Why a password is to be changed, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyRotate {
    /// They saw or copied it.
    Seen,
    /// It signed them in.
    Launched,
    /// They could have used it.
    CouldPick,
}

/// What is to be changed once this person leaves; by organization, the strongest reasons first. What
/// they could use when they left before counts as well.
pub(super) fn of(book: &Book, person: PersonId, had: Had) -> Vec<Rotation> {
    let known: BTreeSet<(Option<ConnectionId>, PasswordId)> =
        had.used.iter().map(|used| (used.connection, used.record.clone())).collect();
    let mut rows: Vec<Rotation> = open_to(book, person).map(could_pick).collect();
    for row in had.could_use.iter().rev().map(could_use::read) {
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows.retain(|row| match &row.password {
        Rotated::One { id, .. } => !known.contains(&(row.connection, id.clone())),
        Rotated::List { .. } => true,
    });
    rows.extend(had.used.into_iter().map(|used| was_used(book, used)));
    let name = |row: &Rotation| row.organization.as_ref().map(|o| o.name.clone());
    rows.sort_by_cached_key(|row| (name(row), row.why, row.entry.clone()));
    rows
}

/// The entries that the person may use.
pub(super) fn open_to(book: &Book, person: PersonId) -> impl Iterator<Item = &CredentialEntry> {
    book.credentials.values().filter(move |entry| may_use(book, person, entry))
}

/// Whoever was disabled before they leave could use it until then.
fn may_use(book: &Book, person: PersonId, entry: &CredentialEntry) -> bool {
    let governing = book.governing(Object::Credential(entry.id));
    governing.is_some_and(|object| book.granted(person, object) != RightSet::default())
}

fn could_pick(entry: &CredentialEntry) -> Rotation {
    let password = match &entry.target {
        CredentialTarget::Specific(one) => {
            Rotated::One { id: one.id.clone(), name: one.name.clone() }
        }
        CredentialTarget::AlwaysPromptWithList(scope) => Rotated::List { scope: scope.clone() },
    };
    Rotation {
        connection: Some(entry.connection),
        organization: Some(entry.organization.clone()),
        password,
        entry: entry.name.to_string(),
        why: WhyRotate::CouldPick,
        last: None,
    }
}

fn was_used(book: &Book, used: Used) -> Rotation {
    let entry = used.credential.and_then(|id| book.credentials.get(&id));
    let name = used.record_name.unwrap_or_default();
    Rotation {
        connection: used.connection,
        organization: used.organization,
        password: Rotated::One { id: used.record, name },
        entry: entry.map(|entry| entry.name.to_string()).unwrap_or_default(),
        why: match used.how {
            Use::Seen => WhyRotate::Seen,
            Use::Launched => WhyRotate::Launched,
        },
        last: Some(used.last),
    }
}
