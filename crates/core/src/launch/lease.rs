//! The promise of a secret: what an injector holds until it needs the value.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::course::{Course, Terms, outcome_of};
use super::refusals::Credential;
use super::{UnlockId, scope};
use crate::actor::Actor;
use crate::audit::{self, Outcome, What};
use crate::entry::{CredentialEntry, PasswordRecord, UserName, Version};
use crate::error::{LeaseError, SourceError};
use crate::ids::{ConnectionId, CredentialEntryId, PasswordId};
use crate::policy::{Launch, Permit, may_launch};
use crate::ports::{
    Again, Clock, FetchedPassword, Lease, Notice, Notices, Outcome as Seen, Ports, RecordAddress,
    SignIn, Source, Unlocks,
};
use crate::time::Uptime;

/// The password that a lease is for.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    credential: CredentialEntryId,
    credential_version: Version,
    connection: ConnectionId,
    record: PasswordId,
}

impl Meant {
    pub(super) fn new(credential: &CredentialEntry, record: PasswordId) -> Self {
        Self {
            credential: credential.id,
            credential_version: credential.version,
            connection: credential.connection,
            record,
        }
    }

    pub(super) fn record(&self) -> &PasswordId {
        &self.record
    }

    fn tried(&self) -> Credential {
        Credential::Record(self.connection, self.record.clone())
    }
}

/// How often a session may be signed in to anew within [`RENEWALS_WITHIN`].
const MOST_RENEWALS: usize = 10;
/// The same by itself, where the host does not say that anybody is signed in: each time may be one more
/// wrong password, and a few of them lock an account out.
const MOST_UNSAID: usize = 2;
const RENEWALS_WITHIN: Duration = Duration::from_mins(10);

/// A lease: one sign-in with one record at one host, until its deadline, if all is still so.
pub struct SecretLease<P: Ports> {
    course: Course<P>,
    meant: Meant,
    uses_left: u8,
    /// Why the next sign-in is made. A launch is a click.
    why: Again,
    renewed: Vec<(Uptime, Again)>,
    used: Mutex<Option<PasswordRecord>>,
}

impl<P: Ports> SecretLease<P> {
    pub(super) fn new(ports: Arc<P>, terms: Terms, meant: Meant, patience: Duration) -> Self {
        let course = Course::new(ports, terms, meant.tried(), patience);
        let (why, renewed) = (Again::Asked, Vec::new());
        Self { course, meant, uses_left: 1, why, renewed, used: Mutex::new(None) }
    }

    fn spend(&mut self) -> Result<(), LeaseError> {
        self.course.in_time()?;
        self.uses_left = self.uses_left.checked_sub(1).ok_or(LeaseError::Spent)?;
        Ok(())
    }

    /// A line that breaks again and again, or a client that makes it so, does not have the password
    /// fetched without end.
    fn count(&mut self, why: Again) -> Result<(), LeaseError> {
        let now = self.course.ports.clock().uptime();
        self.renewed.retain(|(at, _)| now.0.saturating_sub(at.0) < RENEWALS_WITHIN);
        let by_itself = self.renewed.iter().filter(|(_, why)| *why == Again::LineLost).count();
        let blindly = why == Again::LineLost && self.course.is_unsaid() && by_itself >= MOST_UNSAID;
        if blindly || self.renewed.len() >= MOST_RENEWALS {
            return Err(LeaseError::TooOften);
        }
        self.renewed.push((now, why));
        Ok(())
    }

    /// The launch's own unlock while it is open, else another one of the same person.
    fn unlock_now(&self) -> Option<UnlockId> {
        let (terms, unlocks) = (&self.course.terms, self.course.ports.unlocks());
        let own = unlocks.person(terms.unlock) == Some(terms.person);
        if own { Some(terms.unlock) } else { unlocks.open_for(terms.person) }
    }

    fn note(&self, record: &PasswordRecord, user: &UserName) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.clone());
        self.course.ports.notices().tell(Notice::SigningInAs {
            run: self.course.terms.run,
            user: user.clone(),
            record: Some(record.clone()),
        });
    }

    /// Policy's agreement as of now: the vault unlocked, both entries as they were at the launch.
    async fn agreed(&self) -> Result<(Actor, Permit<Launch>), LeaseError> {
        let terms = &self.course.terms;
        let asked = terms.asked(self.course.ports.as_ref()).await?;
        let session = terms.session(&asked)?;
        let credential = asked.book.credentials.get(&self.meant.credential);
        let credential = credential.filter(|c| c.version == self.meant.credential_version);
        let credential = credential.ok_or(LeaseError::Superseded)?;
        let given = terms.agreed.given();
        let permit = may_launch(&asked.book, asked.person, session, credential, given);
        let permit = permit.map_err(LeaseError::Denied)?;
        Ok((asked, permit))
    }

    async fn release(&mut self) -> Result<SignIn, Withheld> {
        // A password that the host refused does not go there once more by itself.
        self.course.turn(self.why).await?;
        self.spend()?;
        let (terms, ports) = (&self.course.terms, self.course.ports.as_ref());
        // 6a still unlocked, both entries as they were  6b policy again
        let (Actor { person, book, .. }, permit) = self.agreed().await?;
        let credential =
            book.credentials.get(&self.meant.credential).ok_or(LeaseError::Superseded)?;
        // 6c the intent on record, or nothing is released
        self.course.intends();
        let audited = audit::intend(ports, permit, terms.event(ports, What::SignIn))
            .await
            .map_err(|_| LeaseError::AuditUnavailable)?;
        // 6d fetch one password; its id and organization are checked by the source and again here
        let connection = book.connection(credential.connection);
        let connection = connection.map_err(|_| LeaseError::Superseded)?;
        let address = RecordAddress {
            key: book.key_in_use(connection, person),
            organization: credential.organization.id.clone(),
            password: self.meant.record.clone(),
        };
        let fetched = ports.source().password(audited, &address).await;
        crate::accounts::learn_from_password(ports, address.key, &fetched).await;
        let FetchedPassword { record, secret } = fetched.map_err(LeaseError::Source)?;
        if let Err(error) = scope::check(credential, &record) {
            return Err(Withheld::by_scope(credential, &record, error));
        }
        if record.id != self.meant.record {
            return Err(LeaseError::Source(SourceError::ForeignAnswer).into());
        }
        let user = UserName::parse(record.username.as_deref().unwrap_or_default())
            .map_err(LeaseError::UserName)?;
        secret.check().map_err(LeaseError::Password)?;
        // 6e IT Glue took its time: what was agreed to is still so, or the password is wiped
        drop(self.agreed().await?);
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
        let outcome = outcome_of(&error);
        Self { error, outcome }
    }
}

impl<P: Ports> Lease for SecretLease<P> {
    async fn take(&mut self) -> Result<SignIn, LeaseError> {
        match self.release().await {
            Ok(released) => {
                self.course.settled();
                Ok(released)
            }
            Err(Withheld { error, outcome }) => Err(self.course.withheld(error, outcome).await),
        }
    }

    async fn withdrawn(&self) {
        self.course.withdrawn().await;
    }

    async fn renew(&mut self, why: Again) -> Result<(), LeaseError> {
        // The vault may have been locked and unlocked since; whose launch it is stays the same.
        self.course.terms.unlock = self.unlock_now().ok_or(LeaseError::Locked)?;
        drop(self.agreed().await?);
        self.count(why)?;
        self.course.extend();
        (self.uses_left, self.why) = (1, why);
        Ok(())
    }

    async fn unlocked(&self) {
        self.course.unlocked().await;
    }

    async fn report(&self, seen: Seen) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.course.report(used.as_ref(), seen).await;
    }
}
