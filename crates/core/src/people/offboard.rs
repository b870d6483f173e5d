//! Offboards a person: they come in no more, what is theirs goes, and what to rotate is listed.

use super::rotation::{self, Rotation};
use super::{could_use, somebody_administers};
use crate::actor;
use crate::audit::{self, About, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::KeyId;
use crate::error::{Error, Missing, Rule};
use crate::ids::{PersonId, PersonKeyId};
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{ApiKeys, Ports, Source};
use crate::rights::{Group, Person, Standing, Subject};

/// Revokes the person, takes away their grants, Source rights, memberships and own keys, and lists
/// the passwords to change. What they could use goes on record with it, so that somebody who was
/// offboarded before is listed once more and as fully.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::NotFound`]; [`Error::Invalid`] for
/// oneself; [`Error::LastAdministrator`]; [`Error::AuditUnavailable`], [`Error::Store`].
/// [`Error::Keyring`]: it is done, but a key of theirs was left; nothing names it.
pub async fn offboard<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    person: PersonId,
) -> Result<Vec<Rotation>, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(Action::ManagePeople)?);
    let had = audit::had_by(ports, unlock, person).await?;
    // Reading the log took its time.
    let asked = actor::now(ports, unlock).await?;
    let permit = asked.administers(Action::ManagePeople)?;
    let row = asked.book.people.get(&person).ok_or(Error::NotFound(Missing::Person))?;
    if person == asked.person {
        return Err(Error::Invalid { field: "person", rule: Rule::NotApplicable });
    }
    let after = Person { administrator: false, standing: Standing::Revoked, ..row.clone() };
    somebody_administers(&asked.book, &after)?;
    for entry in rotation::open_to(&asked.book, person) {
        audit::record(ports, could_use::event(ports, asked.person, row, entry)).await?;
    }
    let rotation = rotation::of(&asked.book, person, had);
    let own = keys_of(&asked.book, person);
    let mut changes = leaves(&asked.book, person, &own);
    changes.push(Change::PutPerson(after));
    let event = audit::event(ports, asked.person, What::PersonRevoked, row.name.as_str());
    let details = vec![("rotate", rotation.len().to_string())];
    let event = AuditEvent { about: About::person(person), details, ..event };
    deed::commit(ports, permit, vec![event], changes).await?;
    take_keys(ports, own).await?;
    Ok(rotation)
}

fn keys_of(book: &Book, person: PersonId) -> Vec<PersonKeyId> {
    let own = book.person_keys.values().filter(|key| key.person == person);
    own.map(|key| key.id).collect()
}

fn leaves(book: &Book, person: PersonId, own: &[PersonKeyId]) -> Vec<Change> {
    let mut changes = book.given_to(Subject::Person(person));
    changes.extend(own.iter().map(|key| Change::RemovePersonKey(*key)));
    let groups = book.groups.values().filter(|group| group.members.contains(&person));
    changes.extend(groups.map(|group| {
        let members = group.members.iter().copied().filter(|member| *member != person).collect();
        Change::PutGroup(Group { members, ..group.clone() })
    }));
    changes
}

async fn take_keys<P: Ports>(ports: &P, own: Vec<PersonKeyId>) -> Result<(), Error> {
    let mut removed = Ok(());
    for key in own.into_iter().map(KeyId::Person) {
        removed = removed.and(ports.keys().remove(key).await);
        ports.source().forget(key);
    }
    removed.map_err(Error::Keyring)
}
