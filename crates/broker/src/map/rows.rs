//! Entries as rows, each with what this person may do and why not.

use std::collections::BTreeMap;

use usher_core::book::Book;
use usher_core::entry::{
    self, Approval, CredentialEntry, CredentialTarget, Credentials, Folder, Organization,
    SessionEntry, SessionKind,
};
use usher_core::ids::{FolderId, PersonId, SessionEntryId};
use usher_core::launch::UnlockId;
use usher_core::policy::{Act, Action, could_ask_me, could_launch, may_act};
use usher_core::reveal::{Purpose, could_reveal};
use usher_core::rights::Object;
use usher_core::time::Moment;

use super::may::may;
use super::rdp;
use super::rights::ticket_ask;
use super::user_name;
use crate::protocol::{
    At, ClientRow, CredentialRow, CredentialTargetRow, CredentialsRow, DeniedWhy, FolderRow, May,
    OrganizationRow, SessionRow, TicketAsk,
};
use crate::tickets::LastTickets;

/// Rows for one person over one book.
pub(crate) struct Rows<'a> {
    pub(crate) book: &'a Book,
    pub(crate) person: PersonId,
    /// The tickets given in this unlock, to be offered again.
    pub(crate) tickets: (&'a LastTickets, UnlockId),
}

fn version(version: entry::Version) -> u32 {
    u32::try_from(version.0).unwrap_or(u32::MAX)
}

fn at(moment: Moment) -> At {
    At(moment.unix_millis())
}

/// An organization.
pub(crate) fn organization(organization: &Organization) -> OrganizationRow {
    OrganizationRow { id: organization.id.to_string(), name: organization.name.clone() }
}

impl Rows<'_> {
    fn may(&self, action: Action, act: &Act<'_>) -> May {
        may(&may_act(self.book, self.person, action, act))
    }

    /// A folder's name, if this person may see it.
    fn name_of(&self, folder: &Folder) -> Option<String> {
        let act = Act { folder: Some(folder.id), ..Act::default() };
        let seen = may_act(self.book, self.person, Action::SeeFolder, &act).is_ok();
        seen.then(|| folder.name.to_string())
    }

    /// The folder, if this person may see it.
    pub(crate) fn folder(&self, row: &Folder) -> Option<FolderRow> {
        let act = Act { folder: Some(row.id), ..Act::default() };
        may_act(self.book, self.person, Action::SeeFolder, &act).ok().map(drop)?;
        Some(FolderRow {
            id: row.id.to_string(),
            parent: row.parent.map(|id| id.to_string()),
            name: row.name.to_string(),
            client: row.client.as_ref().map(|client| ClientRow {
                connection: client.connection.to_string(),
                organization: organization(&client.organization),
            }),
            credential: row.credential.map(|id| id.to_string()),
            version: version(row.version),
            edit: self.may(Action::ChangeFolder, &act),
            move_away: self.may_move(Object::Folder(row.id), row.parent),
        })
    }

    /// The credential entry, if this person may see it.
    pub(crate) fn credential(&self, row: &CredentialEntry) -> Option<CredentialRow> {
        let source = Some((row.connection, &row.organization.id));
        let act = Act { credential: Some(row), source, ..Act::default() };
        may_act(self.book, self.person, Action::SeeCredential, &act).ok().map(drop)?;
        let hosts = row.allowed_hosts.patterns().iter();
        let (signs_in_as, user_name) = user_name::of_target(&row.target);
        Some(CredentialRow {
            id: row.id.to_string(),
            folder: row.folder.to_string(),
            name: row.name.to_string(),
            connection: row.connection.to_string(),
            organization: organization(&row.organization),
            target: target(&row.target),
            signs_in_as,
            user_name,
            allowed_hosts: hosts.map(ToString::to_string).collect(),
            version: version(row.version),
            reveal_asks: self.book.approval_of(row, None).reveal == Approval::Verify,
            edit: self.may(Action::RenameCredential, &act),
            repoint: self.may(Action::Repoint, &act),
            show: self.reveal(row, Purpose::Show),
            copy: self.reveal(row, Purpose::Copy),
            ticket: self.ticket(row),
            move_away: self.may_move(Object::Credential(row.id), Some(row.folder)),
            duplicate: self.may(Action::CreateCredential, &Act { folder: Some(row.folder), ..act }),
            delete: self.may(Action::DeleteCredential, &act),
        })
    }

    fn ticket(&self, row: &CredentialEntry) -> TicketAsk {
        let (tickets, unlock) = self.tickets;
        let policy = self.book.tickets_of(Some(row), None);
        ticket_ask(&policy, tickets.find(unlock, row.folder))
    }

    /// As far as what is moved and where it lies decide; the root stays where it is.
    fn may_move(&self, moved: Object, from: Option<FolderId>) -> May {
        if from.is_none() {
            return May::No { why: DeniedWhy::Soundness };
        }
        let (moved, to) = (Some(moved), from);
        let act = Act { moved, folder: from, to, nobody_gains: true, ..Act::default() };
        self.may(Action::Move, &act)
    }

    /// What it amounts to: making a session in its folder, and linking it.
    fn may_duplicate(&self, row: &SessionEntry) -> May {
        let folder = Some(row.folder);
        let create = Act { session: Some(row), folder, creating: true, ..Act::default() };
        match (self.may(Action::CreateSession, &create), self.book.credential_of(row)) {
            (May::Yes, Some(resolved)) => {
                self.may(Action::Link, &Act { credential: Some(resolved.credential), ..create })
            }
            (verdict, _) => verdict,
        }
    }

    fn reveal(&self, row: &CredentialEntry, purpose: Purpose) -> May {
        match (&row.target, could_reveal(self.book, self.person, row, purpose)) {
            (CredentialTarget::AlwaysPromptWithList(_), Ok(())) => {
                May::No { why: DeniedWhy::ChooseFirst }
            }
            (_, verdict) => may(&verdict),
        }
    }

    /// The session entry, if this person may see it.
    pub(crate) fn session(
        &self,
        row: &SessionEntry,
        launches: &BTreeMap<SessionEntryId, Moment>,
    ) -> Option<SessionRow> {
        let act = Act { session: Some(row), ..Act::default() };
        may_act(self.book, self.person, Action::SeeSession, &act).ok().map(drop)?;
        let resolved = self.book.credential_of(row);
        let SessionKind::Rdp { host, port, settings } = &row.kind;
        Some(SessionRow {
            id: row.id.to_string(),
            folder: row.folder.to_string(),
            name: row.name.to_string(),
            host: host.to_string(),
            port: u32::from(port.number()),
            rdp: rdp::form(settings),
            credentials: credentials(row.credentials),
            resolved: resolved.map(|r| r.credential.id.to_string()),
            inherited_from: resolved.and_then(|r| r.inherited_from).and_then(|f| self.name_of(f)),
            version: version(row.version),
            launch: match resolved {
                None if row.credentials == Credentials::AskMe => {
                    may(&could_ask_me(self.book, self.person, row))
                }
                None => May::No { why: DeniedWhy::NoCredential },
                Some(r) => may(&could_launch(self.book, self.person, row, r.credential)),
            },
            edit: self.may(Action::RenameSession, &act),
            move_away: self.may_move(Object::Session(row.id), Some(row.folder)),
            duplicate: self.may_duplicate(row),
            delete: self.may(Action::DeleteSession, &act),
            last_launched: launches.get(&row.id).copied().map(at),
        })
    }
}

fn target(target: &CredentialTarget) -> CredentialTargetRow {
    match target {
        CredentialTarget::Specific(chosen) => CredentialTargetRow::Specific {
            password: chosen.id.to_string(),
            name: chosen.name.clone(),
            username: chosen.username.clone(),
        },
        CredentialTarget::AlwaysPromptWithList(scope) => {
            CredentialTargetRow::AlwaysPromptWithList { category: scope.category.clone() }
        }
    }
}

fn credentials(credentials: Credentials) -> CredentialsRow {
    match credentials {
        Credentials::Linked(id) => CredentialsRow::Linked { credential: id.to_string() },
        Credentials::Inherited => CredentialsRow::Inherited,
        Credentials::AskMe => CredentialsRow::AskMe,
        Credentials::None => CredentialsRow::None,
    }
}
