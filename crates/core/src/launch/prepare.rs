//! The first half of a launch: may it be, and is a choice needed?

use super::{UnlockId, Wanted, find, unsupported};
use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::entry::{
    Approval, CredentialEntry, CredentialTarget, Credentials, KeyInUse, ListScope, Organization,
    SessionEntry, TicketPolicy,
};
use crate::error::Error;
use crate::ids::{ConnectionId, PersonId};
use crate::policy::{Denied, List, Permit, could_ask_me, may_list};
use crate::ports::{Batch, ListPermit, OnStep, Ports, PreflightError, Source, Step};

/// What a launch needs.
pub struct Prepared {
    /// What comes next.
    pub plan: Plan,
    /// What is asked for of a ticket.
    pub tickets: TicketPolicy,
    /// The person has to prove again who they are.
    pub proof: bool,
}

/// What comes next.
pub enum Plan {
    /// Launch right away: one password.
    Ready,
    /// The person chooses from this list first.
    Pick(Box<PickList>),
    /// The person types user and password first.
    AskMe {
        /// The host that they will be sent to.
        host: String,
    },
    /// The session has no credential.
    NoCredential,
}

/// A list that this person may see now. Good for reading it once.
pub struct PickList {
    permit: Permit<List>,
    connection: ConnectionId,
    key: KeyInUse,
    scope: ListScope,
    /// The organization listed.
    pub organization: Organization,
    /// The host that the choice will be sent to.
    pub host: String,
}

/// Finds out what a launch needs. Nothing is started and nothing fetched.
///
/// # Errors
/// [`Error::Locked`], [`Error::Denied`], [`Error::NotFound`], [`Error::Store`]; [`Error::Preflight`]
/// where the session needs what this release cannot do.
pub async fn run<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    wanted: &Wanted,
) -> Result<Prepared, Error> {
    // 1 session, its credential
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let (session, credential) = find(&book, wanted)?;
    let Some(credential) = credential else {
        if session.credentials == Credentials::AskMe {
            return ask_me(ports, (&book, person), session).await;
        }
        let tickets = TicketPolicy::Off;
        return Ok(Prepared { plan: Plan::NoCredential, tickets, proof: false });
    };
    // 2 may launch?
    let permit = match may_list(&book, person, session, credential) {
        Ok(permit) => permit,
        Err(lacks) => return Err(denied(ports, person, (session, Some(credential)), lacks).await),
    };
    if let Some(why) = unsupported(session) {
        return Err(Error::Preflight(PreflightError::Unsupported(why)));
    }
    // 3 one password: ready; a list: rows in scope
    let plan = match &credential.target {
        CredentialTarget::Specific(_) => Plan::Ready,
        CredentialTarget::AlwaysPromptWithList(scope) => {
            let key = book.key_in_use(book.connection(credential.connection)?, person);
            let host = session.kind.host().to_string();
            Plan::Pick(Box::new(pick_list(permit, key, credential, scope, host)))
        }
    };
    let tickets = book.tickets_of(Some(credential), Some(session));
    let asks = book.approval_of(credential, Some(session)).launch;
    Ok(Prepared { plan, tickets, proof: asks == Approval::Verify })
}

/// What a launch needs with what the person types.
async fn ask_me<P: Ports>(
    ports: &P,
    (book, person): (&Book, PersonId),
    session: &SessionEntry,
) -> Result<Prepared, Error> {
    if let Err(lacks) = could_ask_me(book, person, session) {
        return Err(denied(ports, person, (session, None), lacks).await);
    }
    if let Some(why) = unsupported(session) {
        return Err(Error::Preflight(PreflightError::Unsupported(why)));
    }
    let plan = Plan::AskMe { host: session.kind.host().to_string() };
    let tickets = book.tickets_of(None, Some(session));
    let asks = book.folder_approval(session.folder).launch;
    Ok(Prepared { plan, tickets, proof: asks == Approval::Verify })
}

async fn denied<P: Ports>(
    ports: &P,
    person: PersonId,
    (session, credential): (&SessionEntry, Option<&CredentialEntry>),
    denied: Denied,
) -> Error {
    let event = audit::event(ports, person, What::Launch, session.name.as_str());
    let about = About::session(session, credential);
    let event = AuditEvent { about, ..event };
    audit::not_done(ports, event, Outcome::Denied, Error::Denied(denied)).await
}

fn pick_list(
    permit: Permit<List>,
    key: KeyInUse,
    credential: &CredentialEntry,
    scope: &ListScope,
    host: String,
) -> PickList {
    let (connection, organization) = (credential.connection, credential.organization.clone());
    PickList { permit, connection, key, scope: scope.clone(), organization, host }
}

impl PickList {
    /// The account it is read from.
    #[must_use]
    pub fn connection(&self) -> ConnectionId {
        self.connection
    }

    /// Streams the rows that lie in the entry's scope. Dropping it ends it.
    ///
    /// # Errors
    /// [`Error::Source`]; rows that came before it were passed on.
    pub async fn rows<P: Ports>(self, ports: &P, on_step: OnStep<'_>) -> Result<(), Error> {
        let scope = self.scope;
        let mut in_scope = |step: Step| match step {
            Step::Rows(Batch { mut rows, total }) => {
                rows.retain(|row| scope.contains(row));
                on_step(Step::Rows(Batch { rows, total }));
            }
            waiting @ Step::Waiting(_) => on_step(waiting),
        };
        let permit = ListPermit::Launch(self.permit);
        let listed =
            ports.source().records(permit, self.key, &self.organization.id, &mut in_scope).await;
        crate::accounts::learn_from(ports, self.key, &listed).await;
        listed.map_err(Error::Source)
    }
}
