//! New keys for everything.

use super::name_of;
use crate::actor;
use crate::audit::{self, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Access, Notice, Notices, Ports};

/// Seals everything with new keys.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Access`], [`Error::Store`],
/// [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn rekey<P: Ports>(ports: &P, unlock: UnlockId) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let event = audit::event(ports, asked.person, What::Rekeyed, name_of(&asked.book));
    let deed = async { Ok(ports.access().rekey(permit).await?) };
    audit::carry_out(ports, event, deed).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
