//! Takes Source away.

use super::called;
use crate::actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::error::{Error, Missing};
use crate::ids::{GrantId, OrganizationId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;

/// Takes it away. Entries that were made with it stay.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`];
/// [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn remove_source<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    source: GrantId,
) -> Result<(), Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::GrantSource)?;
    let row = asked.book.sources.get(&source).ok_or(Error::NotFound(Missing::Source))?;
    let account = asked.book.connection(row.connection)?;
    let of = row.organization.as_ref().map_or("all", OrganizationId::as_str).to_owned();
    let event = audit::event(ports, asked.person, What::SourceRevoked, account.name.as_str());
    let details = vec![("to", called(&asked.book, row.subject)), ("organization_id", of)];
    let about = About { connection: Some(row.connection), ..About::default() };
    let event = AuditEvent { about, details, ..event };
    deed::commit(ports, permit, vec![event], vec![Change::RemoveSource(source)]).await?;
    Ok(())
}
