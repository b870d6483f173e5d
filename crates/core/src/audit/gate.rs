//! Who may read the log: administrators.

use std::sync::Arc;

use super::{AuditEvent, Outcome, not_done};
use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;

/// The administrator who asks, and the book.
pub(super) async fn reader<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    action: Action,
) -> Result<(PersonId, Arc<Book>), Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(action)?);
    Ok((asked.person, asked.book))
}

/// The same where asking itself belongs on record: so does that it was denied.
pub(super) async fn recorded<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    action: Action,
    event: impl FnOnce(PersonId) -> AuditEvent,
) -> Result<(AuditEvent, Arc<Book>), Error> {
    let asked = actor::now(ports, unlock).await?;
    let event = event(asked.person);
    match reader(ports, unlock, action).await {
        Ok((_, book)) => Ok((event, book)),
        Err(error @ Error::Denied(_)) => Err(not_done(ports, event, Outcome::Denied, error).await),
        Err(error) => Err(error),
    }
}
