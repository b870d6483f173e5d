//! *Lock for technicians* and drift, as the protocol shows them.

use usher_core::book::Book;
use usher_core::lockdown::{self, Because, Drift, Keep, LockPerson};

use super::people::whom;
use super::rights::{object, object_name, rights_of};
use crate::protocol::{DriftRow, KeepsRow, LockPersonRow, LockPreview};

/// What locking would do.
pub(crate) fn preview(shown: &lockdown::LockPreview) -> LockPreview {
    let people = shown.people.iter().map(|row| person(&shown.book, row));
    LockPreview { entries: shown.entries, people: people.collect() }
}

fn person(book: &Book, row: &LockPerson) -> LockPersonRow {
    LockPersonRow {
        person: row.person.to_string(),
        name: whom(book, row.person).name,
        sees: row.sees,
        keeps: row.keeps.iter().map(|keep| keeps(book, keep)).collect(),
    }
}

fn keeps(book: &Book, keep: &Keep) -> KeepsRow {
    let because = match keep.because {
        Because::Administrator => "administrator",
        Because::OutsideScope => "outside_scope",
    };
    KeepsRow {
        on: object_name(book, keep.on),
        rights: rights_of(&keep.rights),
        because: because.to_owned(),
    }
}

/// An entry that technicians can do more with than launch.
pub(crate) fn drift_row(book: &Book, row: &Drift) -> DriftRow {
    let folder = book.folders.get(&row.folder);
    DriftRow {
        of: object(row.of),
        name: object_name(book, row.of),
        folder: folder.map(|folder| folder.name.to_string()).unwrap_or_default(),
        people: row.people.iter().map(|person| whom(book, *person).name).collect(),
        rights: rights_of(&row.rights),
    }
}
