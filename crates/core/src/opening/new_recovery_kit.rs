//! Another recovery kit, shown once.

use super::{name_of, proved_by_passphrase};
use crate::Secret;
use crate::audit::{self, AuditEvent, Outcome, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::ports::{Access, Ports};

/// Makes the person a new recovery kit; the one before stops working.
///
/// # Errors
/// [`Error::Access`] where the passphrase is wrong; [`Error::AuditUnavailable`]: no kit was made, or
/// it was and nobody has it.
pub async fn new_recovery_kit<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    passphrase: Secret,
) -> Result<Secret, Error> {
    let asked = proved_by_passphrase(ports, unlock, passphrase).await?;
    let event = audit::event(ports, asked.person, What::RecoveryKitMade, name_of(&asked.book));
    let intended = AuditEvent { outcome: Outcome::Intended, ..event.clone() };
    audit::record(ports, intended).await?;
    let made = ports.access().new_recovery_kit(asked.person).await;
    let outcome = if made.is_ok() { Outcome::Done } else { Outcome::Failed };
    audit::record(ports, AuditEvent { outcome, ..event }).await?;
    Ok(made?)
}
