//! Looks through an account while creating: its organizations, and an organization's records.

use super::learn::learn_from;
use crate::actor::{self, Actor};
use crate::entry::Organization;
use crate::error::Error;
use crate::ids::{ConnectionId, OrganizationId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, Lacking, may_act};
use crate::ports::{ListPermit, OnStep, Ports, Source};

/// The account's organizations, as far as this person has Source there.
///
/// # Errors
/// [`Error::Denied`] without Source on any of them, [`Error::Source`].
pub async fn organizations<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
) -> Result<Vec<Organization>, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    if !book.has_any_source(person, connection) {
        let action = Action::BrowseOrganization;
        return Err(Error::Denied(Denied { action, lacking: Lacking::Source }));
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
/// [`Error::Denied`] without Source, [`Error::Source`]; rows that came before it were passed on.
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
    let permit = may_act(&book, person, Action::BrowseOrganization, &act)?;
    let (permit, key) = (ListPermit::Browse(permit), book.key_in_use(row, person));
    let answer = ports.source().records(permit, key, organization, on_step).await;
    learn_from(ports, key, &answer).await;
    answer.map_err(Error::Source)
}
