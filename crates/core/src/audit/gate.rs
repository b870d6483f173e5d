//! Who may read the log: administrators.

use std::sync::Arc;

use super::{AuditEvent, Outcome, record};
use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Ports, Store};

/// The administrator who asks, and the book.
pub(super) async fn reader<P: Ports>(
    ports: &P,
    unlock: UnlockId,
) -> Result<(PersonId, Arc<Book>), Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    drop(may_act(&book, person, Action::Administer, &Act::default())?);
    Ok((person, book))
}

/// The same where asking itself belongs on record: so does that it was denied.
pub(super) async fn recorded<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    event: impl FnOnce(PersonId) -> AuditEvent,
) -> Result<(AuditEvent, Arc<Book>), Error> {
    let person = actor::of(ports, unlock)?;
    let event = event(person);
    match reader(ports, unlock).await {
        Ok((_, book)) => Ok((event, book)),
        Err(error) => {
            if matches!(error, Error::Denied(_)) {
                record(ports, AuditEvent { outcome: Outcome::Denied, ..event }).await?;
            }
            Err(error)
        }
    }
}
