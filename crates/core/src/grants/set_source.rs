//! Grants Source: that somebody may create and repoint credential entries of an organization.

use super::{called, check_subject};
use crate::actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::error::Error;
use crate::ids::{ConnectionId, GrantId, OrganizationId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;
use crate::rights::{SourceRight, Subject};

/// Source as an administrator wants to grant it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDraft {
    /// To whom.
    pub subject: Subject,
    /// Of which account.
    pub connection: ConnectionId,
    /// Of which organization; `None` for every one of the account.
    pub organization: Option<OrganizationId>,
}

/// Grants it; answers with its id, also where they had it already.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`] for the account or somebody
/// named; [`Error::AuditUnavailable`], [`Error::Store`].
pub async fn set_source<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    draft: SourceDraft,
) -> Result<GrantId, Error> {
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::GrantSource)?;
    let account = asked.book.connection(draft.connection)?;
    check_subject(&asked.book, draft.subject)?;
    let SourceDraft { subject, connection, organization } = draft;
    let same = |row: &&SourceRight| {
        (row.subject, row.connection) == (subject, connection) && row.organization == organization
    };
    if let Some(known) = asked.book.sources.values().find(same) {
        return Ok(known.id);
    }
    let of = organization.as_ref().map_or("all", OrganizationId::as_str).to_owned();
    let event = audit::event(ports, asked.person, What::SourceGranted, account.name.as_str());
    let details = vec![("to", called(&asked.book, subject)), ("organization_id", of)];
    let about = About { connection: Some(connection), ..About::default() };
    let event = AuditEvent { about, details, ..event };
    let id = GrantId::fresh(ports.clock(), ports.random());
    let row = SourceRight { id, subject, connection, organization };
    deed::commit(ports, permit, vec![event], vec![Change::PutSource(row)]).await?;
    Ok(id)
}
