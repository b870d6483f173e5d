//! Whether Usher may use an account's keys now and then, so that IT Glue does not revoke them.

use crate::actor;
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::Connection;
use crate::error::Error;
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

/// Allows it in this administrator's name, or no longer.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::AuditUnavailable`]; nothing was changed.
pub async fn set_keep_alive<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    on: bool,
) -> Result<Connection, Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    let row =
        Connection { keep_alive: on.then_some(person), ..book.connection(connection)?.clone() };
    let what = if on { What::KeepAliveOn } else { What::KeepAliveOff };
    audit::record(ports, audit::event(ports, person, what, row.name.as_str())).await?;
    ports.store().commit(permit, vec![Change::PutConnection(row.clone())]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(row)
}
