//! Who gets a share of what: read from the book, after each commit.

use std::collections::BTreeSet;

use usher_core::book::Book;
use usher_core::entry::KeyId;
use usher_core::ids::{ConnectionId, PersonId};
use usher_core::rights::{Object, Right};

use super::share::Shared;

/// Who is to hold it: administrators always; an account's key whoever sees a credential entry of the
/// account or has Source on it; a person's own key that person.
pub(super) fn receivers(book: &Book, of: Shared) -> BTreeSet<PersonId> {
    let people = book.people.keys().copied();
    people.filter(|person| book.is_administrator(*person) || uses(book, *person, of)).collect()
}

/// Whether the book knows of the key at all. A key is put before the account that it is for.
pub(super) fn is_known(book: &Book, id: KeyId) -> bool {
    match id {
        KeyId::Account(id) => book.connections.contains_key(&id),
        KeyId::Person(id) => book.person_keys.contains_key(&id),
    }
}

fn uses(book: &Book, person: PersonId, of: Shared) -> bool {
    match of {
        Shared::Audit => false,
        Shared::ApiKey(KeyId::Person(id)) => {
            is_active(book, person)
                && book.person_keys.get(&id).is_some_and(|key| key.person == person)
        }
        Shared::ApiKey(KeyId::Account(id)) => {
            book.has_any_source(person, id) || sees_entry_of(book, person, id)
        }
    }
}

fn sees_entry_of(book: &Book, person: PersonId, account: ConnectionId) -> bool {
    let of_it = book.credentials.values().filter(|entry| entry.connection == account);
    of_it
        .map(|entry| Object::Credential(entry.id))
        .any(|entry| book.rights(person, entry).has(Right::View))
}

/// Whether the person comes in.
pub(super) fn is_active(book: &Book, person: PersonId) -> bool {
    book.people.get(&person).is_some_and(usher_core::rights::Person::is_active)
}
