//! Removes an IT Glue account and its keys, once nothing names it any more.

use super::administered::{self, Administered};
use crate::audit::{self, What};
use crate::book::{Book, Change};
use crate::entry::KeyId;
use crate::error::{Error, Rule};
use crate::ids::ConnectionId;
use crate::launch::UnlockId;
use crate::ports::{ApiKeys, Notice, Notices, Ports, Source, Store};

/// Removes the account.
///
/// # Errors
/// [`Error::Invalid`] while a folder or credential entry names it; [`Error::Keyring`] where a key
/// cannot be removed, and then the account stays, with its own key.
pub async fn remove<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
) -> Result<(), Error> {
    let Administered { person, book, permit } = administered::now(ports, unlock).await?;
    let row = book.connection(connection)?;
    if in_use(&book, connection) {
        return Err(Error::Invalid { field: "connection", rule: Rule::InUse });
    }
    audit::record(ports, audit::event(ports, person, What::AccountRemoved, row.name.as_str()))
        .await?;
    // The account's own key last: while it stands, the rest can be tried again.
    let own: Vec<_> = book.person_keys.values().filter(|k| k.connection == connection).collect();
    let people = own.iter().map(|key| KeyId::Person(key.id));
    for key in people.chain([KeyId::Account(connection)]) {
        let removed = ports.keys().remove(key).await;
        ports.source().forget(key);
        removed.map_err(Error::Keyring)?;
    }
    let sources = book.sources.values().filter(|s| s.connection == connection);
    let mut changes: Vec<Change> = sources.map(|s| Change::RemoveSource(s.id)).collect();
    changes.extend(own.iter().map(|key| Change::RemovePersonKey(key.id)));
    changes.push(Change::RemoveConnection(connection));
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

fn in_use(book: &Book, connection: ConnectionId) -> bool {
    let by_credential = book.credentials.values().any(|c| c.connection == connection);
    let names =
        |f: &crate::entry::Folder| f.client.as_ref().is_some_and(|c| c.connection == connection);
    by_credential || book.folders.values().any(names)
}
