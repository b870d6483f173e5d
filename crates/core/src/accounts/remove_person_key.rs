//! Takes a person's own key away.

use super::administered;
use crate::audit::{self, AuditEvent, What};
use crate::book::Change;
use crate::entry::{Connection, KeyId};
use crate::error::{Error, Missing, Rule};
use crate::ids::{ConnectionId, PersonId, PersonKeyId};
use crate::launch::UnlockId;
use crate::policy::{Edit, Permit};
use crate::ports::{ApiKeys, Notice, Notices, Ports, Source, Store};

/// Removes the key, also that of somebody who was disabled. Whoever still may work with the account
/// does so with the account's key.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for nobody, [`Error::Invalid`] for somebody without a key
/// of their own; nothing was changed. [`Error::Keyring`]: the key is still in place, unless the
/// keyring was only slow. [`Error::Store`]: the key is gone, and its card is still there.
/// [`Error::AuditUnavailable`]: nothing was done, or only the intent is on record.
pub async fn remove_person_key<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    connection: ConnectionId,
    whose: PersonId,
) -> Result<Connection, Error> {
    let asked = administered::now(ports, unlock).await?;
    let row = asked.book.connection(connection)?;
    let owner = asked.book.people.get(&whose).ok_or(Error::NotFound(Missing::Person))?;
    // One, as long as the vault keeps to its rule: but no key may go on working.
    let own = asked.book.person_keys.values();
    let own = own.filter(|key| key.connection == connection && key.person == whose);
    let own: Vec<PersonKeyId> = own.map(|key| key.id).collect();
    if own.is_empty() {
        return Err(Error::Invalid { field: "person", rule: Rule::NotApplicable });
    }
    let event = audit::event(ports, asked.person, What::PersonKeyRemoved, row.name.as_str());
    let event = AuditEvent { details: vec![("person", owner.name.to_string())], ..event };
    audit::carry_out(ports, event, remove(ports, asked.permit, &own)).await?;
    Ok(row.clone())
}

async fn remove<P: Ports>(
    ports: &P,
    permit: Permit<Edit>,
    keys: &[PersonKeyId],
) -> Result<(), Error> {
    for key in keys {
        let removed = ports.keys().remove(KeyId::Person(*key)).await;
        // Whatever the keyring answered, the key may be gone from it.
        ports.source().forget(KeyId::Person(*key));
        removed.map_err(Error::Keyring)?;
    }
    let changes = keys.iter().map(|key| Change::RemovePersonKey(*key)).collect();
    ports.store().commit(permit, changes).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
