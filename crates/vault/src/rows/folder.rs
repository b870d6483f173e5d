//! A folder's row.

use serde::{Deserialize, Serialize};
use usher_core::entry::{ApprovalPolicy, Client, Folder, Version};
use usher_core::ids::FolderId;

use super::words::{ApprovalPart, InheritanceWord, OrganizationPart, TicketsPart};
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FolderRow {
    parent: Option<String>,
    name: String,
    client: Option<ClientPart>,
    credential: Option<String>,
    inheritance: InheritanceWord,
    /// Rows of format 1 have no such field: they asked for nothing.
    #[serde(default)]
    approval: Option<ApprovalPart>,
    #[serde(default)]
    tickets: Option<TicketsPart>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientPart {
    connection: String,
    organization: OrganizationPart,
}

impl ClientPart {
    fn write(core: &Client) -> Self {
        let organization = (&core.organization).into();
        Self { connection: core.connection.to_string(), organization }
    }

    fn read(self) -> Option<Client> {
        let connection = self.connection.parse().ok()?;
        Some(Client { connection, organization: self.organization.into() })
    }
}

impl Row for FolderRow {
    type Thing = Folder;
    const TABLE: Table = Table::Folder;

    fn key(thing: &Folder) -> Key {
        thing.id.to_bytes()
    }

    fn version(thing: &Folder) -> Option<u64> {
        Some(thing.version.0)
    }

    fn write(thing: &Folder) -> Self {
        Self {
            parent: thing.parent.map(|id| id.to_string()),
            name: thing.name.as_str().to_owned(),
            client: thing.client.as_ref().map(ClientPart::write),
            credential: thing.credential.map(|id| id.to_string()),
            inheritance: thing.inheritance.into(),
            approval: Some(thing.approval.into()),
            tickets: thing.tickets.as_ref().map(Into::into),
        }
    }

    fn read(self, key: Key, version: u64) -> Option<Folder> {
        Some(Folder {
            id: FolderId::from_bytes(key),
            parent: self.parent.map(|id| id.parse()).transpose().ok()?,
            name: self.name.parse().ok()?,
            client: match self.client {
                Some(client) => Some(client.read()?),
                None => None,
            },
            credential: self.credential.map(|id| id.parse()).transpose().ok()?,
            inheritance: self.inheritance.into(),
            approval: self.approval.map_or(ApprovalPolicy::NOTHING_MORE, Into::into),
            tickets: match self.tickets {
                Some(tickets) => Some(tickets.read()?),
                None => None,
            },
            version: Version(version),
        })
    }
}
