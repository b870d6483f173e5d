//! Puts a new key in the place of the old one, after IT Glue accepted it.

use super::new_key::{self, NewKey};
use super::{administered, sees};
use crate::Secret;
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{Connection, KeyId};
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::ports::{Clock, Ports, Store};

/// Replaces the key. The old one stays where the new one is refused, or does not see every
/// organization that entries and folders of this account use.
///
/// # Errors
/// [`Error::Source`], [`Error::KeyMissesOrganizations`], [`Error::Denied`], [`Error::Locked`]; the old
/// key is still in place. [`Error::Keyring`]: so it is, unless the keyring was only slow.
/// [`Error::Store`]: the account is gone, and its key with it. [`Error::KeyCardUnwritten`]: the new key
/// is in place. [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn replace_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    key: Secret,
) -> Result<(Connection, usize), Error> {
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let organizations = sees::all_in_use(ports, &asked.book, row, &key).await?;
    // IT Glue took its time to answer.
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let event = audit::event(ports, asked.person, What::KeyReplaced, row.name.as_str());
    let id = KeyId::Account(connection);
    let changes = vec![Change::KeyReplaced(id, ports.clock().now())];
    let new = NewKey { id, key, replaces: true, changes };
    audit::carry_out(ports, event, new_key::keep(ports, asked.permit, new)).await?;
    let book = ports.store().book().await?;
    Ok((book.connection(connection)?.clone(), organizations))
}
