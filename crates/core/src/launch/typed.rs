//! *Ask me*: what a person typed, given to the injector once and forgotten.

use std::sync::Arc;
use std::time::Duration;

use super::course::{Course, Terms, outcome_of};
use super::refusals::Credential;
use crate::audit::{self, What};
use crate::error::LeaseError;
use crate::policy::may_ask_me;
use crate::ports::{Again, Lease, Notice, Notices, Outcome as Seen, Ports, SignIn, Takes};

/// A lease over what a person typed: one sign-in, and no other. A line that was lost cannot be
/// signed in again from it, since nothing is kept.
pub struct TypedLease<P: Ports> {
    course: Course<P>,
    typed: Option<SignIn>,
}

impl<P: Ports> TypedLease<P> {
    pub(super) fn new(ports: Arc<P>, terms: Terms, typed: SignIn, patience: Duration) -> Self {
        let with = Credential::typed(&typed.user.shown());
        Self { course: Course::new(ports, terms, with, patience), typed: Some(typed) }
    }

    /// Whatever comes of it, it is forgotten here.
    async fn release(&mut self) -> Result<SignIn, LeaseError> {
        let typed = self.typed.take().ok_or(LeaseError::TypedOnce)?;
        self.course.turn(Again::Asked).await?;
        self.course.in_time()?;
        let (terms, ports) = (&self.course.terms, self.course.ports.as_ref());
        // 6a still unlocked, the session as it was  6b policy again
        let asked = terms.asked(ports).await?;
        let session = terms.session(&asked)?;
        let given = terms.agreed.given();
        let permit = may_ask_me(&asked.book, asked.person, session, given);
        let permit = permit.map_err(LeaseError::Denied)?;
        // 6c the intent on record, and that the person typed it, or nothing is released
        self.course.intends();
        let intended = audit::intend(ports, permit, terms.event(ports, What::SignIn)).await;
        let _on_record = intended.map_err(|_| LeaseError::AuditUnavailable)?;
        let by_person = terms.event(ports, What::TypedByPerson);
        audit::record(ports, by_person).await.map_err(|_| LeaseError::AuditUnavailable)?;
        let (run, user) = (terms.run, typed.user.clone());
        ports.notices().tell(Notice::SigningInAs { run, user, record: None });
        Ok(typed)
    }
}

impl<P: Ports> Lease for TypedLease<P> {
    async fn take(&mut self, takes: Takes) -> Result<SignIn, LeaseError> {
        match self.release().await {
            Ok(typed) => {
                self.course.given(takes);
                Ok(typed)
            }
            Err(error) => {
                let outcome = outcome_of(&error);
                Err(self.course.withheld(error, outcome).await)
            }
        }
    }

    async fn withdrawn(&self) {
        self.course.withdrawn().await;
    }

    async fn unjudged(&self) {
        self.course.unjudged().await;
    }

    async fn renew(&mut self, _: Again) -> Result<(), LeaseError> {
        Err(LeaseError::TypedOnce)
    }

    async fn unlocked(&self) {
        self.course.unlocked().await;
    }

    async fn report(&self, seen: Seen) {
        self.course.report(None, seen).await;
    }
}
