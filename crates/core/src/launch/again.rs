//! *Sign in again*: whether a person may have a launch that runs signed in anew, asked before anything
//! of it is touched, and no less than the lease asks when the client has come back.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::course::outcome_of;
use super::{Renewable, UnlockId};
use crate::Answers;
use crate::actor;
use crate::asked::Answered;
use crate::audit::{self, Ticket, What};
use crate::error::{Error, LeaseError, Missing, StoreError};
use crate::policy::{Given, Lacking};
use crate::ports::{Clock, Ports};
use crate::time::{Moment, Uptime};

/// How long a proof is good for the sign-ins of the same launch that a person asks for. A line that was
/// lost is signed in again without one: that is the same session, and goes by itself.
pub const PROOF_LASTS: Duration = Duration::from_mins(5);

/// What was answered at a launch, for its sign-ins. Holds no secret.
#[derive(Debug, Clone)]
pub(super) struct Agreed {
    ticket: Option<Ticket>,
    proved: Arc<Mutex<Option<Proved>>>,
}

/// When it was last proved, by both clocks: one stands still while the computer sleeps, the other can
/// be set.
#[derive(Debug, Clone, Copy)]
struct Proved {
    wall: Moment,
    uptime: Uptime,
}

impl Proved {
    fn now(clock: &impl Clock) -> Self {
        Self { wall: clock.now(), uptime: clock.uptime() }
    }

    fn is_fresh(self, clock: &impl Clock) -> bool {
        let uptime = clock.uptime().0.saturating_sub(self.uptime.0);
        uptime.max(clock.now().since(self.wall)) <= PROOF_LASTS
    }
}

impl Agreed {
    pub(super) fn new(answered: &Answered, clock: &impl Clock) -> Self {
        let proved = answered.confirmed.then(|| Proved::now(clock));
        Self { ticket: answered.ticket.clone(), proved: Arc::new(Mutex::new(proved)) }
    }

    /// What was answered, whenever that was.
    pub(super) fn given(&self) -> Given<'_> {
        Given { confirmed: self.proved().is_some(), ticket: self.ticket.as_ref() }
    }

    /// The same, where a proof that is too old is none.
    fn given_lately(&self, clock: &impl Clock) -> Given<'_> {
        let confirmed = self.proved().is_some_and(|proved| proved.is_fresh(clock));
        Given { confirmed, ticket: self.ticket.as_ref() }
    }

    fn proved(&self) -> Option<Proved> {
        *self.proved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prove(&self, clock: &impl Clock) {
        let proved = Some(Proved::now(clock));
        *self.proved.lock().unwrap_or_else(PoisonError::into_inner) = proved;
    }
}

/// Whether the person may have it signed in anew. Where the launch asks for proof, one that is older
/// than [`PROOF_LASTS`] has to be given once more.
///
/// # Errors
/// [`Error::Denied`], where only the proof is missing too; [`Error::Access`] where the proof is none;
/// [`Error::Lease`] with what the lease would end the session with; [`Error::NotFound`] where it is
/// another person's; [`Error::Locked`], [`Error::Store`]. The session goes on as it is.
pub async fn run<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    renewable: &Renewable,
    answers: Answers,
) -> Result<(), Error> {
    let (terms, clock) = (&renewable.terms, ports.clock());
    // 1 the proof, if there is one
    let asked = actor::now(ports, unlock).await?;
    if asked.person != terms.person {
        return Err(Error::NotFound(Missing::Run));
    }
    if answers.look(ports, &asked, &terms.session_name).await?.confirmed {
        terms.agreed.prove(clock);
    }
    // 2 may it be signed in anew, as of now? Looking at the proof took its time.
    match renewable.may(ports, terms.agreed.given_lately(clock), false).await {
        Ok(_) => Ok(()),
        // A question, not an end: nothing was tried yet.
        Err(LeaseError::Denied(denied)) if denied.lacking == Lacking::Confirmation => {
            Err(Error::Denied(denied))
        }
        Err(refused) => {
            let (event, outcome) = (terms.event(ports, What::SignIn), outcome_of(&refused));
            let error = told(ports, unlock, refused).await;
            Err(audit::not_done(ports, event, outcome, error).await)
        }
    }
}

/// What the person reads, whose vault was open a moment ago.
async fn told<P: Ports>(ports: &P, unlock: UnlockId, refused: LeaseError) -> Error {
    match refused {
        // Where theirs is open all the same, it does not count for a launch of another unlock.
        LeaseError::Locked => {
            let as_found = Error::Store(StoreError::ReadOnlyAsFound);
            actor::now(ports, unlock).await.err().unwrap_or(as_found)
        }
        LeaseError::Denied(denied) => Error::Denied(denied),
        LeaseError::Store(error) => Error::from(error),
        error @ (LeaseError::Superseded
        | LeaseError::Expired
        | LeaseError::Spent
        | LeaseError::AuditUnavailable
        | LeaseError::Source(_)
        | LeaseError::UserName(_)
        | LeaseError::Password(_)
        | LeaseError::RefusedBefore
        | LeaseError::TooOften
        | LeaseError::TypedOnce) => Error::Lease(error),
    }
}
