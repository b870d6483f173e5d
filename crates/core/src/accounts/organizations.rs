//! Looks through an account while creating: its organizations, and an organization's records.

use super::learn::learn_from;
use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::entry::{Connection, Organization};
use crate::error::Error;
use crate::ids::{ConnectionId, OrganizationId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, Lacking, may_act};
use crate::ports::{ListPermit, OnStep, Ports, Source};

/// The account's organizations, as far as this person has Source there.
///
/// # Errors
/// [`Error::Denied`] without Source on any of them, on record; [`Error::Source`].
pub async fn organizations<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
) -> Result<Vec<Organization>, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    if !book.has_any_source(person, connection) {
        let (action, lacking) = (Action::BrowseOrganization, Lacking::Source);
        return Err(denied(ports, (person, row), None, Denied { action, lacking }).await);
    }
    let key = book.key_in_use(row, person);
    let answer = ports.source().organizations(key).await;
    learn_from(ports, key, &answer).await;
    let mine = |o: &Organization| book.has_source(person, connection, &o.id);
    Ok(answer?.into_iter().filter(mine).collect())
}

/// Streams an organization's records to somebody who creates an entry. Dropping it ends it.
///
/// # Errors
/// [`Error::Denied`] without Source, on record; [`Error::Source`]; rows that came before it were passed on.
pub async fn browse<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    organization: &OrganizationId,
    on_step: OnStep<'_>,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    let act = Act { source: Some((connection, organization)), ..Act::default() };
    let permit = match may_act(&book, person, Action::BrowseOrganization, &act) {
        Ok(permit) => permit,
        Err(no) => return Err(denied(ports, (person, row), Some(organization), no).await),
    };
    let (permit, key) = (ListPermit::Browse(permit), book.key_in_use(row, person));
    let answer = ports.source().records(permit, key, organization, on_step).await;
    learn_from(ports, key, &answer).await;
    answer.map_err(Error::Source)
}

/// Puts the denial on record; the error to answer with.
async fn denied<P: Ports>(
    ports: &P,
    (person, row): (PersonId, &Connection),
    organization: Option<&OrganizationId>,
    denied: Denied,
) -> Error {
    let about = About { connection: Some(row.id), ..About::default() };
    let details = organization.map(|id| ("organization_id", id.to_string()));
    let event = audit::event(ports, person, What::AccountBrowsed, row.name.as_str());
    let details = details.into_iter().collect();
    let event = AuditEvent { about, details, ..event };
    audit::not_done(ports, event, Outcome::Denied, Error::Denied(denied)).await
}
