//! A PIN for the quick unlock, or none.

use super::{name_of, proved_by_passphrase};
use crate::Secret;
use crate::audit::{self, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::ports::{Access, Ports};

/// Sets the person's own PIN, or does away with it.
///
/// # Errors
/// [`Error::Access`] where the passphrase is wrong or the PIN too plain; [`Error::AuditUnavailable`].
/// The PIN is as it was.
pub async fn set_pin<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    passphrase: Secret,
    pin: Option<Secret>,
) -> Result<(), Error> {
    let asked = proved_by_passphrase(ports, unlock, passphrase).await?;
    let (person, vault) = (asked.person, name_of(&asked.book));
    let what = if pin.is_some() { What::PinSet } else { What::PinRemoved };
    let event = audit::event(ports, person, what, vault);
    let deed = async { Ok(ports.access().set_pin(person, pin).await?) };
    audit::carry_out(ports, event, deed).await
}
