//! The book: everything the vault holds, as one value that policy can be asked over.

mod asks;
mod change;
mod reach;
mod resolve;

use std::collections::BTreeMap;

use crate::entry::{
    Connection, CredentialEntry, Folder, Host, PersonKey, Port, SessionEntry, TrustedCertificate,
};
use crate::ids::{
    ConnectionId, CredentialEntryId, FolderId, GrantId, GroupId, PersonId, PersonKeyId,
    SessionEntryId,
};
use crate::rights::{Grant, Group, Person, SourceRight};

pub use change::{Change, Learnt};
pub use resolve::Resolved;

/// Everything the vault holds; no secret among it. A snapshot: never changed in place once given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// IT Glue accounts.
    pub connections: BTreeMap<ConnectionId, Connection>,
    /// Keys of people's own; at most one for each account and person.
    pub person_keys: BTreeMap<PersonKeyId, PersonKey>,
    /// Folders; exactly one has no parent.
    pub folders: BTreeMap<FolderId, Folder>,
    /// Credential entries.
    pub credentials: BTreeMap<CredentialEntryId, CredentialEntry>,
    /// Session entries.
    pub sessions: BTreeMap<SessionEntryId, SessionEntry>,
    /// People.
    pub people: BTreeMap<PersonId, Person>,
    /// Groups.
    pub groups: BTreeMap<GroupId, Group>,
    /// Grants.
    pub grants: BTreeMap<GrantId, Grant>,
    /// Source rights.
    pub sources: BTreeMap<GrantId, SourceRight>,
    /// Trusted host certificates, one for each host and port.
    pub certificates: BTreeMap<(Host, Port), TrustedCertificate>,
    /// What an administrator has set for everybody.
    pub settings: Settings,
}

/// What an administrator sets for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// *Technicians may trust on first use*: who may launch may trust a certificate seen first.
    pub technicians_trust_on_first_use: bool,
    /// *Ask me*: people may sign in with what they type themselves.
    pub ask_me: bool,
    /// After so many minutes without any input in the OS session the vault locks. People may have
    /// less for themselves, never more.
    pub idle_lock_minutes: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { technicians_trust_on_first_use: false, ask_me: true, idle_lock_minutes: 15 }
    }
}
