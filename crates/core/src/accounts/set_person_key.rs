//! Gives a person a key of their own, beside the account's.

use super::sees;
use crate::Secret;
use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::Change;
use crate::entry::{Connection, KeyHistory, KeyId, PersonKey};
use crate::error::Error;
use crate::ids::{ConnectionId, PersonId, PersonKeyId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{ApiKeys, Clock, Notice, Notices, Ports, Source, Store};

/// Checks the key as a replacement is checked, and keeps it: from now on this person's lists,
/// fetches and launches are made with it. It takes the place of one they had.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for nobody active, [`Error::Source`],
/// [`Error::KeyMissesOrganizations`], [`Error::Keyring`]; they work with the key they had.
pub async fn set_person_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (connection, whose): (ConnectionId, PersonId),
    key: Secret,
) -> Result<(Connection, usize), Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    let row = book.connection(connection)?;
    let owner = book.active_person(whose)?;
    let organizations = sees::all_in_use(ports, &book, row, &key).await?;
    let event = audit::event(ports, person, What::PersonKeySet, row.name.as_str());
    let details = vec![("person", owner.name.to_string())];
    audit::record(ports, AuditEvent { details, ..event }).await?;
    let fresh = || PersonKeyId::fresh(ports.clock(), ports.random());
    let id = book.person_key(connection, whose).map_or_else(fresh, |before| before.id);
    ports.keys().put(KeyId::Person(id), key).await.map_err(Error::Keyring)?;
    ports.source().forget(KeyId::Person(id));
    let history = KeyHistory::accepted(ports.clock().now());
    let own = PersonKey { id, connection, person: whose, history };
    ports.store().commit(permit, vec![Change::PutPersonKey(own)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok((row.clone(), organizations))
}
