//! Puts a new key in the place of the old one, after IT Glue accepted it.

use super::sees;
use crate::Secret;
use crate::actor;
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{Connection, KeyHistory, KeyId};
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{ApiKeys, Clock, Notice, Notices, Ports, Source, Store};

/// Replaces the key. The old one stays where the new one is refused, or does not see every
/// organization that entries and folders of this account use.
///
/// # Errors
/// [`Error::Source`], [`Error::KeyMissesOrganizations`], [`Error::Keyring`], [`Error::Denied`]; the
/// old key is still in place.
pub async fn replace_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    key: Secret,
) -> Result<(Connection, usize), Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    let row = book.connection(connection)?;
    let organizations = sees::all_in_use(ports, &book, row, &key).await?;
    audit::record(ports, audit::event(ports, person, What::KeyReplaced, row.name.as_str())).await?;
    ports.keys().put(KeyId::Account(connection), key).await.map_err(Error::Keyring)?;
    ports.source().forget(KeyId::Account(connection));
    // As it is now: IT Glue took its time to answer.
    let book = ports.store().book().await?;
    let history = KeyHistory::accepted(ports.clock().now());
    let row = Connection { history, ..book.connection(connection)?.clone() };
    ports.store().commit(permit, vec![Change::PutConnection(row.clone())]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok((row, organizations))
}
