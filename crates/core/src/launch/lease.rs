//! The promise of a secret: what an injector holds until it needs the value.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::course::{Course, Terms, outcome_of};
use super::refusals::Credential;
use super::renewal::Renewable;
use super::scope;
use crate::actor::Actor;
use crate::audit::{self, Outcome, What};
use crate::entry::{CredentialEntry, PasswordRecord, UserName, Version};
use crate::error::{LeaseError, SourceError};
use crate::ids::{ConnectionId, CredentialEntryId, PasswordId};
use crate::policy::{Given, Launch, Permit, may_launch};
use crate::ports::{
    Again, Clock, FetchedPassword, Lease, Notice, Notices, Outcome as Seen, Ports, RecordAddress,
    SignIn, Source, Takes,
};

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

    /// Policy's agreement as of now: the vault unlocked, both entries as they were at the launch.
    pub(super) async fn agreed<P: Ports>(
        &self,
        ports: &P,
        terms: &Terms,
        given: Given<'_>,
    ) -> Result<(Actor, Permit<Launch>), LeaseError> {
        let asked = terms.asked(ports).await?;
        let session = terms.session(&asked)?;
        let credential = asked.book.credentials.get(&self.credential);
        let credential = credential.filter(|c| c.version == self.credential_version);
        let credential = credential.ok_or(LeaseError::Superseded)?;
        let permit = may_launch(&asked.book, asked.person, session, credential, given);
        let permit = permit.map_err(LeaseError::Denied)?;
        Ok((asked, permit))
    }
}

/// A lease: one sign-in with one record at one host, until its deadline, if all is still so.
pub struct SecretLease<P: Ports> {
    course: Course<P>,
    renewable: Renewable,
    uses_left: u8,
    /// Why the next sign-in is made. A launch is a click.
    why: Again,
    used: Mutex<Option<PasswordRecord>>,
}

impl<P: Ports> SecretLease<P> {
    pub(super) fn new(ports: Arc<P>, renewable: Renewable, patience: Duration) -> Self {
        let (terms, tried) = (renewable.terms.clone(), renewable.meant.tried());
        let course = Course::new(ports, terms, tried, patience);
        Self { course, renewable, uses_left: 1, why: Again::Asked, used: Mutex::new(None) }
    }

    fn spend(&mut self) -> Result<(), LeaseError> {
        self.course.in_time()?;
        self.uses_left = self.uses_left.checked_sub(1).ok_or(LeaseError::Spent)?;
        Ok(())
    }

    fn note(&self, record: &PasswordRecord, user: &UserName) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.clone());
        self.course.ports.notices().tell(Notice::SigningInAs {
            run: self.course.terms.run,
            user: user.clone(),
            record: Some(record.clone()),
        });
    }

    async fn agreed(&self) -> Result<(Actor, Permit<Launch>), LeaseError> {
        let (terms, ports) = (&self.course.terms, self.course.ports.as_ref());
        self.renewable.meant.agreed(ports, terms, terms.agreed.given()).await
    }

    async fn release(&mut self) -> Result<SignIn, Withheld> {
        // A password that the host refused does not go there once more by itself.
        self.course.turn(self.why).await?;
        self.spend()?;
        let (terms, ports) = (&self.course.terms, self.course.ports.as_ref());
        let meant = &self.renewable.meant;
        // 6a still unlocked, both entries as they were  6b policy again
        let (Actor { person, book, .. }, permit) = self.agreed().await?;
        let credential = book.credentials.get(&meant.credential).ok_or(LeaseError::Superseded)?;
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
            password: meant.record.clone(),
        };
        let fetched = ports.source().password(audited, &address).await;
        crate::accounts::learn_from_password(ports, address.key, &fetched).await;
        let FetchedPassword { record, secret } = fetched.map_err(LeaseError::Source)?;
        if let Err(error) = scope::check(credential, &record) {
            return Err(Withheld::by_scope(credential, &record, error));
        }
        if record.id != meant.record {
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
    async fn take(&mut self, takes: Takes) -> Result<SignIn, LeaseError> {
        match self.release().await {
            Ok(released) => {
                self.course.given(takes);
                Ok(released)
            }
            Err(Withheld { error, outcome }) => Err(self.course.withheld(error, outcome).await),
        }
    }

    async fn withdrawn(&self) {
        self.course.withdrawn().await;
    }

    async fn unjudged(&self) {
        self.course.unjudged().await;
    }

    async fn renew(&mut self, why: Again) -> Result<(), LeaseError> {
        let ports = self.course.ports.as_ref();
        let blindly = why == Again::LineLost && self.course.is_unsaid();
        let given = self.course.terms.agreed.given();
        let unlock = self.renewable.may(ports, given, blindly).await?;
        self.renewable.count(ports.clock().uptime(), why);
        // The vault may have been locked and unlocked since; whose launch it is stays the same.
        self.course.terms.unlock = unlock;
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
