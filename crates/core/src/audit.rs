//! Audit events: who, what, on which entry, when, outcome. And the rule that nothing is released
//! before its intent is on record.

use std::sync::Arc;

use crate::book::Book;
use crate::error::Error;
use crate::ids::{PersonId, RunId};
use crate::launch::UnlockId;
use crate::policy::{Action, Permit, Recorded};
use crate::ports::{Clock, LocalStore, Ports};
use crate::time::Moment;

/// What happened, as the audit log keeps it. Never a secret, never IT Glue's notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// When.
    pub at: Moment,
    /// Who.
    pub person: PersonId,
    /// What.
    pub what: What,
    /// On what, by the name it had.
    pub on: String,
    /// How it went.
    pub outcome: Outcome,
    /// More facts, each a closed word and a value that is no secret.
    pub details: Vec<(&'static str, String)>,
    /// The launch it belongs to.
    pub run: Option<RunId>,
}

/// A row of the log: the event and its number, counted from 1 without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The number.
    pub number: u64,
    /// When.
    pub at: Moment,
    /// Who, by id.
    pub person: PersonId,
    /// What, as [`What::word`].
    pub what: String,
    /// On what.
    pub on: String,
    /// How it went, as [`Outcome::word`].
    pub outcome: String,
    /// More facts.
    pub details: Vec<(String, String)>,
    /// The launch it belongs to.
    pub run: Option<RunId>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$item_doc])* $variant,)+
        }

        impl $name {
            /// The word that stands in the log; never changed once released.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What can stand in the audit log.
    What {
        /// The vault was made.
        VaultCreated = "vault_created",
        /// A vault of an older Usher was brought up, and its administrator got a passphrase.
        VaultUpgraded = "vault_upgraded",
        /// The vault was unlocked.
        Unlocked = "unlocked",
        /// Somebody tried to unlock the vault and was refused.
        UnlockRefused = "unlock_refused",
        /// The vault was locked.
        Locked = "locked",
        /// The vault was opened although it is not as it was left.
        OpenedAsFound = "opened_as_found",
        /// The vault as it was found was taken for the true one.
        AcceptedAsFound = "accepted_as_found",
        /// Somebody failed to prove that it is still them.
        VerifyFailed = "verify_failed",
        /// A person came in with the administrator's code and chose a passphrase.
        Enrolled = "enrolled",
        /// A person changed their passphrase.
        PassphraseChanged = "passphrase_changed",
        /// A person set a PIN.
        PinSet = "pin_set",
        /// A person did away with their PIN.
        PinRemoved = "pin_removed",
        /// A recovery kit was made.
        RecoveryKitMade = "recovery_kit_made",
        /// A device was taken off.
        DeviceRemoved = "device_removed",
        /// Everything was sealed with new keys.
        Rekeyed = "rekeyed",
        /// A person was added.
        PersonAdded = "person_added",
        /// A person was given a code to come in with.
        PersonInvited = "person_invited",
        /// A person's name, standing or being an administrator was changed.
        PersonChanged = "person_changed",
        /// A person was disabled.
        PersonDisabled = "person_disabled",
        /// A person was revoked.
        PersonRevoked = "person_revoked",
        /// A group was made or changed.
        GroupSaved = "group_saved",
        /// A group was removed.
        GroupRemoved = "group_removed",
        /// Settings for everybody were changed.
        SettingsChanged = "settings_changed",
        /// Inheritance, approval or tickets of a folder or entry were changed.
        PolicyChanged = "policy_changed",
        /// An entry, a folder or everything was locked for technicians.
        LockedForTechnicians = "locked_for_technicians",
        /// An entry or folder was moved.
        Moved = "moved",
        /// An entry was duplicated.
        Duplicated = "duplicated",
        /// Something was undone.
        Undone = "undone",
        /// An IT Glue account was added.
        AccountAdded = "account_added",
        /// Its key was replaced.
        KeyReplaced = "key_replaced",
        /// An account's key was tried for *Password Access*; the password was dropped unread.
        PasswordAccessTested = "password_access_tested",
        /// A person was given a key of their own.
        PersonKeySet = "person_key_set",
        /// A person's own key was taken away.
        PersonKeyRemoved = "person_key_removed",
        /// Usher was allowed to keep an account's keys alive.
        KeepAliveOn = "keep_alive_on",
        /// Usher was no longer allowed to.
        KeepAliveOff = "keep_alive_off",
        /// A key was used so that IT Glue does not revoke it.
        KeptAlive = "kept_alive",
        /// An IT Glue account was removed.
        AccountRemoved = "account_removed",
        /// A folder was made.
        FolderCreated = "folder_created",
        /// A folder was changed.
        FolderChanged = "folder_changed",
        /// A folder was deleted.
        FolderDeleted = "folder_deleted",
        /// A credential entry was made.
        CredentialCreated = "credential_created",
        /// A credential entry was renamed or annotated.
        CredentialChanged = "credential_changed",
        /// A credential entry was repointed.
        CredentialRepointed = "credential_repointed",
        /// A credential entry was deleted.
        CredentialDeleted = "credential_deleted",
        /// A session entry was made.
        SessionCreated = "session_created",
        /// A session entry was changed.
        SessionChanged = "session_changed",
        /// A session was given a credential, or its host was changed.
        SessionLinked = "session_linked",
        /// A session entry was deleted.
        SessionDeleted = "session_deleted",
        /// Rights were granted.
        Granted = "granted",
        /// Rights were revoked.
        Revoked = "revoked",
        /// Source was granted.
        SourceGranted = "source_granted",
        /// Source was revoked.
        SourceRevoked = "source_revoked",
        /// A host's certificate was trusted.
        CertificateTrusted = "certificate_trusted",
        /// A launch was asked for.
        Launch = "launch",
        /// A password was asked for to sign in to a host.
        SignIn = "sign_in",
        /// The host accepted the credential.
        HostAccepted = "host_accepted",
        /// The host refused the credential.
        HostRefused = "host_refused",
        /// A session ended.
        SessionEnded = "session_ended",
        /// A password was asked for to be shown.
        PasswordShown = "password_shown",
        /// A password was asked for to be copied.
        PasswordCopied = "password_copied",
        /// A record was asked to be shown in IT Glue itself; on record where it was denied.
        RecordPageOpened = "record_page_opened",
    }
}

words! {
    /// How it went.
    Outcome {
        /// About to happen; nothing is released before this is on record.
        Intended = "intended",
        /// It happened.
        Done = "done",
        /// Policy said no.
        Denied = "denied",
        /// The other side said no.
        Refused = "refused",
        /// It did not come about.
        Failed = "failed",
    }
}

/// A permit whose intent is on record. Only [`intend`] makes one.
pub struct Audited<A>(Permit<A>);

impl<A> Audited<A> {
    /// What it allows.
    #[must_use]
    pub fn action(&self) -> Action {
        self.0.action()
    }
}

/// Puts the intent on record; only then can the permit be used to fetch a password.
///
/// # Errors
/// [`Error::AuditUnavailable`]: it could not be written, and the permit is gone.
pub async fn intend<P: Ports, A: Recorded>(
    ports: &P,
    permit: Permit<A>,
    event: AuditEvent,
) -> Result<Audited<A>, Error> {
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event }).await?;
    Ok(Audited(permit))
}

/// Puts an event on record.
///
/// # Errors
/// [`Error::AuditUnavailable`].
pub async fn record<P: Ports>(ports: &P, event: AuditEvent) -> Result<(), Error> {
    ports.local().record(event).await.map_err(|_| Error::AuditUnavailable)
}

/// Does what an administrator asked for: the intent on record before it, and what came of it after.
///
/// # Errors
/// The deed's own; [`Error::AuditUnavailable`] where the intent could not be written, and then
/// nothing was done, or where only the intent could.
pub(crate) async fn carry_out<P: Ports>(
    ports: &P,
    event: AuditEvent,
    deed: impl Future<Output = Result<(), Error>> + Send,
) -> Result<(), Error> {
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let done = deed.await;
    let outcome = if done.is_ok() { Outcome::Done } else { Outcome::Failed };
    let recorded = record(ports, AuditEvent { outcome, ..event }).await;
    done.and(recorded)
}

/// Rows of the audit log, newest first, with the book that knows people's names.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator.
pub async fn newest<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    before: Option<u64>,
    limit: usize,
) -> Result<(Arc<Book>, Vec<AuditRow>), Error> {
    let actor = crate::actor::now(ports, unlock).await?;
    drop(actor.administers(Action::ReadAudit)?);
    let rows = ports.local().newest(before, limit).await?;
    Ok((actor.book, rows))
}

/// An event that happened now, to be refined with struct update.
pub fn event<P: Ports>(
    ports: &P,
    person: PersonId,
    what: What,
    on: impl Into<String>,
) -> AuditEvent {
    AuditEvent {
        at: ports.clock().now(),
        person,
        what,
        on: on.into(),
        outcome: Outcome::Done,
        details: Vec::new(),
        run: None,
    }
}
