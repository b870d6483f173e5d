//! A folder's row.

use serde::{Deserialize, Serialize};
use usher_core::entry::{ApprovalPolicy, Client, Folder, TicketPattern, TicketPolicy, Version};
use usher_core::ids::FolderId;

use super::words::{ApprovalWord, InheritanceWord, OrganizationPart};
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FolderRow {
    parent: Option<String>,
    name: String,
    client: Option<ClientPart>,
    credential: Option<String>,
    inheritance: InheritanceWord,
    /// Older rows have neither of the two.
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

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalPart {
    launch: ApprovalWord,
    reveal: ApprovalWord,
}

impl From<ApprovalPolicy> for ApprovalPart {
    fn from(core: ApprovalPolicy) -> Self {
        Self { launch: core.launch.into(), reveal: core.reveal.into() }
    }
}

impl From<ApprovalPart> for ApprovalPolicy {
    fn from(part: ApprovalPart) -> Self {
        Self { launch: part.launch.into(), reveal: part.reveal.into() }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum TicketsPart {
    Off {},
    Optional { pattern: Option<String> },
    Required { pattern: Option<String> },
}

impl TicketsPart {
    fn write(core: &TicketPolicy) -> Self {
        let text = |p: &TicketPattern| p.as_str().to_owned();
        match core {
            TicketPolicy::Off => Self::Off {},
            TicketPolicy::Optional { pattern } => {
                Self::Optional { pattern: pattern.as_ref().map(text) }
            }
            TicketPolicy::Required { pattern } => {
                Self::Required { pattern: pattern.as_ref().map(text) }
            }
        }
    }

    fn read(self) -> Option<TicketPolicy> {
        let parse = |text: Option<String>| text.map(|text| text.parse()).transpose().ok();
        Some(match self {
            Self::Off {} => TicketPolicy::Off,
            Self::Optional { pattern } => TicketPolicy::Optional { pattern: parse(pattern)? },
            Self::Required { pattern } => TicketPolicy::Required { pattern: parse(pattern)? },
        })
    }
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
            approval: (thing.approval != ApprovalPolicy::NOTHING_MORE)
                .then(|| thing.approval.into()),
            tickets: thing.tickets.as_ref().map(TicketsPart::write),
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
            approval: self.approval.map_or(ApprovalPolicy::NOTHING_MORE, ApprovalPolicy::from),
            tickets: match self.tickets {
                Some(tickets) => Some(tickets.read()?),
                None => None,
            },
            version: Version(version),
        })
    }
}
