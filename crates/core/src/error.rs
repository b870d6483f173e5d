//! What can go wrong, as data. The sentences live at the edge (the window).

use std::time::Duration;

use crate::NotAPassword;
use crate::entry::{NotAUserName, Organization};
use crate::policy::{Breach, Denied, Lacking};
use crate::ports::{AccessError, OpenError, PreflightError};

/// A vault that cannot be read or written. Nothing was overwritten.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no vault file at the place named.
    #[error("vault file missing")]
    Missing,
    /// The file or its folder cannot be written.
    #[error("vault file read-only")]
    ReadOnly,
    /// A newer Usher wrote it; this one must not touch it.
    #[error("vault written by a newer version ({found}, this one knows {known})")]
    NewerVersion {
        /// The file's schema number.
        found: u32,
        /// The highest this program knows.
        known: u32,
    },
    /// Not a vault, or a damaged one.
    #[error("vault file corrupt: {part}")]
    Corrupt {
        /// Which part did not hold: a table or a check.
        part: &'static str,
    },
    /// The vault lies on a network path, which SQLite cannot keep safe.
    #[error("vault on a network path")]
    NetworkPath,
    /// Another program holds it.
    #[error("vault busy")]
    Busy,
    /// The disk is full or failed.
    #[error("storage failed")]
    Failed,
    /// Somebody else changed the same row first.
    #[error("changed by someone else")]
    Conflict,
    /// Nobody has it unlocked.
    #[error("vault locked")]
    Locked,
    /// The file is an older copy of this vault, or another one under its name.
    #[error("vault rolled back: number {file}, this device knows {anchor}")]
    RolledBack {
        /// The number of the file's last commit.
        file: u64,
        /// The number that this device has noted.
        anchor: u64,
    },
    /// A row is not as somebody left it who was allowed to.
    #[error("vault damaged: a row of {table}")]
    Damaged {
        /// Its table.
        table: &'static str,
        /// Its id.
        row: String,
    },
    /// The vault was opened although it is not as it was left: nothing can be changed.
    #[error("vault read-only, as it was found")]
    ReadOnlyAsFound,
}

/// A keyring that cannot be used. Nothing was stored in clear instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// No keyring service runs (on Linux: no Secret Service on the session bus).
    #[error("no keyring service")]
    NoService,
    /// It is locked and nobody unlocked it.
    #[error("keyring locked")]
    Locked,
    /// It did not answer in time.
    #[error("keyring timed out")]
    TimedOut,
    /// It holds no key for this account.
    #[error("no key in the keyring")]
    NoKey,
    /// It refused or failed.
    #[error("keyring failed")]
    Failed,
}

/// Why IT Glue gave no answer that can be used. The key is kept in every case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// 403: region, wrong or revoked key, IP allow-list, or a plan without API; IT Glue does not say which.
    #[error("key refused")]
    KeyRefused,
    /// The text is not shaped like an IT Glue key; it was sent nowhere.
    #[error("not a key")]
    NotAKey,
    /// 401: this key may not do this.
    #[error("not allowed with this key")]
    NotAllowed,
    /// The key was made without the *Password Access* box.
    #[error("key has no password access")]
    NoPasswordAccess,
    /// The record is not there (any more).
    #[error("record not found")]
    NotFound,
    /// The record was archived in IT Glue.
    #[error("record archived")]
    Archived,
    /// IT Glue cannot decrypt it for a key (a personal vault).
    #[error("record in a personal vault")]
    Vaulted,
    /// The record has no password.
    #[error("record has no password")]
    Empty,
    /// Too many requests; `retry_after` where IT Glue named a time.
    #[error("rate limited")]
    RateLimited {
        /// How long IT Glue asks to wait.
        retry_after: Option<Duration>,
    },
    /// IT Glue's certificate is not trusted here: something in between shows its own. Nothing was sent.
    #[error("certificate not trusted")]
    CertificateNotTrusted,
    /// No connection to IT Glue.
    #[error("unreachable")]
    Unreachable,
    /// No answer in time.
    #[error("timed out")]
    TimedOut,
    /// The answer ended early or was too large.
    #[error("answer cut short")]
    CutShort,
    /// The answer is not what the API documents; where it went wrong.
    #[error("malformed answer at {path}")]
    Malformed {
        /// The JSON path.
        path: String,
    },
    /// The answer holds a row of another organization, or another record.
    #[error("answer from another organization or record")]
    ForeignAnswer,
    /// IT Glue reports a fault of its own.
    #[error("server error {status}")]
    Server {
        /// The HTTP status.
        status: u16,
    },
    /// The key could not be read from the keyring.
    #[error("key not available")]
    Keyring(#[source] KeyringError),
}

/// Why a lease gave nothing. No password was fetched, or it was wiped at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeaseError {
    /// The vault was locked meanwhile.
    #[error("locked")]
    Locked,
    /// The right is gone.
    #[error("denied")]
    Denied(#[source] Denied),
    /// The session or its credential entry was edited or deleted since the launch.
    #[error("entry changed since the launch")]
    Superseded,
    /// The deadline has passed.
    #[error("lease expired")]
    Expired,
    /// It was used already.
    #[error("lease used up")]
    Spent,
    /// The intent could not be written to the audit log.
    #[error("audit unavailable")]
    AuditUnavailable,
    /// IT Glue gave no password.
    #[error("no password from the source")]
    Source(#[source] SourceError),
    /// The record's user name cannot be signed in with.
    #[error("user name unusable")]
    UserName(#[source] NotAUserName),
    /// The record's password cannot be signed in with.
    #[error("password unusable")]
    Password(#[source] NotAPassword),
    /// The host refused the same record, and it would have gone there once more by itself.
    #[error("refused before")]
    RefusedBefore,
    /// The line was lost, and signed in anew by itself or with a click, too often within a few minutes.
    #[error("signed in too often")]
    TooOften,
    /// What the person typed was given once and forgotten.
    #[error("typed credential used")]
    TypedOnce,
    /// The vault cannot be read.
    #[error("store unavailable")]
    Store(#[source] StoreError),
}

/// What kind of thing was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A session entry.
    Session,
    /// A credential entry.
    Credential,
    /// A client folder.
    Folder,
    /// An IT Glue account.
    Connection,
    /// A running session.
    Run,
    /// An organization of the account.
    Organization,
    /// A password record.
    PasswordRecord,
    /// A trusted certificate.
    Certificate,
    /// A person.
    Person,
    /// A group of people.
    Group,
    /// A Source right.
    Source,
    /// A device.
    Device,
}

/// A rule that some input breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Something must be typed.
    Required,
    /// Longer than allowed.
    TooLong,
    /// Control characters or line breaks.
    Unsafe,
    /// Not a host name or address.
    NotAHost,
    /// Not a port from 1 to 65535.
    NotAPort,
    /// Not the size of a desktop: 200 to 8192 pixels each way.
    NotASize,
    /// Not a host, `*.domain` or network.
    NotAHostPattern,
    /// The folder is mapped to another organization.
    OtherOrganization,
    /// The folder is not mapped to an organization of this account.
    NotMapped,
    /// Not the shape of an IT Glue key.
    NotAKey,
    /// Not the address of IT Glue's app.
    NotAnAppUrl,
    /// Something still stands in it or points at it.
    InUse,
    /// The session has no credential to sign in with.
    NoCredential,
    /// A password must be chosen from the list first.
    ChoiceMissing,
    /// The record chosen lies outside the entry's scope.
    OutOfScope,
    /// Nothing to change there.
    NotApplicable,
    /// Not a pattern that can be matched.
    NotAPattern,
    /// A folder would lie in itself.
    Circle,
    /// Outside the numbers allowed.
    OutOfRange,
}

/// Why a use case did not do what was asked. Nothing was changed, unless the use case says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The vault is locked (or the handle is unknown).
    #[error("locked")]
    Locked,
    /// Policy said no.
    #[error("denied")]
    Denied(#[source] Denied),
    /// There is no such thing.
    #[error("not found")]
    NotFound(Missing),
    /// Input that breaks a rule; the field is named as on screen.
    #[error("invalid {field}")]
    Invalid {
        /// The field, in the protocol's spelling.
        field: &'static str,
        /// The rule it breaks.
        rule: Rule,
    },
    /// The vault.
    #[error("store")]
    Store(#[source] StoreError),
    /// The audit log cannot be written; nothing was released.
    #[error("audit unavailable")]
    AuditUnavailable,
    /// IT Glue.
    #[error("source")]
    Source(#[source] SourceError),
    /// The new key does not see these organizations, which folders and entries use.
    #[error("key misses organizations")]
    KeyMissesOrganizations(Vec<Organization>),
    /// The keyring.
    #[error("keyring")]
    Keyring(#[source] KeyringError),
    /// The new key is in place of the old one, but the vault did not take what is known of it.
    #[error("key card unwritten")]
    KeyCardUnwritten(#[source] StoreError),
    /// The host, before any credential.
    #[error("preflight")]
    Preflight(#[source] PreflightError),
    /// The door of the vault.
    #[error("access")]
    Access(#[source] AccessError),
    /// Nobody would be left to administer the vault.
    #[error("last administrator")]
    LastAdministrator,
    /// The injector could not listen.
    #[error("injector")]
    Open(#[source] OpenError),
    /// A lease would give nothing; the session was not touched.
    #[error("lease")]
    Lease(#[source] LeaseError),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        if error == StoreError::Locked { Self::Locked } else { Self::Store(error) }
    }
}

impl From<AccessError> for Error {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => Self::from(error),
            AccessError::Keyring(error) => Self::Keyring(error),
            refused @ (AccessError::NotAccepted { .. }
            | AccessError::TooSoon { .. }
            | AccessError::PassphraseNeeded
            | AccessError::TooWeak
            | AccessError::CodeExpired
            | AccessError::UnknownDevice
            | AccessError::AdministratorsOnly) => Self::Access(refused),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

/// A change that would not hold together is one that others made impossible meanwhile.
impl From<Breach> for Error {
    fn from(breach: Breach) -> Self {
        if breach.denied.lacking == Lacking::Soundness {
            return Self::Store(StoreError::Conflict);
        }
        Self::Denied(breach.denied)
    }
}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}
