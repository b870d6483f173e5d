//! A vault begins: its charter, its rows, and the first statement over them.

use std::sync::Arc;

use rusqlite::Transaction;
use usher_core::book::{Book, Change};
use usher_core::error::StoreError;
use usher_core::time::Moment;

use super::chain::Mark;
use super::charter::{Charter, First};
use super::commit::{Commit, Step};
use super::leaf::{Hash, Leaves};
use super::reading::Reading;
use super::schema::KIND;
use super::sheet::put_histories;
use super::shelf::Shelf;
use super::unlock::How;
use super::{older, tables};
use crate::file;
use crate::keys::Keys;
use crate::rows::{self, ClearRows, Histories, Write};

impl Shelf {
    /// Makes the vault and opens it for its founder.
    ///
    /// # Errors
    /// `Conflict` where something has that name; `Corrupt` where the log of a vault that is gone has
    /// been left behind; `ReadOnly`, `NetworkPath`, `Failed`.
    pub(crate) fn found(
        &mut self,
        first: &First,
        keys: Keys,
        changes: Vec<Change>,
        rows: Vec<Write>,
    ) -> Result<(), StoreError> {
        let at = self.now();
        let beginning = Beginning { first, keys: &keys, changes, rows, at };
        let book = Book::default();
        file::create(&self.path, &KIND, |transaction| beginning.write(transaction, book))?;
        self.come_in(keys)
    }

    /// The book of a vault that is not sealed, by its own old manifest. Nothing is written.
    ///
    /// # Errors
    /// `Missing` where there is no such vault, `Corrupt` or `Damaged` where it does not hold.
    pub(crate) fn older(&self) -> Result<Book, StoreError> {
        let (connection, schema) = older::open(&self.path)?;
        older::read(&connection, schema)
    }

    /// Seals a vault that was not sealed, after copying it beside itself, and opens it for its founder.
    ///
    /// # Errors
    /// As [`Shelf::older`]; then the file is as it was.
    pub(crate) fn upgrade(
        &mut self,
        first: &First,
        keys: Keys,
        changes: Vec<Change>,
        rows: Vec<Write>,
    ) -> Result<(), StoreError> {
        let (mut connection, from) = older::open(&self.path)?;
        // Before the copy, so that a damaged file does not leave one.
        drop(older::read(&connection, from)?);
        let at = self.now();
        let beginning = Beginning { first, keys: &keys, changes, rows, at };
        file::bring_up(
            &mut connection,
            &self.path,
            (&KIND, from),
            |transaction| older::read(transaction, from),
            |transaction, book| beginning.write(transaction, book),
        )?;
        older::leave_nothing_in_clear(&connection)?;
        drop(connection);
        self.come_in(keys)
    }

    fn come_in(&mut self, keys: Keys) -> Result<(), StoreError> {
        self.unlock(keys, How { as_found: false, new_device: true }).map(drop)
    }
}

/// What a vault begins with.
struct Beginning<'a> {
    first: &'a First,
    keys: &'a Keys,
    changes: Vec<Change>,
    rows: Vec<Write>,
    at: Moment,
}

impl Beginning<'_> {
    /// Writes charter, rows and the first statement into empty tables.
    fn write(self, transaction: &Transaction<'_>, before: Book) -> Result<(), StoreError> {
        let charter = Charter::replay(std::slice::from_ref(&self.first.statement))?;
        tables::add_to_charter(transaction, 0, &self.first.statement)?;
        let mut after = before;
        self.changes.into_iter().try_for_each(|change| after.apply(change))?;
        let step = Step { changes: Vec::new(), rows: self.rows, rekey: false };
        let by = charter.founder();
        let reading = nothing(charter);
        let mut commit = Commit { keys: self.keys, by, at: self.at };
        let all = rows::write_all(&after)?;
        put_histories(transaction, self.keys.ring(), &Histories::of(&after))?;
        commit.write(transaction, reading, (step, all), after).map(drop)
    }
}

/// The state before the first statement.
fn nothing(charter: Charter) -> Reading {
    let mark = Mark { number: 0, hash: Hash::default(), charter: charter.mark() };
    Reading {
        seen: 0,
        book: Arc::default(),
        leaves: Leaves::default(),
        rows: ClearRows::default(),
        charter,
        mark,
        deltas: 0,
    }
}
