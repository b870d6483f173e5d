//! The rule that nothing is released before its intent is on record.

use super::{AuditEvent, Outcome};
use crate::error::Error;
use crate::policy::{Action, Permit, Recorded};
use crate::ports::{LocalStore, Ports};

/// A permit whose intent is on record. Only [`intend`] makes one.
pub struct Audited<A>(Permit<A>);

impl<A> Audited<A> {
    /// What it allows.
    #[must_use]
    pub fn action(&self) -> Action {
        self.0.action()
    }
}

/// Puts the intent on record; only then can the permit be used to fetch a password.
///
/// # Errors
/// [`Error::AuditUnavailable`]: it could not be written, and the permit is gone.
pub async fn intend<P: Ports, A: Recorded>(
    ports: &P,
    permit: Permit<A>,
    event: AuditEvent,
) -> Result<Audited<A>, Error> {
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event }).await?;
    Ok(Audited(permit))
}

/// Puts an event on record.
///
/// # Errors
/// [`Error::AuditUnavailable`].
pub async fn record<P: Ports>(ports: &P, event: AuditEvent) -> Result<(), Error> {
    ports.local().record(event).await.map_err(|_| Error::AuditUnavailable)
}

/// Puts on record that it did not come about; the error to answer with.
pub(crate) async fn not_done<P: Ports>(
    ports: &P,
    event: AuditEvent,
    outcome: Outcome,
    error: Error,
) -> Error {
    record(ports, AuditEvent { outcome, ..event }).await.err().unwrap_or(error)
}

/// Does what an administrator asked for: the intent on record before it, and what came of it after.
///
/// # Errors
/// The deed's own; [`Error::AuditUnavailable`] where the intent could not be written, and then
/// nothing was done, or where only the intent could.
pub(crate) async fn carry_out<P: Ports, T>(
    ports: &P,
    event: AuditEvent,
    deed: impl Future<Output = Result<T, Error>> + Send,
) -> Result<T, Error> {
    record(ports, AuditEvent { outcome: Outcome::Intended, ..event.clone() }).await?;
    let done = deed.await;
    let outcome = if done.is_ok() { Outcome::Done } else { Outcome::Failed };
    let recorded = record(ports, AuditEvent { outcome, ..event }).await;
    let done = done?;
    recorded.map(|()| done)
}
