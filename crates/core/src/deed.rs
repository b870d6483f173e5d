//! Deeds: changes of the vault that policy agreed to, with their intent on record before them and
//! what came of them after.

use std::sync::Arc;

use crate::audit::{self, AuditEvent, Outcome};
use crate::book::{Book, Change};
use crate::error::Error;
use crate::policy::{Edit, Permit};
use crate::ports::{Notice, Notices, Ports, Store};

/// Commits the changes; each event stands on record as intended, and then as done or failed.
///
/// # Errors
/// [`Error::AuditUnavailable`]: nothing was changed, or only the outcome is not on record;
/// [`Error::Store`]: nothing was changed.
pub(crate) async fn commit<P: Ports>(
    ports: &P,
    permit: Permit<Edit>,
    events: Vec<AuditEvent>,
    changes: Vec<Change>,
) -> Result<Arc<Book>, Error> {
    let deed = async { Ok(ports.store().commit(permit, changes).await?) };
    let book = on_record(ports, events, deed).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(book)
}

/// Does what several events stand for.
///
/// # Errors
/// The deed's own; [`Error::AuditUnavailable`] as above.
pub(crate) async fn on_record<P: Ports, T>(
    ports: &P,
    events: Vec<AuditEvent>,
    deed: impl Future<Output = Result<T, Error>> + Send,
) -> Result<T, Error> {
    all(ports, &events, Outcome::Intended).await?;
    let done = deed.await;
    let outcome = if done.is_ok() { Outcome::Done } else { Outcome::Failed };
    let recorded = all(ports, &events, outcome).await;
    let done = done?;
    recorded.map(|()| done)
}

async fn all<P: Ports>(ports: &P, events: &[AuditEvent], outcome: Outcome) -> Result<(), Error> {
    for event in events {
        audit::record(ports, AuditEvent { outcome, ..event.clone() }).await?;
    }
    Ok(())
}
