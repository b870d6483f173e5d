//! Whether Usher may use an account's keys now and then, so that IT Glue does not revoke them.

use super::administered;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::Change;
use crate::deed;
use crate::entry::Connection;
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::ports::Ports;

/// Allows it in this administrator's name, or no longer.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::AuditUnavailable`], [`Error::Store`]; nothing was
/// changed.
pub async fn set_keep_alive<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    on: bool,
) -> Result<Connection, Error> {
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let what = if on { What::KeepAliveOn } else { What::KeepAliveOff };
    let about = About { connection: Some(connection), ..About::default() };
    let event = audit::event(ports, asked.person, what, row.name.as_str());
    let event = AuditEvent { about, ..event };
    let change = Change::SetKeepAlive(connection, on.then_some(asked.person));
    let book = deed::commit(ports, asked.permit, vec![event], vec![change]).await?;
    Ok(book.connection(connection)?.clone())
}
