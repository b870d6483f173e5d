//! Takes a device off.

use crate::actor;
use crate::audit::{self, What};
use crate::error::{Error, Missing};
use crate::ids::DeviceId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Access, Notice, Notices, Ports};

/// Takes the device off: what was made on it opens nothing any more.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`]; [`Error::Access`],
/// [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn remove_device<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    device: DeviceId,
) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let devices = ports.access().devices().await?;
    let known = devices.into_iter().find(|d| d.id == device);
    let known = known.ok_or(Error::NotFound(Missing::Device))?;
    let event = audit::event(ports, asked.person, What::DeviceRemoved, known.name);
    let deed = async { Ok(ports.access().remove_device(permit, device).await?) };
    audit::carry_out(ports, event, deed).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
