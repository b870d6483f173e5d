//! Removes an IT Glue account and its keys, once nothing names it any more.

use super::administered::{self, Administered};
use crate::audit::{self, About, AuditEvent, What};
use crate::book::{Book, Change};
use crate::entry::KeyId;
use crate::error::{Error, Rule};
use crate::ids::{ConnectionId, PersonKeyId};
use crate::launch::UnlockId;
use crate::policy::{Edit, Permit};
use crate::ports::{ApiKeys, Notice, Notices, Ports, Source, Store};

/// Removes the account. That nothing names it is looked at once more as it goes.
///
/// # Errors
/// [`Error::Invalid`] while a folder or credential entry names it; [`Error::Store`]: the account
/// stays. [`Error::Keyring`]: the account is gone, and a key of it was left where keys lie; nothing
/// names it.
pub async fn remove<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
) -> Result<(), Error> {
    let Administered { person, book, permit } = administered::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    if book.points_at(connection) {
        return Err(Error::Invalid { field: "connection", rule: Rule::InUse });
    }
    let event = audit::event(ports, person, What::AccountRemoved, row.name.as_str());
    let about = About { connection: Some(connection), ..About::default() };
    let event = AuditEvent { about, ..event };
    audit::carry_out(ports, event, take_away(ports, permit, &book, connection)).await
}

async fn take_away<P: Ports>(
    ports: &P,
    permit: Permit<Edit>,
    book: &Book,
    connection: ConnectionId,
) -> Result<(), Error> {
    let own = book.person_keys.values().filter(|k| k.connection == connection);
    let own: Vec<PersonKeyId> = own.map(|key| key.id).collect();
    let sources = book.sources.values().filter(|s| s.connection == connection);
    let mut changes: Vec<Change> = sources.map(|s| Change::RemoveSource(s.id)).collect();
    changes.extend(own.iter().map(|key| Change::RemovePersonKey(*key)));
    changes.push(Change::RemoveConnection(connection));
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    let keys = own.into_iter().map(KeyId::Person).chain([KeyId::Account(connection)]);
    let mut removed = Ok(());
    for key in keys {
        removed = removed.and(ports.keys().remove(key).await);
        ports.source().forget(key);
    }
    removed.map_err(Error::Keyring)
}
