//! What went wrong, as data: a closed code, and what the sentence on screen needs.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{At, Damage, Fault, Region, Right};

/// The closed list of ways in which a request can fail. The window acts on these only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Policy said no.
    Denied,
    /// The vault is locked.
    Locked,
    /// There is no such thing.
    NotFound,
    /// No connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// IT Glue refuses the key.
    KeyRefused,
    /// The key has no *Password Access*.
    NoPasswordAccess,
    /// Too many requests.
    RateLimited,
    /// The answer belongs to another organization or record, or is malformed or cut short.
    ForeignAnswer,
    /// Unknown or changed host certificate.
    UntrustedHost,
    /// The host refuses.
    RefusedByHost,
    /// No RDP client is installed.
    ClientMissing,
    /// Input breaks a rule.
    Invalid,
    /// Somebody else changed it first.
    Conflict,
    /// The vault file or the keyring.
    Storage,
    /// The audit log cannot be written.
    AuditUnavailable,
}

/// A failed request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Failure {
    /// Which of the closed codes.
    pub code: Code,
    /// What the sentence needs.
    pub detail: Detail,
}

/// What the sentence on screen needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Detail {
    /// Nothing more than the code.
    Plain,
    /// Why policy said no.
    Denied {
        /// What is missing.
        why: DeniedWhy,
        /// Who could give it.
        ask: Vec<String>,
    },
    /// Which field breaks which rule.
    Field {
        /// The field of the form: `name`, `host`, `port`, `api_key`, `organization` ...
        field: String,
        /// The rule.
        rule: FieldRule,
    },
    /// What was not found.
    NotFound {
        /// What kind of thing.
        what: NotFoundWhat,
    },
    /// The account whose key is concerned, and whether this person may replace it.
    Account {
        /// Its name.
        account: String,
        /// Its region.
        region: Region,
        /// An administrator replaces keys; others read whom to ask.
        may_replace: bool,
        /// Administrators, by name.
        ask: Vec<String>,
        /// Whose own key it is, by name; `None` for the account's.
        person: Option<String>,
    },
    /// The organizations that are concerned.
    Organizations {
        /// The fault.
        fault: Fault,
        /// Their names, the first 20 at most.
        names: Vec<String>,
        /// How many there are in all.
        count: u32,
    },
    /// How long to wait, where IT Glue said so.
    Wait {
        /// Seconds.
        seconds: Option<u32>,
    },
    /// Which fault exactly.
    Fault {
        /// The fault.
        fault: Fault,
    },
    /// What of the vault does not hold.
    Damage(Damage),
    /// The record that was refused, archived, moved or is gone.
    Record {
        /// The fault.
        fault: Fault,
        /// Its name, as last seen.
        record: Option<String>,
        /// When its password was last changed in IT Glue.
        changed: Option<At>,
    },
}

/// What is missing where policy says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "missing", rename_all = "snake_case")]
pub enum DeniedWhy {
    /// A right on the session entry.
    OnSession {
        /// The right.
        right: Right,
    },
    /// A right on the credential entry.
    OnCredential {
        /// The right.
        right: Right,
    },
    /// A right on the folder.
    OnFolder {
        /// The right.
        right: Right,
    },
    /// Source on the account and organization.
    Source,
    /// The host is not among the credential's allowed hosts.
    HostNotAllowed,
    /// Only an administrator.
    Administrator,
    /// The credential lies in another client folder.
    OtherClientFolder,
    /// It would give somebody a right they lack.
    WouldWiden,
    /// The person must prove again who they are.
    Confirmation,
    /// The passphrase: an unlock by PIN is not enough to administer.
    Passphrase,
    /// A ticket must be named.
    Ticket,
    /// *Ask me* was turned off by an administrator.
    AskMeOff,
    /// It does not fit together with the rest of the vault.
    Soundness,
    /// A second person must agree, which is not available yet.
    SecondPerson,
    /// The vault is open read-only, as it was found.
    ReadOnly,
    /// There is no credential to sign in with.
    NoCredential,
    /// A list has no one password to show; choose one first.
    ChooseFirst,
}

/// A rule that a field breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldRule {
    /// Something must be typed or chosen.
    Required,
    /// Too long.
    TooLong,
    /// Control characters or line breaks.
    Unsafe,
    /// Not a host name or address.
    NotAHost,
    /// Not 1 to 65535.
    NotAPort,
    /// Not the size of a desktop: 200 to 8192 pixels each way.
    NotASize,
    /// Not a host, `*.domain` or network.
    NotAHostPattern,
    /// The folder is mapped to another organization.
    OtherOrganization,
    /// The folder is not mapped to an organization.
    NotMapped,
    /// Not the shape of an IT Glue key.
    NotAKey,
    /// Not the address of IT Glue's app.
    NotAnAppUrl,
    /// Something still uses it.
    InUse,
    /// There is no credential.
    NoCredential,
    /// A password must be chosen first.
    ChoiceMissing,
    /// Outside the entry's scope.
    OutOfScope,
    /// Not something this can be done to.
    NotApplicable,
    /// Too easily guessed.
    TooWeak,
    /// Not the shape that was asked for.
    OtherShape,
    /// Not a regular expression.
    NotAPattern,
    /// The last active administrator.
    LastAdministrator,
    /// A folder cannot lie within itself.
    Circle,
    /// Not a number of minutes that can be taken.
    NotMinutes,
}

/// What was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NotFoundWhat {
    /// A session entry.
    Session,
    /// A credential entry.
    Credential,
    /// A folder.
    Folder,
    /// An account.
    Account,
    /// A running session.
    Run,
    /// An organization.
    Organization,
    /// A password record.
    PasswordRecord,
    /// A certificate.
    Certificate,
    /// An open list.
    Picker,
    /// A person.
    Person,
    /// A group.
    Group,
    /// A device.
    Device,
    /// A row of Source.
    Source,
    /// An edit to take back.
    Undo,
}
