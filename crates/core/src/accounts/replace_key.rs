//! Puts a new key in the place of the old one, after IT Glue accepted it.

use crate::Secret;
use crate::actor;
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{Connection, PasswordAccess};
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{ApiKeys, Clock, Notice, Notices, Ports, Source, Store};

/// Replaces the key. The old one stays where the new one is refused.
///
/// # Errors
/// [`Error::Source`], [`Error::Keyring`], [`Error::Denied`]; the old key is still in place.
pub async fn replace_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    key: Secret,
) -> Result<(Connection, usize), Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    let mut row = book.connection(connection)?.clone();
    let organizations = ports.source().check(row.region, &key).await?;
    audit::record(ports, audit::event(ports, person, What::KeyReplaced, row.name.as_str())).await?;
    ports.keys().put(connection, key).await.map_err(Error::Keyring)?;
    ports.source().forget(&row);
    row.password_access = PasswordAccess::Unknown;
    row.last_accepted = Some(ports.clock().now());
    row.refused_since = None;
    ports.store().commit(permit, vec![Change::PutConnection(row.clone())]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok((row, organizations))
}
