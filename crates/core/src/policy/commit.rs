//! The law over two books: who may have made this difference? Used for whatever changes more than
//! one thing, and by the vault for every commit that somebody without administration signed.
//!
//! Everything that can differ is taken apart field by field, so that a new field does not compile
//! until somebody has said here whose it is to change.

mod credentials;
mod differences;
mod folders;
mod judge;
mod moves;
mod others;
mod sessions;
#[cfg(test)]
mod tests;

use super::permit::agreed;
use super::{Denied, Edit, Permit};
use crate::book::Book;
use crate::entry::{Host, Port};
use crate::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, PersonId, PersonKeyId,
    SessionEntryId,
};
use differences::differences;
use judge::{Judge, on};

/// A thing that differs between two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// An IT Glue account.
    Connection(ConnectionId),
    /// A key of a person's own.
    PersonKey(PersonKeyId),
    /// A folder.
    Folder(FolderId),
    /// A credential entry.
    Credential(CredentialEntryId),
    /// A session entry.
    Session(SessionEntryId),
    /// A person.
    Person(PersonId),
    /// A group.
    Group(GroupId),
    /// A grant.
    Grant(GrantId),
    /// A Source right.
    Source(GrantId),
    /// A trusted certificate.
    Certificate(Host, Port),
    /// The settings for everybody.
    Settings,
}

/// A difference that was not this person's to make.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what:?} was not theirs to change")]
pub struct Breach {
    /// What differs.
    pub what: Changed,
    /// What they would have to do, and what they lack for it.
    pub denied: Denied,
}

/// May this person have made this difference, all of it? Of an account's and a key's history only
/// the serial counts: the rest is learnt by using the key, and no edit.
///
/// # Errors
/// [`Breach`] names the first thing that was not theirs to change.
pub fn may_commit(before: &Book, after: &Book, person: PersonId) -> Result<Permit<Edit>, Breach> {
    // Whoever the vault's file says wrote it had their keys: how they came in is not asked here.
    may_change(before, after, person, true)
}

/// The same for somebody who is about to make it, and has come in by passphrase or not.
pub(crate) fn may_change(
    before: &Book,
    after: &Book,
    person: PersonId,
    by_passphrase: bool,
) -> Result<Permit<Edit>, Breach> {
    let judge = Judge::new((before, after), person, by_passphrase);
    if !std::ptr::eq(before, after) {
        all_of_it(&judge)?;
    }
    Ok(agreed(person, judge.judged()))
}

fn all_of_it(judge: &Judge<'_>) -> Result<(), Breach> {
    let Book {
        connections,
        person_keys,
        folders,
        credentials,
        sessions,
        people,
        groups,
        grants,
        sources,
        certificates,
        settings,
    } = judge.before;
    let after = judge.after;
    for (id, side) in differences(people, &after.people, PartialEq::eq) {
        on(|| Changed::Person(*id), others::person(judge, *id, side))?;
    }
    for (id, _) in differences(groups, &after.groups, PartialEq::eq) {
        on(|| Changed::Group(*id), others::group(judge))?;
    }
    for (id, side) in differences(grants, &after.grants, PartialEq::eq) {
        on(|| Changed::Grant(*id), others::grant(judge, side))?;
    }
    for (id, _) in differences(sources, &after.sources, PartialEq::eq) {
        on(|| Changed::Source(*id), others::source(judge))?;
    }
    for (id, side) in differences(connections, &after.connections, others::same_account) {
        on(|| Changed::Connection(*id), others::connection(judge, side))?;
    }
    for (id, _) in differences(person_keys, &after.person_keys, others::same_key) {
        on(|| Changed::PersonKey(*id), others::person_key(judge))?;
    }
    for (id, side) in differences(folders, &after.folders, PartialEq::eq) {
        on(|| Changed::Folder(*id), folders::folder(judge, *id, side))?;
    }
    for (id, side) in differences(credentials, &after.credentials, PartialEq::eq) {
        on(|| Changed::Credential(*id), credentials::credential(judge, *id, side))?;
    }
    for (id, side) in differences(sessions, &after.sessions, PartialEq::eq) {
        on(|| Changed::Session(*id), sessions::session(judge, *id, side))?;
    }
    for (key, side) in differences(certificates, &after.certificates, PartialEq::eq) {
        let what = || Changed::Certificate(key.0.clone(), key.1);
        on(what, others::certificate(judge, key, side))?;
    }
    if *settings != after.settings {
        on(|| Changed::Settings, others::settings(judge))?;
    }
    sessions::handed_down(judge)
}
