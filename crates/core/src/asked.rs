//! What a launch or a reveal asks for besides rights, answered: proved again, and a ticket.

use crate::Secret;
use crate::actor::Actor;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::entry::Ticket;
use crate::error::Error;
use crate::policy::Given;
use crate::ports::{Access, AccessError, Ports};

/// What a person answers.
#[derive(Default)]
pub struct Answers {
    /// Their passphrase or PIN, where they are asked to prove again who they are.
    pub proof: Option<Secret>,
    /// The ticket they work on.
    pub ticket: Option<Ticket>,
}

/// The answers, looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered {
    pub(crate) confirmed: bool,
    pub(crate) ticket: Option<Ticket>,
}

impl Answers {
    /// Looks at them. A proof that is none is on record.
    ///
    /// # Errors
    /// [`Error::Access`] where the proof is none; nothing was released.
    pub(crate) async fn look<P: Ports>(
        self,
        ports: &P,
        actor: &Actor,
        on: &str,
    ) -> Result<Answered, Error> {
        let Some(proof) = self.proof else {
            return Ok(Answered { confirmed: false, ticket: self.ticket });
        };
        match ports.access().prove(actor.person, proof).await {
            Ok(_) => Ok(Answered { confirmed: true, ticket: self.ticket }),
            Err(refused) => Err(not_proved(ports, actor, on, refused).await),
        }
    }
}

/// Puts on record that somebody could not prove who they are; the error to answer with.
pub(crate) async fn not_proved<P: Ports>(
    ports: &P,
    actor: &Actor,
    on: &str,
    refused: AccessError,
) -> Error {
    let event = audit::event(ports, actor.person, What::VerifyFailed, on);
    let event = AuditEvent { outcome: Outcome::Refused, ..event };
    audit::record(ports, event).await.err().unwrap_or_else(|| Error::from(refused))
}

impl Answered {
    pub(crate) fn given(&self) -> Given<'_> {
        Given { confirmed: self.confirmed, ticket: self.ticket.as_ref() }
    }
}
