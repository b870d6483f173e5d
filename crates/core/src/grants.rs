//! Rights of entries and folders, and Source: read, and set by administrators.

mod read;
mod regrant;
mod remove_source;
mod set;
mod set_source;
mod sources;
#[cfg(test)]
mod tests;

pub use read::{Effective, RightsSheet, Through, read};
pub(crate) use regrant::{Regranted, regrant};
pub use remove_source::remove_source;
pub use set::{RightsDraft, set};
pub use set_source::{SourceDraft, set_source};
pub use sources::sources;

use crate::book::Book;
use crate::error::{Error, Missing};
use crate::rights::Subject;

/// What a subject is called.
pub(crate) fn called(book: &Book, subject: Subject) -> String {
    let name = match subject {
        Subject::Person(id) => book.people.get(&id).map(|row| &row.name),
        Subject::Group(id) => book.groups.get(&id).map(|row| &row.name),
    };
    name.map(ToString::to_string).unwrap_or_default()
}

/// That somebody is there who can hold rights.
fn check_subject(book: &Book, subject: Subject) -> Result<(), Error> {
    match subject {
        Subject::Person(id) => book.active_person(id).map(drop),
        Subject::Group(id) if book.groups.contains_key(&id) => Ok(()),
        Subject::Group(_) => Err(Error::NotFound(Missing::Group)),
    }
}
