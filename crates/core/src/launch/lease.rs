//! The promise of a secret: what an injector holds until it needs the value.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::{PATIENCE, UnlockId, outcome, scope};
use crate::actor::{self, Actor};
use crate::asked::Answered;
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::entry::{CredentialEntry, PasswordRecord, SessionEntry, UserName, Version};
use crate::error::{Error, LeaseError, SourceError};
use crate::ids::{CredentialEntryId, PasswordId, PersonId, RunId, SessionEntryId};
use crate::policy::{Launch, Permit, may_launch};
use crate::ports::{
    Clock, FetchedPassword, Lease, Notice, Notices, Outcome as Seen, Ports, RecordAddress, SignIn,
    Source, Unlocks,
};
use crate::time::Uptime;

/// What a lease was given for; anything else than exactly this ends it.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) unlock: UnlockId,
    pub(super) person: PersonId,
    pub(super) run: RunId,
    pub(super) session: SessionEntryId,
    session_version: Version,
    pub(super) session_name: String,
    pub(super) about: About,
    credential: CredentialEntryId,
    credential_version: Version,
    record: PasswordId,
    pub(super) answered: Answered,
}

impl Terms {
    pub(super) fn new(
        (unlock, person): (UnlockId, PersonId),
        run: RunId,
        (session, credential): (&SessionEntry, &CredentialEntry),
        record: PasswordId,
        answered: Answered,
    ) -> Self {
        Self {
            unlock,
            person,
            run,
            session: session.id,
            session_version: session.version,
            session_name: session.name.to_string(),
            about: About::session(session, Some(credential))
                .with_record(&record)
                .for_ticket(answered.ticket.clone()),
            credential: credential.id,
            credential_version: credential.version,
            record,
            answered,
        }
    }
}

/// A lease: one sign-in with one record at one host, until its deadline, if all is still so.
pub struct SecretLease<P: Ports> {
    ports: Arc<P>,
    terms: Terms,
    deadline: Uptime,
    uses_left: u8,
    used: Mutex<Option<PasswordRecord>>,
    accepted: OnceLock<Uptime>,
}

impl<P: Ports> SecretLease<P> {
    pub(super) fn new(ports: Arc<P>, terms: Terms) -> Self {
        // The client has PATIENCE to come; the host's side of the handshake gets as long again.
        let deadline = ports.clock().uptime().plus(PATIENCE.saturating_mul(2));
        let (used, accepted) = (Mutex::new(None), OnceLock::new());
        Self { ports, terms, deadline, uses_left: 1, used, accepted }
    }

    fn spend(&mut self) -> Result<(), LeaseError> {
        if self.ports.clock().uptime() > self.deadline {
            return Err(LeaseError::Expired);
        }
        self.uses_left = self.uses_left.checked_sub(1).ok_or(LeaseError::Spent)?;
        Ok(())
    }

    /// How long the session has been up, once the host has accepted it.
    fn up(&self, seen: &Seen) -> Option<Duration> {
        let now = self.ports.clock().uptime();
        if matches!(seen, Seen::HostAccepted) {
            self.accepted.get_or_init(|| now);
        }
        self.accepted.get().map(|since| now.0.saturating_sub(since.0))
    }

    fn note(&self, record: &PasswordRecord, user: &UserName) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.clone());
        self.ports.notices().tell(Notice::SigningInAs {
            run: self.terms.run,
            user: user.clone(),
            record: record.clone(),
        });
    }

    async fn release(&mut self) -> Result<SignIn, Withheld> {
        self.spend()?;
        let terms = &self.terms;
        let ports = self.ports.as_ref();
        // 6a still unlocked, both entries as they were  6b policy again
        let (Actor { person, book, .. }, permit) = terms.agreed(ports).await?;
        let credential = book.credentials.get(&terms.credential).ok_or(LeaseError::Superseded)?;
        // 6c the intent on record, or nothing is released
        let audited = audit::intend(ports, permit, terms.sign_in_event(ports))
            .await
            .map_err(|_| LeaseError::AuditUnavailable)?;
        // 6d fetch one password; its id and organization are checked by the source and again here
        let connection = book.connection(credential.connection);
        let connection = connection.map_err(|_| LeaseError::Superseded)?;
        let address = RecordAddress {
            key: book.key_in_use(connection, person),
            organization: credential.organization.id.clone(),
            password: terms.record.clone(),
        };
        let fetched = ports.source().password(audited, &address).await;
        crate::accounts::learn_from_password(ports, address.key, &fetched).await;
        let FetchedPassword { record, secret } = fetched.map_err(LeaseError::Source)?;
        if let Err(error) = scope::check(credential, &record) {
            return Err(Withheld::by_scope(credential, &record, error));
        }
        if record.id != terms.record {
            return Err(LeaseError::Source(SourceError::ForeignAnswer).into());
        }
        let user = UserName::parse(record.username.as_deref().unwrap_or_default())
            .map_err(LeaseError::UserName)?;
        // 6e IT Glue took its time: what was agreed to is still so, or the password is wiped
        drop(terms.agreed(ports).await?);
        self.note(&record, &user);
        Ok(SignIn { user, password: secret })
    }
}

/// Why the password was not given, for the injector and for the log. A record outside the entry's
/// scope is not found as far as anybody is told, and denied as far as the log is.
struct Withheld {
    error: LeaseError,
    outcome: Outcome,
}

impl Withheld {
    fn by_scope(entry: &CredentialEntry, record: &PasswordRecord, error: SourceError) -> Self {
        let outside = scope::is_outside(entry, record);
        let outcome = if outside { Outcome::Denied } else { Outcome::Failed };
        Self { error: LeaseError::Source(error), outcome }
    }
}

impl From<LeaseError> for Withheld {
    fn from(error: LeaseError) -> Self {
        let outcome = match &error {
            LeaseError::Denied(_) => Outcome::Denied,
            LeaseError::Locked
            | LeaseError::Superseded
            | LeaseError::Expired
            | LeaseError::Spent
            | LeaseError::AuditUnavailable
            | LeaseError::Source(_)
            | LeaseError::UserName(_)
            | LeaseError::TypedOnce
            | LeaseError::Store(_) => Outcome::Failed,
        };
        Self { error, outcome }
    }
}

/// Why nobody is behind the lease any more.
fn gone(error: Error) -> LeaseError {
    if let Error::Store(error) = error { LeaseError::Store(error) } else { LeaseError::Locked }
}

impl Terms {
    /// Policy's agreement as of now: the vault unlocked, both entries as they were at the launch.
    async fn agreed<P: Ports>(&self, ports: &P) -> Result<(Actor, Permit<Launch>), LeaseError> {
        let asked = actor::now(ports, self.unlock).await.map_err(gone)?;
        let session = asked.book.sessions.get(&self.session);
        let session = session.filter(|s| s.version == self.session_version);
        let credential = asked.book.credentials.get(&self.credential);
        let credential = credential.filter(|c| c.version == self.credential_version);
        let (Some(session), Some(credential)) = (session, credential) else {
            return Err(LeaseError::Superseded);
        };
        let given = self.answered.given();
        let permit = may_launch(&asked.book, asked.person, session, credential, given);
        let permit = permit.map_err(LeaseError::Denied)?;
        Ok((asked, permit))
    }

    fn sign_in_event<P: Ports>(&self, ports: &P) -> AuditEvent {
        AuditEvent {
            run: Some(self.run),
            about: self.about.clone(),
            ..audit::event(ports, self.person, What::SignIn, self.session_name.as_str())
        }
    }
}

impl<P: Ports> Lease for SecretLease<P> {
    async fn take(&mut self) -> Result<SignIn, LeaseError> {
        let Withheld { error, outcome } = match self.release().await {
            Ok(released) => return Ok(released),
            Err(withheld) => withheld,
        };
        let event = AuditEvent { outcome, ..self.terms.sign_in_event(self.ports.as_ref()) };
        // Nothing was released, so a log that cannot be written loses no release; the session's end
        // carries the reason to the window.
        let unwritten: Option<Error> = audit::record(self.ports.as_ref(), event).await.err();
        Err(unwritten.map_or(error, |_| LeaseError::AuditUnavailable))
    }

    async fn renew(&mut self) -> Result<(), LeaseError> {
        let ports = self.ports.as_ref();
        // The vault may have been locked and unlocked since; whose launch it is stays the same.
        let unlock = ports.unlocks().open_for(self.terms.person).ok_or(LeaseError::Locked)?;
        self.terms.unlock = unlock;
        drop(self.terms.agreed(ports).await?);
        self.deadline = ports.clock().uptime().plus(PATIENCE.saturating_mul(2));
        self.uses_left = 1;
        Ok(())
    }

    async fn unlocked(&self) {
        self.ports.unlocks().opened(self.terms.person).await;
    }

    async fn report(&self, seen: Seen) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let known = (used.as_ref(), self.up(&seen));
        outcome::keep(self.ports.as_ref(), &self.terms, known, &seen).await;
        self.ports.notices().tell(Notice::Run { run: self.terms.run, outcome: seen });
    }
}
