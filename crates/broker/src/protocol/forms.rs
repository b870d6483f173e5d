//! Forms: what entries and folders are to be, and which page of IT Glue is meant.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ObjectRef, SecretText, TicketForm};

/// What is to be shown in IT Glue itself.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PageOf {
    /// The account.
    Account {
        /// The account.
        connection: String,
    },
    /// One of its organizations.
    Organization {
        /// The account.
        connection: String,
        /// The organization.
        organization: String,
    },
    /// A password record.
    Record {
        /// The account.
        connection: String,
        /// The organization.
        organization: String,
        /// The record.
        password: String,
    },
}

/// What a folder is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct FolderForm {
    /// Its name.
    pub name: String,
    /// The account and organization it is mapped to.
    pub client: Option<ClientForm>,
    /// The credential that sessions below may inherit.
    pub credential: Option<String>,
}

/// Which organization a folder is mapped to.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ClientForm {
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: String,
}

/// What a credential entry is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CredentialForm {
    /// Its name.
    pub name: String,
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: String,
    /// Which password.
    pub target: Target,
    /// Hosts, `*.domain` or networks it may be sent to, one each.
    pub allowed_hosts: Vec<String>,
}

/// Which password a credential entry means.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// This record.
    Specific {
        /// The record.
        password: String,
    },
    /// Chosen at launch.
    AlwaysPromptWithList {
        /// Only records of this category.
        category: Option<String>,
    },
}

/// What a session entry is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SessionForm {
    /// Its name.
    pub name: String,
    /// The host.
    pub host: String,
    /// Its port.
    pub port: u32,
    /// Where its credential comes from.
    pub credentials: super::CredentialsRow,
    /// Devices, window, and what the host needs.
    pub rdp: super::RdpForm,
}

/// *Ask me*: what a person typed to sign in with.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TypedForm {
    /// `DOMAIN\user`, `user@domain`, `.\user` or `user`.
    pub user: String,
    /// The password.
    pub password: SecretText,
    /// The host that the person saw beside the fields; a session that leads elsewhere gets nothing.
    pub host: String,
    /// Its port.
    pub port: u32,
}

/// Another folder for an entry or folder.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MoveEntry {
    /// What.
    pub entry: ObjectRef,
    /// The version that was seen.
    pub version: u32,
    /// The folder it goes to.
    pub to: String,
}

/// Another of the same.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Duplicate {
    /// Of what.
    pub entry: ObjectRef,
    /// The folder it goes to; `None`: where the first one lies.
    pub to: Option<String>,
}

/// A launch that runs, to be signed in anew.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SignInAgain {
    /// The launch.
    pub run: String,
    /// The person's passphrase or PIN, where the launch asks for it and it was given too long ago: the
    /// failure then lacks `confirmation`.
    pub proof: Option<SecretText>,
}

/// A password that somebody wants to see or to copy.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RevealForm {
    /// The credential entry.
    pub credential: String,
    /// The person's passphrase or PIN, where the approval policy asks for it.
    pub proof: Option<SecretText>,
    /// The ticket that it is for.
    pub ticket: Option<TicketForm>,
}
