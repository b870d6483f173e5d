//! Rows: what a window shows of the vault and of IT Glue's metadata.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{At, DeniedWhy, RdpForm, TicketAsk};

/// Where an account lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// United States.
    Us,
    /// Europe.
    Eu,
    /// Australia.
    Au,
}

/// Whether a key has the *Password Access* box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PasswordAccess {
    /// Not known before the first password was fetched.
    Unknown,
    /// It has.
    Granted,
    /// It has not.
    Missing,
}

/// Whether this person may do a thing, and if not why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "may", rename_all = "snake_case")]
pub enum May {
    /// Yes.
    Yes,
    /// No.
    No {
        /// What is missing.
        why: DeniedWhy,
    },
}

/// An IT Glue account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: Region,
    /// The region as people know it: `US / Global (api.itglue.com)`.
    pub region_label: String,
    /// What was learnt of its key.
    pub password_access: PasswordAccess,
    /// When IT Glue last accepted the key.
    pub last_accepted: Option<At>,
    /// Since when IT Glue refuses it.
    pub refused_since: Option<At>,
    /// How long its key has not been used.
    pub watch: KeyWatch,
    /// Whether Usher may make a cheap call now and then to keep its keys alive.
    pub keep_alive: bool,
    /// What is left of Usher's share of the account's requests.
    pub requests: RequestsLeft,
    /// Keys of people's own: all of them for administrators, else one's own.
    pub person_keys: Vec<PersonKeyRow>,
    /// Whether this person may administer accounts.
    pub administer: May,
}

/// How long a key has not been used. IT Glue revokes it after 90 days without use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeyWatch {
    /// When IT Glue last accepted it.
    pub last_used: Option<At>,
    /// Whole days since then.
    pub unused_days: Option<u32>,
    /// Not used for 80 days or more: time to do something.
    pub flagged: bool,
    /// Days until IT Glue revokes it, if it is not used; 0 once they are over.
    pub revoked_in_days: Option<u32>,
}

/// What is left of Usher's share of the requests that IT Glue allows an account in 5 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RequestsLeft {
    /// Requests that could be made now.
    pub left: u32,
    /// The share.
    pub of: u32,
    /// IT Glue said that there were too many: for how many seconds nothing is sent.
    pub paused_seconds: Option<u32>,
}

/// A key of one person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PersonKeyRow {
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// How long it has not been used.
    pub watch: KeyWatch,
    /// Since when IT Glue refuses it.
    pub refused: Option<At>,
}

/// A person, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PersonRow {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Whether they come in and can be given something; else they were disabled or offboarded.
    pub active: bool,
}

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrganizationRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Which organization of which account a folder is mapped to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClientRow {
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: OrganizationRow,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FolderRow {
    /// Its id.
    pub id: String,
    /// The folder it lies in; `None` for the root.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is mapped to.
    pub client: Option<ClientRow>,
    /// The credential that sessions below may inherit.
    pub credential: Option<String>,
    /// Its version, to be named when it is changed.
    pub version: u32,
    /// Whether this person may change it and make entries in it.
    pub edit: May,
    /// Whether this person may move it, as far as where it lies decides.
    pub move_away: May,
}

/// A credential entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CredentialRow {
    /// Its id.
    pub id: String,
    /// Where it lies.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// The account.
    pub connection: String,
    /// The organization.
    pub organization: OrganizationRow,
    /// Which password.
    pub target: CredentialTargetRow,
    /// "CORP\adm": whom a host will see, by the one record's user name as last seen.
    pub signs_in_as: Option<String>,
    /// Why that user name cannot be signed in with, if it cannot.
    pub user_name: Option<UserNameFault>,
    /// Where it may be sent.
    pub allowed_hosts: Vec<String>,
    /// Its version.
    pub version: u32,
    /// Whether showing and copying ask the person to prove who they are first.
    pub reveal_asks: bool,
    /// The ticket that showing and copying ask for.
    pub ticket: TicketAsk,
    /// Rename.
    pub edit: May,
    /// Change account, organization, password, list scope or allowed hosts.
    pub repoint: May,
    /// Show password.
    pub show: May,
    /// Copy.
    pub copy: May,
    /// Move to another folder, as far as where it lies decides.
    pub move_away: May,
    /// Duplicate where it lies.
    pub duplicate: May,
    /// Delete.
    pub delete: May,
}

/// Which password a credential entry means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CredentialTargetRow {
    /// This one.
    Specific {
        /// The record.
        password: String,
        /// Its name when it was chosen.
        name: String,
        /// Its user name when it was chosen.
        username: Option<String>,
    },
    /// Chosen at launch.
    AlwaysPromptWithList {
        /// Only records of this category.
        category: Option<String>,
    },
}

/// Why a record's user name cannot be signed in with; it is corrected in IT Glue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UserNameFault {
    /// There is none.
    Empty,
    /// More than 256 characters.
    TooLong,
    /// It holds a character that no user name has.
    Character,
}

/// Where a session's credential comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum CredentialsRow {
    /// Linked (vault).
    Linked {
        /// The credential entry.
        credential: String,
    },
    /// Inherited from folder.
    Inherited,
    /// Ask me: the person types user and password at each launch.
    AskMe,
    /// None.
    None,
}

/// A session entry (RDP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// Where it lies.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// The host.
    pub host: String,
    /// The port.
    pub port: u32,
    /// Devices, window, and what the host needs.
    pub rdp: RdpForm,
    /// Where its credential comes from.
    pub credentials: CredentialsRow,
    /// The credential entry that a launch would use, after inheritance.
    pub resolved: Option<String>,
    /// The folder it is inherited from, by name; nothing where that folder may not be seen.
    pub inherited_from: Option<String>,
    /// Its version.
    pub version: u32,
    /// Launch.
    pub launch: May,
    /// Rename, and as far as linking rules allow, change.
    pub edit: May,
    /// Move to another folder, as far as where it lies decides.
    pub move_away: May,
    /// Duplicate where it lies.
    pub duplicate: May,
    /// Delete.
    pub delete: May,
    /// When this person last launched it.
    pub last_launched: Option<At>,
}

/// A row of the IT Glue credentials list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[expect(clippy::struct_excessive_bools, reason = "IT Glue's marks are independent of each other")]
pub struct ChoiceRow {
    /// The record.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its user name.
    pub username: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// What it is attached to.
    pub resource: Option<String>,
    /// When the password was last changed.
    pub changed: Option<At>,
    /// "CORP\adm": whom the host will see; `None` if the user name cannot be signed in with.
    pub signs_in_as: Option<String>,
    /// Archived in IT Glue: cannot be chosen.
    pub archived: bool,
    /// In a personal vault, which IT Glue cannot decrypt for a key: cannot be chosen.
    pub vaulted: bool,
    /// Restricted to some people in IT Glue.
    pub restricted: bool,
    /// Has a one-time-password secret.
    pub otp: bool,
    /// Which characters of `name` match what was typed, counted from 0 in grapheme clusters.
    pub matched: Vec<u32>,
}

/// A certificate that a host showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CertificateRow {
    /// The subject.
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// SHA-256 of the certificate, lower-case hex.
    pub sha256: String,
    /// Valid from.
    pub not_before: At,
    /// Valid until.
    pub not_after: At,
    /// Chains to a public root for this name.
    pub publicly_trusted: bool,
}

/// A person, as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Whom {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Whether they administer this vault.
    pub administrator: bool,
}
