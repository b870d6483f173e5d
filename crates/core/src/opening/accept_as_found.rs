//! A vault that is not as it was left is taken for the true one.

use super::name_of;
use crate::actor;
use crate::audit::{self, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Access, Notice, Notices, Ports};

/// Takes the vault as it was found for the true one from now on.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Access`], [`Error::Store`],
/// [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn accept_as_found<P: Ports>(ports: &P, unlock: UnlockId) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let event = audit::event(ports, asked.person, What::AcceptedAsFound, name_of(&asked.book));
    let deed = async { Ok(ports.access().accept_as_found(permit).await?) };
    audit::carry_out(ports, event, deed).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
