//! *Sign in again*: whether a person may have a launch that runs signed in anew, asked before anything
//! of it is touched. The lease asks policy once more when the client has come back.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{UnlockId, Wanted, find};
use crate::Answers;
use crate::actor::{self, Actor};
use crate::asked::Answered;
use crate::audit::{self, About, AuditEvent, Outcome, Ticket, What};
use crate::error::{Error, Rule};
use crate::ids::RunId;
use crate::policy::{Denied, Given, Lacking, may_launch};
use crate::ports::{Clock, Ports};
use crate::time::{Moment, Uptime};

/// How long a proof is good for the sign-ins of the same launch that a person asks for. A line that was
/// lost is signed in again without one: that is the same session, and goes by itself.
pub const PROOF_LASTS: Duration = Duration::from_mins(5);

/// What a launch that runs was agreed to with; its lease has the same. Holds no secret.
#[derive(Debug, Clone)]
pub struct Agreed {
    run: RunId,
    wanted: Wanted,
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
    pub(super) fn new(
        run: RunId,
        wanted: &Wanted,
        answered: &Answered,
        clock: &impl Clock,
    ) -> Self {
        let proved = answered.confirmed.then(|| Proved::now(clock));
        let (wanted, ticket) = (wanted.clone(), answered.ticket.clone());
        Self { run, wanted, ticket, proved: Arc::new(Mutex::new(proved)) }
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
/// [`Error::NotFound`], [`Error::Locked`], [`Error::Store`]. The session goes on as it is.
pub async fn run<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    agreed: &Agreed,
    answers: Answers,
) -> Result<(), Error> {
    // 1 the proof, if there is one
    let asked = actor::now(ports, unlock).await?;
    let on = asked.book.session(agreed.wanted.session)?.name.to_string();
    if answers.look(ports, &asked, &on).await?.confirmed {
        agreed.prove(ports.clock());
    }
    // Looking at the proof took its time.
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let (session, credential) = find(&book, &agreed.wanted)?;
    let nothing_to_fetch = Error::Invalid { field: "run", rule: Rule::NotApplicable };
    let credential = credential.ok_or(nothing_to_fetch)?;
    // 2 may launch, as of now?
    let given = agreed.given_lately(ports.clock());
    let Err(denied) = may_launch(&book, person, session, credential, given) else { return Ok(()) };
    if denied.lacking == Lacking::Confirmation {
        return Err(Error::Denied(denied)); // a question, not an end: nothing was tried yet
    }
    let about = About::session(session, Some(credential)).for_ticket(agreed.ticket.clone());
    let event = audit::event(ports, person, What::SignIn, on);
    let event = AuditEvent { about, run: Some(agreed.run), ..event };
    Err(refused(ports, event, denied).await)
}

async fn refused<P: Ports>(ports: &P, event: AuditEvent, denied: Denied) -> Error {
    audit::not_done(ports, event, Outcome::Denied, Error::Denied(denied)).await
}
