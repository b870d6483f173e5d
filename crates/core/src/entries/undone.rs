//! What an undo came to: the rows it put back, so that the edits before it can be undone as well.

use crate::book::Book;
use crate::entry::Version;
use crate::rights::Object;

/// An undo that was made. It put rows back under new versions, or took them away; an older edit that
/// had left them as they were before the undone one finds them so again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone(Vec<PutBack>);

/// A row: its version before the undone edit, and now. `None` where it was not there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PutBack {
    row: Object,
    before: Option<Version>,
    now: Option<Version>,
}

impl Undone {
    /// Notes a row that had this version before the undone edit and is now as this book has it.
    pub(super) fn note(&mut self, row: Object, before: Option<Version>, after: &Book) {
        let now = version(after, row);
        self.0.push(PutBack { row, before, now });
    }

    /// The version of the row that an older edit left in version `left`. A row that somebody else
    /// changed between the two edits keeps `left`, and the older edit goes on to be refused.
    pub(super) fn now(&self, row: Object, left: Option<Version>) -> Option<Version> {
        let same = |put_back: &&PutBack| put_back.row == row && put_back.before == left;
        self.0.iter().find(same).map_or(left, |put_back| put_back.now)
    }
}

/// The version of a row; `None` where it is not there.
pub(super) fn version(book: &Book, row: Object) -> Option<Version> {
    match row {
        Object::Folder(id) => book.folders.get(&id).map(|row| row.version),
        Object::Credential(id) => book.credentials.get(&id).map(|row| row.version),
        Object::Session(id) => book.sessions.get(&id).map(|row| row.version),
    }
}
