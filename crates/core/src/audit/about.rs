//! What an event was about: the facts that questions and reports go by.

use std::time::Duration;

use crate::entry::{
    Client, CredentialEntry, Folder, Organization, PasswordRecord, SessionEntry, Ticket, UserName,
};
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, PasswordId, PersonId, SessionEntryId};

/// The facts of an event; what it does not concern is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The folder: the one meant, or the one that the session or else the credential lies in.
    pub folder: Option<FolderId>,
    /// The session entry.
    pub session: Option<SessionEntryId>,
    /// The credential entry.
    pub credential: Option<CredentialEntryId>,
    /// The person it was done to: invited, offboarded, given a right.
    pub person: Option<PersonId>,
    /// The IT Glue account.
    pub connection: Option<ConnectionId>,
    /// The organization.
    pub organization: Option<Organization>,
    /// The host.
    pub host: Option<String>,
    /// The user name signed in with, as IT Glue has it.
    pub account: Option<String>,
    /// The password record, by id.
    pub record: Option<PasswordId>,
    /// Its name.
    pub record_name: Option<String>,
    /// The ticket it was done for.
    pub ticket: Option<Ticket>,
    /// How long the session was up.
    pub lasted: Option<Duration>,
}

impl About {
    /// What is done to a session entry, with the credential it uses.
    #[must_use]
    pub fn session(session: &SessionEntry, credential: Option<&CredentialEntry>) -> Self {
        Self {
            folder: Some(session.folder),
            session: Some(session.id),
            host: Some(session.kind.host().to_string()),
            ..credential.map(Self::credential).unwrap_or_default()
        }
    }

    /// What is done to a session entry with what a person typed, as this user.
    #[must_use]
    pub fn typed(session: &SessionEntry, client: Option<&Client>, user: &UserName) -> Self {
        Self {
            connection: client.map(|client| client.connection),
            organization: client.map(|client| client.organization.clone()),
            account: Some(user.shown()),
            ..Self::session(session, None)
        }
    }

    /// What is done to a credential entry.
    #[must_use]
    pub fn credential(credential: &CredentialEntry) -> Self {
        Self {
            folder: Some(credential.folder),
            credential: Some(credential.id),
            connection: Some(credential.connection),
            organization: Some(credential.organization.clone()),
            ..Self::default()
        }
    }

    /// What is done to a folder.
    #[must_use]
    pub fn folder(folder: &Folder) -> Self {
        let client = folder.client.as_ref();
        Self {
            folder: Some(folder.id),
            connection: client.map(|client| client.connection),
            organization: client.map(|client| client.organization.clone()),
            ..Self::default()
        }
    }

    /// What is done to a person.
    #[must_use]
    pub fn person(person: PersonId) -> Self {
        Self { person: Some(person), ..Self::default() }
    }

    /// The same with the record that was asked for.
    #[must_use]
    pub fn with_record(self, record: &PasswordId) -> Self {
        Self { record: Some(record.clone()), ..self }
    }

    /// The same with the record that was used.
    #[must_use]
    pub fn with(self, record: &PasswordRecord) -> Self {
        Self {
            record: Some(record.id.clone()),
            record_name: Some(record.name.clone()),
            account: record.username.clone(),
            ..self
        }
    }

    /// The same for a ticket.
    #[must_use]
    pub fn for_ticket(self, ticket: Option<Ticket>) -> Self {
        Self { ticket, ..self }
    }

    /// Its facts for people, each under its word. Ids of ours are left out.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let organization = self.organization.as_ref().map(|o| &o.name);
        let number = self.ticket.as_ref().map(|t| &t.number);
        let reason = self.ticket.as_ref().map(|t| &t.reason);
        let lasted = self.lasted.map(|lasted| lasted.as_secs().to_string());
        let record = self.record.as_ref().map(ToString::to_string);
        [
            ("organization", organization.cloned()),
            ("host", self.host.clone()),
            ("record", record),
            ("record_name", self.record_name.clone()),
            ("username", self.account.clone()),
            ("ticket", number.cloned()),
            ("ticket_reason", reason.cloned()),
            ("lasted_s", lasted),
        ]
        .into_iter()
        .filter_map(|(word, value)| Some((word, value.filter(|text| !text.is_empty())?)))
        .collect()
    }
}
