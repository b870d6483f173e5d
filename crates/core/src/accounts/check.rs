//! Asks IT Glue whether an account's key is still accepted.

use super::administered;
use super::learn::learn_from;
use crate::entry::Connection;
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::ports::{ApiKeys, Ports, Source, Store};

/// Checks the account's key, whatever key the administrator works with themselves: the account as it
/// is known afterwards, and its organizations' number.
///
/// # Errors
/// [`Error::Source`] with IT Glue's verdict, [`Error::Keyring`] where the key cannot be read.
pub async fn check<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
) -> Result<(Connection, usize), Error> {
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let used = row.key();
    let key = ports.keys().get(used.key).await.map_err(Error::Keyring)?;
    let answer = ports.source().check(row.region, &key).await;
    learn_from(ports, used, &answer).await;
    let organizations = answer?;
    let book = ports.store().book().await?;
    Ok((book.connection(connection)?.clone(), organizations))
}
