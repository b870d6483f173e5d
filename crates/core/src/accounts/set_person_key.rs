//! Gives a person a key of their own, beside the account's.

use super::new_key::{self, NewKey};
use super::{administered, sees};
use crate::Secret;
use crate::audit::{self, AuditEvent, What};
use crate::book::{Book, Change};
use crate::entry::{Connection, KeyHistory, KeyId, PersonKey};
use crate::error::Error;
use crate::ids::{ConnectionId, PersonId, PersonKeyId};
use crate::launch::UnlockId;
use crate::ports::{Clock, Ports, Store};

/// Checks the key as a replacement is checked, and keeps it: from now on this person's lists,
/// fetches and launches are made with it. It takes the place of one they had.
///
/// # Errors
/// [`Error::Denied`], [`Error::Locked`], [`Error::NotFound`] for nobody active, [`Error::Source`],
/// [`Error::KeyMissesOrganizations`]; they work with the key they had. So they do after
/// [`Error::Keyring`], unless the keyring was only slow, and after [`Error::Store`], unless their key
/// was taken away meanwhile. [`Error::KeyCardUnwritten`]: they work with the new one.
/// [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn set_person_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    of: (ConnectionId, PersonId),
    key: Secret,
) -> Result<(Connection, usize), Error> {
    let (connection, whose) = of;
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    asked.book.active_person(whose)?;
    let organizations = sees::all_in_use(ports, &asked.book, row, &key).await?;
    // IT Glue took its time to answer.
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let owner = asked.book.active_person(whose)?;
    let event = audit::event(ports, asked.person, What::PersonKeySet, row.name.as_str());
    let event = AuditEvent { details: vec![("person", owner.name.to_string())], ..event };
    let new = new_key(ports, &asked.book, of, key);
    audit::carry_out(ports, event, new_key::keep(ports, asked.permit, new)).await?;
    let book = ports.store().book().await?;
    Ok((book.connection(connection)?.clone(), organizations))
}

/// In the place of the one they have, or in one of its own.
fn new_key<P: Ports>(
    ports: &P,
    book: &Book,
    (connection, person): (ConnectionId, PersonId),
    key: Secret,
) -> NewKey {
    let now = ports.clock().now();
    if let Some(before) = book.person_key(connection, person) {
        let id = KeyId::Person(before.id);
        return NewKey { id, key, replaces: true, changes: vec![Change::KeyReplaced(id, now)] };
    }
    let id = PersonKeyId::fresh(ports.clock(), ports.random());
    let row = PersonKey { id, connection, person, history: KeyHistory::accepted(now) };
    let changes = vec![Change::PutPersonKey(row)];
    NewKey { id: KeyId::Person(id), key, replaces: false, changes }
}
