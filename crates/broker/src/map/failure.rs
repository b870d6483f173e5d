//! Core's errors as the protocol's failures: a closed code and what the sentence needs.

use std::time::Duration;

use usher_core::book::Book;
use usher_core::entry;
use usher_core::error::{Error, KeyringError, LeaseError, Missing, Rule, SourceError, StoreError};
use usher_core::ids::{ConnectionId, PersonId};
use usher_core::policy::Denied;
use usher_core::ports::{AccessError, PreflightError};

use super::{faults, may, people};
use crate::protocol::{Code, Damage, Detail, Failure, Fault, FieldRule, NotFoundWhat, Region};

/// What the sentence about a refused key needs.
#[derive(Debug, Clone)]
pub(crate) struct AccountFacts {
    pub(crate) account: String,
    pub(crate) region: Region,
    pub(crate) may_replace: bool,
    pub(crate) ask: Vec<String>,
    /// Whose own key it is; nobody's where it is the account's.
    pub(crate) person: Option<String>,
}

impl AccountFacts {
    pub(crate) fn of(book: &Book, person: PersonId, connection: ConnectionId) -> Option<Self> {
        let row = book.connections.get(&connection)?;
        Some(Self {
            account: row.name.to_string(),
            region: region(row.region),
            may_replace: book.is_administrator(person),
            ask: people::administrators(book),
            person: book.person_key(connection, person).map(|_| people::whom(book, person).name),
        })
    }

    /// The same where the account's own key is concerned, whatever key the person works with.
    pub(crate) fn of_account(
        book: &Book,
        person: PersonId,
        connection: ConnectionId,
    ) -> Option<Self> {
        Self::of(book, person, connection).map(|facts| Self { person: None, ..facts })
    }

    /// The same where the key of this person's own is concerned.
    pub(crate) fn of_person(
        book: &Book,
        person: PersonId,
        (connection, whose): (ConnectionId, PersonId),
    ) -> Option<Self> {
        let name = people::whom(book, whose).name;
        Self::of(book, person, connection).map(|facts| Self { person: Some(name), ..facts })
    }
}

/// An account's region.
pub(crate) fn region(region: entry::Region) -> Region {
    match region {
        entry::Region::Us => Region::Us,
        entry::Region::Eu => Region::Eu,
        entry::Region::Au => Region::Au,
    }
}

/// The vault is locked.
pub(crate) fn locked() -> Failure {
    failure(Code::Locked, Detail::Plain)
}

/// An error that concerns no account and no rights.
pub(crate) fn plain(error: &Error) -> Failure {
    of(error, &[], None)
}

/// An error, with whom to ask and the account it concerns.
pub(crate) fn of(error: &Error, ask: &[String], account: Option<&AccountFacts>) -> Failure {
    match error {
        Error::Locked => locked(),
        Error::Denied(denied) => denied_by(*denied, ask),
        Error::NotFound(missing) => {
            failure(Code::NotFound, Detail::NotFound { what: what(*missing) })
        }
        Error::Invalid { field, rule } => field_breaks(field, *rule),
        Error::Store(error) => store(error),
        Error::AuditUnavailable => failure(Code::AuditUnavailable, Detail::Plain),
        Error::Source(error) => source(error, account),
        Error::KeyMissesOrganizations(missing) => key_misses(missing),
        Error::Keyring(error) => keyring(*error),
        Error::KeyCardUnwritten(_) => faulty(Code::Storage, Fault::KeyCardUnwritten),
        Error::Preflight(error) => preflight(*error),
        Error::Access(error) => access(error),
        Error::LastAdministrator => field_fails("administrator", FieldRule::LastAdministrator),
        Error::Open(_) => faulty(Code::Storage, Fault::InjectorFailed),
        Error::Lease(error) => lease(error, account),
    }
}

/// A field that breaks a rule.
pub(crate) fn field_breaks(field: &str, rule: Rule) -> Failure {
    field_fails(field, field_rule(rule))
}

/// A field that breaks a rule which core has no field for.
pub(crate) fn field_fails(field: &str, rule: FieldRule) -> Failure {
    failure(Code::Invalid, Detail::Field { field: field.to_owned(), rule })
}

/// A time to wait in whole seconds, none too few.
pub(crate) fn seconds(time: Duration) -> u32 {
    let started = u64::from(time.subsec_nanos() > 0);
    u32::try_from(time.as_secs().saturating_add(started)).unwrap_or(u32::MAX)
}

/// Why a lease gave nothing.
pub(crate) fn lease(error: &LeaseError, account: Option<&AccountFacts>) -> Failure {
    let ask = account.map(|a| a.ask.clone()).unwrap_or_default();
    match error {
        LeaseError::Locked => locked(),
        LeaseError::Denied(denied) => denied_by(*denied, &ask),
        LeaseError::Superseded => faulty(Code::Conflict, Fault::EntryChanged),
        LeaseError::TooOften => faulty(Code::Conflict, Fault::SignedInTooOften),
        LeaseError::TypedOnce => faulty(Code::Conflict, Fault::TypedOnce),
        LeaseError::Expired | LeaseError::Spent => faulty(Code::TimedOut, Fault::LeaseExpired),
        LeaseError::AuditUnavailable => failure(Code::AuditUnavailable, Detail::Plain),
        LeaseError::Source(error) => source(error, account),
        LeaseError::UserName(_) => faulty(Code::Invalid, Fault::RecordUserName),
        LeaseError::Password(_) => faulty(Code::Invalid, Fault::RecordPassword),
        LeaseError::RefusedBefore => faulty(Code::RefusedByHost, Fault::RefusedBefore),
        LeaseError::Store(error) => store(error),
    }
}

fn failure(code: Code, detail: Detail) -> Failure {
    Failure { code, detail }
}

pub(crate) fn faulty(code: Code, fault: Fault) -> Failure {
    failure(code, Detail::Fault { fault })
}

fn denied_by(denied: Denied, ask: &[String]) -> Failure {
    let why = may::why(denied.lacking);
    failure(Code::Denied, Detail::Denied { why, ask: ask.to_vec() })
}

/// The vault or the log cannot be read or written.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        store(&error)
    }
}

fn store(error: &StoreError) -> Failure {
    if let Some(damage) = damage(error) {
        return failure(Code::Storage, Detail::Damage(damage));
    }
    let fault = match error {
        StoreError::Missing => Fault::VaultMissing,
        StoreError::ReadOnly => Fault::VaultReadOnly,
        StoreError::NewerVersion { .. } => Fault::VaultNewer,
        StoreError::Corrupt { .. } | StoreError::RolledBack { .. } | StoreError::Damaged { .. } => {
            Fault::VaultCorrupt
        }
        StoreError::NetworkPath => Fault::VaultOnNetwork,
        StoreError::Busy => Fault::VaultBusy,
        StoreError::Failed => Fault::DiskFailed,
        StoreError::ReadOnlyAsFound => Fault::ReadOnlyAsFound,
        StoreError::Locked => return locked(),
        StoreError::Conflict => return failure(Code::Conflict, Detail::Plain),
    };
    faulty(Code::Storage, fault)
}

/// A vault that is not as it was left, which an administrator may open as it was found.
pub(crate) fn damage(error: &StoreError) -> Option<Damage> {
    let (fault, table, row) = match error {
        StoreError::RolledBack { .. } => (Fault::VaultRolledBack, None, None),
        StoreError::Damaged { table, row } => {
            (Fault::VaultDamaged, Some((*table).to_owned()), Some(row.clone()))
        }
        StoreError::Missing
        | StoreError::ReadOnly
        | StoreError::NewerVersion { .. }
        | StoreError::Corrupt { .. }
        | StoreError::NetworkPath
        | StoreError::Busy
        | StoreError::Failed
        | StoreError::Conflict
        | StoreError::Locked
        | StoreError::ReadOnlyAsFound => return None,
    };
    Some(Damage { fault, table, row, read_only_offered: true })
}

/// Why the door stayed shut.
fn access(error: &AccessError) -> Failure {
    match error {
        AccessError::NotAccepted { .. } => faulty(Code::Locked, Fault::WrongPassphrase),
        AccessError::TooSoon { wait_seconds } => {
            failure(Code::Locked, Detail::Wait { seconds: Some(*wait_seconds) })
        }
        AccessError::PassphraseNeeded => faulty(Code::Locked, Fault::PinNeedsPassphrase),
        AccessError::TooWeak => field_fails("passphrase", FieldRule::TooWeak),
        AccessError::CodeExpired => faulty(Code::Locked, Fault::CodeExpired),
        AccessError::UnknownDevice => faulty(Code::Locked, Fault::UnknownDevice),
        AccessError::AdministratorsOnly => faulty(Code::Locked, Fault::AdministratorsOnly),
        AccessError::Keyring(error) => keyring(*error),
        AccessError::Store(error) => store(error),
    }
}

fn keyring(error: KeyringError) -> Failure {
    let fault = match error {
        KeyringError::NoService => Fault::KeyringMissing,
        KeyringError::Locked => Fault::KeyringLocked,
        KeyringError::TimedOut => Fault::KeyringSlow,
        KeyringError::NoKey => Fault::KeyringEmpty,
        KeyringError::Failed => Fault::KeyringFailed,
    };
    faulty(Code::Storage, fault)
}

fn account_detail(account: Option<&AccountFacts>) -> Detail {
    match account.cloned() {
        None => Detail::Plain,
        Some(AccountFacts { account, region, may_replace, ask, person }) => {
            Detail::Account { account, region, may_replace, ask, person }
        }
    }
}

fn source(error: &SourceError, account: Option<&AccountFacts>) -> Failure {
    match error {
        SourceError::NotAKey => field_breaks("api_key", Rule::NotAKey),
        SourceError::KeyRefused => failure(Code::KeyRefused, account_detail(account)),
        SourceError::NoPasswordAccess => failure(Code::NoPasswordAccess, account_detail(account)),
        SourceError::NotAllowed => faulty(Code::Denied, Fault::NotAllowedWithKey),
        SourceError::NotFound => faulty(Code::NotFound, Fault::RecordGone),
        SourceError::Archived => faulty(Code::NotFound, Fault::RecordArchived),
        SourceError::Vaulted => faulty(Code::NotFound, Fault::RecordVaulted),
        SourceError::Empty => faulty(Code::NotFound, Fault::RecordEmpty),
        SourceError::RateLimited { retry_after } => {
            failure(Code::RateLimited, Detail::Wait { seconds: retry_after.map(seconds) })
        }
        SourceError::CertificateNotTrusted => faulty(Code::UntrustedHost, Fault::ItGlueCertificate),
        SourceError::Unreachable => failure(Code::Unreachable, Detail::Plain),
        SourceError::TimedOut => failure(Code::TimedOut, Detail::Plain),
        SourceError::CutShort => faulty(Code::ForeignAnswer, Fault::AnswerCutShort),
        SourceError::Malformed { .. } => faulty(Code::ForeignAnswer, Fault::AnswerMalformed),
        SourceError::ForeignAnswer => faulty(Code::ForeignAnswer, Fault::AnswerForeign),
        SourceError::Server { .. } => faulty(Code::Unreachable, Fault::ServerFault),
        SourceError::Keyring(error) => keyring(*error),
    }
}

/// How many organizations are named; the rest is counted.
const NAMED_AT_MOST: usize = 20;

fn key_misses(missing: &[entry::Organization]) -> Failure {
    let names = missing.iter().take(NAMED_AT_MOST).map(|o| o.name.clone()).collect();
    let count = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    let fault = Fault::KeyMissesOrganizations;
    failure(Code::Conflict, Detail::Organizations { fault, names, count })
}

fn preflight(error: PreflightError) -> Failure {
    match error {
        PreflightError::Unreachable(why) => faults::unreachable(why),
        PreflightError::Unsupported(why) => faults::unsupported(why),
    }
}

fn field_rule(rule: Rule) -> FieldRule {
    match rule {
        Rule::Required => FieldRule::Required,
        Rule::TooLong => FieldRule::TooLong,
        Rule::Unsafe => FieldRule::Unsafe,
        Rule::NotAHost => FieldRule::NotAHost,
        Rule::NotAPort => FieldRule::NotAPort,
        Rule::NotASize => FieldRule::NotASize,
        Rule::NotAHostPattern => FieldRule::NotAHostPattern,
        Rule::OtherOrganization => FieldRule::OtherOrganization,
        Rule::NotMapped => FieldRule::NotMapped,
        Rule::NotAKey => FieldRule::NotAKey,
        Rule::NotAnAppUrl => FieldRule::NotAnAppUrl,
        Rule::InUse => FieldRule::InUse,
        Rule::NoCredential => FieldRule::NoCredential,
        Rule::ChoiceMissing => FieldRule::ChoiceMissing,
        Rule::OutOfScope => FieldRule::OutOfScope,
        Rule::NotApplicable => FieldRule::NotApplicable,
        Rule::NotAPattern => FieldRule::NotAPattern,
        Rule::Circle => FieldRule::Circle,
        Rule::OutOfRange => FieldRule::NotMinutes,
    }
}

fn what(missing: Missing) -> NotFoundWhat {
    match missing {
        Missing::Session => NotFoundWhat::Session,
        Missing::Credential => NotFoundWhat::Credential,
        Missing::Folder => NotFoundWhat::Folder,
        Missing::Connection => NotFoundWhat::Account,
        Missing::Run => NotFoundWhat::Run,
        Missing::Organization => NotFoundWhat::Organization,
        Missing::PasswordRecord => NotFoundWhat::PasswordRecord,
        Missing::Certificate => NotFoundWhat::Certificate,
        Missing::Person => NotFoundWhat::Person,
        Missing::Group => NotFoundWhat::Group,
        Missing::Source => NotFoundWhat::Source,
        Missing::Device => NotFoundWhat::Device,
    }
}
