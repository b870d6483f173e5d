//! Takes a person's own key away.

use crate::actor;
use crate::audit::{self, AuditEvent, What};
use crate::book::Change;
use crate::entry::{Connection, KeyId};
use crate::error::{Error, Missing, Rule};
use crate::ids::{ConnectionId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{ApiKeys, Notice, Notices, Ports, Source, Store};

/// Removes the key, also that of somebody who was disabled. Whoever still may work with the account
/// does so with the account's key.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for nobody, [`Error::Invalid`] for somebody without a key
/// of their own, [`Error::Keyring`]; the key is still in place.
pub async fn remove_person_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    whose: PersonId,
) -> Result<Connection, Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    let row = book.connection(connection)?;
    let owner = book.people.get(&whose).ok_or(Error::NotFound(Missing::Person))?;
    let none = Error::Invalid { field: "person", rule: Rule::NotApplicable };
    let own = book.person_key(connection, whose).ok_or(none)?;
    let event = audit::event(ports, person, What::PersonKeyRemoved, row.name.as_str());
    let details = vec![("person", owner.name.to_string())];
    audit::record(ports, AuditEvent { details, ..event }).await?;
    ports.keys().remove(KeyId::Person(own.id)).await.map_err(Error::Keyring)?;
    ports.source().forget(KeyId::Person(own.id));
    ports.store().commit(permit, vec![Change::RemovePersonKey(own.id)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(row.clone())
}
