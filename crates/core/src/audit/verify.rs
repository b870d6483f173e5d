//! Verifying the log: that no row was changed, moved, added or taken away.

use super::{AuditEvent, Outcome, Verdict, What, event, gate, record};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{LocalStore, Ports};

/// Goes through every row. What came of it is itself on record.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Store`] where the log cannot be read.
/// A log that is not as it was written is no error but a [`Verdict`].
pub async fn verify<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Verdict, Error> {
    let asked = |person| event(ports, person, What::LogVerified, "");
    let (event, _) = gate::recorded(ports, unlock, Action::ReadAudit, asked).await?;
    let verdict = ports.local().verify().await?;
    record(ports, with(event, &verdict)).await?;
    Ok(verdict)
}

/// The event with what was found.
pub(super) fn with(event: AuditEvent, verdict: &Verdict) -> AuditEvent {
    let mut details = event.details;
    details.push(("rows", verdict.rows.to_string()));
    details.push(("signed_to", verdict.signed_to.to_string()));
    if let Some(first_bad) = verdict.first_bad {
        details.push(("first_bad", first_bad.to_string()));
    }
    if let Some(fault) = verdict.fault {
        details.push(("fault", fault.word().to_owned()));
    }
    let outcome = if verdict.is_good() { Outcome::Done } else { Outcome::Failed };
    AuditEvent { outcome, details, ..event }
}
