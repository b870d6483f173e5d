//! Removes a group, and with it what was granted to it.

use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::error::{Error, Missing};
use crate::ids::GroupId;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::Subject;

/// Removes the group, its grants and its Source rights. Its members stay.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`];
/// [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn remove_group<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    group: GroupId,
) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManageGroups)?;
    let row = asked.book.groups.get(&group).ok_or(Error::NotFound(Missing::Group))?;
    let mut changes = asked.book.given_to(Subject::Group(group));
    let details = vec![("grants", changes.len().to_string())];
    changes.push(Change::RemoveGroup(group));
    let event = audit::event(ports, asked.person, What::GroupRemoved, row.name.as_str());
    deed::commit(ports, permit, vec![AuditEvent { details, ..event }], changes).await?;
    Ok(())
}
