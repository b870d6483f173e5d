//! Opens the vault, with who came in by what, or was refused, on record.

use super::{name_of, on_record_or_locked};
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::error::{Error, StoreError};
use crate::ids::PersonId;
use crate::ports::{Access, AccessError, OpenWith, Opened, Ports, Store};

/// Opens the vault. `as_found`: although it is not as it was left, read-only, for administrators.
/// Whose unlock it is from here on, the broker says.
///
/// # Errors
/// [`Error::Access`] with why the door stayed shut, on record where the log knows the vault;
/// [`Error::AuditUnavailable`]: it was opened, and is locked again.
pub async fn open<P: Ports>(ports: &P, with: OpenWith, as_found: bool) -> Result<Opened, Error> {
    let (by, claimed) = (word(&with), claimed(&with));
    let opened = match ports.access().open(with, as_found).await {
        Ok(opened) => opened,
        Err(refused) => return Err(refused_on_record(ports, claimed, by, refused).await),
    };
    let book = match ports.store().book().await {
        Ok(book) => book,
        Err(error) => {
            ports.access().lock(opened.person).await;
            return Err(Error::from(error));
        }
    };
    if book.active_person(opened.person).is_err() {
        ports.access().lock(opened.person).await;
        let refused = AccessError::NotAccepted { wait_seconds: 0 };
        return Err(refused_on_record(ports, Some(opened.person), by, refused).await);
    }
    let vault = name_of(&book);
    let events = events(ports, &opened, &vault, by);
    on_record_or_locked(ports, opened.person, events).await?;
    Ok(opened)
}

fn events<P: Ports>(ports: &P, opened: &Opened, vault: &str, by: &'static str) -> Vec<AuditEvent> {
    let event =
        |what, details| AuditEvent { details, ..audit::event(ports, opened.person, what, vault) };
    let mut events = vec![event(What::Unlocked, vec![("by", by.to_owned())])];
    if let Some(fault) = &opened.as_found {
        events.push(event(What::OpenedAsFound, fault_details(fault)));
    }
    let on_the_way = match by {
        "enrolment_code" => Some(What::Enrolled),
        "recovery_kit" => Some(What::PassphraseChanged),
        "upgrade" => Some(What::VaultUpgraded),
        _ => None,
    };
    events.extend(on_the_way.map(|what| event(what, Vec::new())));
    if opened.recovery_kit.is_some() {
        events.push(event(What::RecoveryKitMade, Vec::new()));
    }
    events
}

/// Tries that were not looked at are not on record: they would fill the log.
async fn refused_on_record<P: Ports>(
    ports: &P,
    claimed: Option<PersonId>,
    by: &'static str,
    refused: AccessError,
) -> Error {
    if let AccessError::Store(fault) = &refused {
        return damage_on_record(ports, (claimed, by), fault).await;
    }
    let reason = match &refused {
        AccessError::NotAccepted { .. } => "not_accepted",
        AccessError::CodeExpired => "code_expired",
        AccessError::UnknownDevice => "unknown_device",
        AccessError::AdministratorsOnly => "administrators_only",
        AccessError::PassphraseNeeded
        | AccessError::TooSoon { .. }
        | AccessError::TooWeak
        | AccessError::Keyring(_)
        | AccessError::Store(_) => return Error::from(refused),
    };
    let event = refusal(ports, (claimed, by), vec![("reason", reason.to_owned())]);
    audit::record(ports, event).await.err().unwrap_or_else(|| Error::from(refused))
}

fn refusal<P: Ports>(
    ports: &P,
    (claimed, by): (Option<PersonId>, &'static str),
    why: Vec<(&'static str, String)>,
) -> AuditEvent {
    let person = claimed.unwrap_or(PersonId::NOBODY);
    let details = [vec![("by", by.to_owned())], why].concat();
    let event = audit::event(ports, person, What::UnlockRefused, "");
    AuditEvent { outcome: Outcome::Refused, details, ..event }
}

/// That the vault is not as it was left is said whether or not it could be put on record: nothing
/// was opened.
async fn damage_on_record<P: Ports>(
    ports: &P,
    who: (Option<PersonId>, &'static str),
    fault: &StoreError,
) -> Error {
    if is_damage(fault) {
        audit::record(ports, refusal(ports, who, fault_details(fault))).await.ok();
    }
    Error::from(AccessError::Store(fault.clone()))
}

fn is_damage(fault: &StoreError) -> bool {
    matches!(
        fault,
        StoreError::Damaged { .. } | StoreError::RolledBack { .. } | StoreError::Corrupt { .. }
    )
}

fn fault_details(fault: &StoreError) -> Vec<(&'static str, String)> {
    match fault {
        StoreError::Damaged { table, row } => {
            vec![
                ("fault", "damaged".to_owned()),
                ("table", (*table).to_owned()),
                ("row", row.clone()),
            ]
        }
        StoreError::RolledBack { file, anchor } => vec![
            ("fault", "rolled_back".to_owned()),
            ("file", file.to_string()),
            ("anchor", anchor.to_string()),
        ],
        StoreError::Corrupt { part } => {
            vec![("fault", "corrupt".to_owned()), ("table", (*part).to_owned())]
        }
        StoreError::Missing
        | StoreError::ReadOnly
        | StoreError::NewerVersion { .. }
        | StoreError::NetworkPath
        | StoreError::Busy
        | StoreError::Failed
        | StoreError::Conflict
        | StoreError::Locked
        | StoreError::ReadOnlyAsFound => vec![("fault", "other".to_owned())],
    }
}

fn word(with: &OpenWith) -> &'static str {
    match with {
        OpenWith::Passphrase { .. } => "passphrase",
        OpenWith::Pin { .. } => "pin",
        OpenWith::RecoveryKit { .. } => "recovery_kit",
        OpenWith::EnrolmentCode { .. } => "enrolment_code",
        OpenWith::Upgrade { .. } => "upgrade",
    }
}

/// Who it says it is; a recovery kit says it only once it is opened.
fn claimed(with: &OpenWith) -> Option<PersonId> {
    match with {
        OpenWith::Passphrase { person, .. }
        | OpenWith::Pin { person, .. }
        | OpenWith::EnrolmentCode { person, .. } => Some(*person),
        OpenWith::RecoveryKit { .. } | OpenWith::Upgrade { .. } => None,
    }
}
