//! Another passphrase, by whoever knows the one before.

use super::{name_of, proved_by_passphrase};
use crate::Secret;
use crate::audit::{self, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::ports::{Access, Ports};

/// Changes the person's own passphrase.
///
/// # Errors
/// [`Error::Access`] where the current one is wrong or the new one too weak;
/// [`Error::AuditUnavailable`]. The current one still works.
pub async fn change_passphrase<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    current: Secret,
    new: Secret,
) -> Result<(), Error> {
    let asked = proved_by_passphrase(ports, unlock, current).await?;
    let (person, vault) = (asked.person, name_of(&asked.book));
    let event = audit::event(ports, person, What::PassphraseChanged, vault);
    let deed = async { Ok(ports.access().set_passphrase(person, new).await?) };
    audit::carry_out(ports, event, deed).await
}
