//! People, as others see them.

use usher_core::book::Book;
use usher_core::ids::PersonId;

use crate::protocol::{PersonRow, Whom};

/// The person, by name.
pub(crate) fn whom(book: &Book, person: PersonId) -> Whom {
    let known = book.people.get(&person);
    Whom {
        name: known.map(|p| p.name.to_string()).unwrap_or_default(),
        administrator: book.is_administrator(person),
    }
}

/// The active people: all of them for administrators; anybody else reads themselves alone.
pub(crate) fn known_to(book: &Book, person: PersonId) -> Vec<PersonRow> {
    let all = book.is_administrator(person);
    let shown = book.people.values().filter(|p| p.is_active() && (all || p.id == person));
    shown.map(|p| PersonRow { id: p.id.to_string(), name: p.name.to_string() }).collect()
}

/// The administrators, by name: whom to ask for a right.
pub(crate) fn administrators(book: &Book) -> Vec<String> {
    let active = book.people.values().filter(|p| p.is_active() && p.administrator);
    active.map(|p| p.name.to_string()).collect()
}
