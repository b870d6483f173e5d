//! A credential entry's row: where it points. It has no field for a password.

use serde::{Deserialize, Serialize};
use usher_core::entry::{
    AllowedHosts, ApprovalPolicy, ChosenPassword, CredentialEntry, CredentialTarget, ListScope,
    Version,
};
use usher_core::ids::{CredentialEntryId, PasswordId};

use super::words::{ApprovalWord, InheritanceWord, OrganizationPart};
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CredentialRow {
    folder: String,
    name: String,
    connection: String,
    organization: OrganizationPart,
    target: TargetPart,
    allowed_hosts: Vec<String>,
    launch: ApprovalWord,
    reveal: ApprovalWord,
    inheritance: InheritanceWord,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum TargetPart {
    Specific { id: String, name: String, username: Option<String> },
    AlwaysPromptWithList { category: Option<String>, included: Vec<String> },
}

impl TargetPart {
    fn write(core: &CredentialTarget) -> Self {
        match core {
            CredentialTarget::Specific(chosen) => Self::Specific {
                id: chosen.id.as_str().to_owned(),
                name: chosen.name.clone(),
                username: chosen.username.clone(),
            },
            CredentialTarget::AlwaysPromptWithList(scope) => Self::AlwaysPromptWithList {
                category: scope.category.clone(),
                included: scope.included.iter().map(|id| id.as_str().to_owned()).collect(),
            },
        }
    }

    fn read(self) -> CredentialTarget {
        match self {
            Self::Specific { id, name, username } => CredentialTarget::Specific(ChosenPassword {
                id: PasswordId::new(id),
                name,
                username,
            }),
            Self::AlwaysPromptWithList { category, included } => {
                let included = included.into_iter().map(PasswordId::new).collect();
                CredentialTarget::AlwaysPromptWithList(ListScope { category, included })
            }
        }
    }
}

fn hosts(patterns: &[String]) -> Option<AllowedHosts> {
    let patterns = patterns.iter().map(|text| text.parse()).collect::<Result<_, _>>();
    patterns.ok().map(AllowedHosts::new)
}

impl Row for CredentialRow {
    type Thing = CredentialEntry;
    const TABLE: Table = Table::Credential;

    fn key(thing: &CredentialEntry) -> Key {
        thing.id.to_bytes()
    }

    fn version(thing: &CredentialEntry) -> Option<u64> {
        Some(thing.version.0)
    }

    fn write(thing: &CredentialEntry) -> Self {
        Self {
            folder: thing.folder.to_string(),
            name: thing.name.as_str().to_owned(),
            connection: thing.connection.to_string(),
            organization: (&thing.organization).into(),
            target: TargetPart::write(&thing.target),
            allowed_hosts: thing.allowed_hosts.patterns().iter().map(ToString::to_string).collect(),
            launch: thing.approval.launch.into(),
            reveal: thing.approval.reveal.into(),
            inheritance: thing.inheritance.into(),
        }
    }

    fn read(self, key: Key, version: u64) -> Option<CredentialEntry> {
        Some(CredentialEntry {
            id: CredentialEntryId::from_bytes(key),
            folder: self.folder.parse().ok()?,
            name: self.name.parse().ok()?,
            connection: self.connection.parse().ok()?,
            organization: self.organization.into(),
            target: self.target.read(),
            allowed_hosts: hosts(&self.allowed_hosts)?,
            approval: ApprovalPolicy { launch: self.launch.into(), reveal: self.reveal.into() },
            inheritance: self.inheritance.into(),
            version: Version(version),
        })
    }
}
