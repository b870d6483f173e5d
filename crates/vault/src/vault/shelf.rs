//! The file and the book read from it: read again when another program wrote, swapped after each
//! commit, never changed in place.

use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use usher_core::book::{Book, Change, Learnt};
use usher_core::entry::KeyInUse;
use usher_core::error::StoreError;

use super::manifest::Manifest;
use super::tables::{self, KIND};
use crate::file::{self, fault};
use crate::rows::{self, Write};

/// An open vault file.
pub(super) struct Shelf {
    connection: Connection,
    /// What was read last; nothing after a failure, so that the next to ask reads anew.
    reading: Option<Reading>,
}

/// The book as of one state of the file.
struct Reading {
    /// `SQLite`'s `data_version`: another number once another program wrote.
    seen: i64,
    book: Arc<Book>,
    manifest: Manifest,
}

impl Shelf {
    /// Reads the file.
    pub(super) fn read(connection: Connection) -> Result<Self, StoreError> {
        let mut shelf = Self { connection, reading: None };
        shelf.book()?;
        Ok(shelf)
    }

    /// The book as the file has it now.
    pub(super) fn book(&mut self) -> Result<Arc<Book>, StoreError> {
        let before = self.reading.take();
        let transaction = self.connection.transaction().map_err(fault)?;
        let reading = current(&transaction, before)?;
        let book = Arc::clone(&reading.book);
        transaction.finish().map_err(fault)?;
        self.reading = Some(reading);
        Ok(book)
    }

    /// Makes all the changes, durably, or none.
    pub(super) fn commit(&mut self, changes: &[Change]) -> Result<Arc<Book>, StoreError> {
        let apply = |book: &mut Book| changes.iter().cloned().try_for_each(|c| book.apply(c));
        let writes = |after: &Book| {
            let writes = changes.iter().map(|change| rows::write_of(change, after));
            writes.filter_map(Result::transpose).collect()
        };
        self.write(apply, writes)
    }

    /// Writes down what was learnt of the key that was used; nothing if it is gone.
    pub(super) fn learn(&mut self, used: KeyInUse, learnt: Learnt) -> Result<(), StoreError> {
        let apply = |book: &mut Book| {
            book.learn(used, learnt);
            Ok(())
        };
        let writes = |after: &Book| Ok(rows::write_of_key(used.key, after)?.into_iter().collect());
        self.write(apply, writes).map(drop)
    }

    fn write(
        &mut self,
        apply: impl FnOnce(&mut Book) -> Result<(), StoreError>,
        writes: impl FnOnce(&Book) -> Result<Vec<Write>, StoreError>,
    ) -> Result<Arc<Book>, StoreError> {
        let before = self.reading.take();
        // From here on nobody else writes, so what is read now is what the changes are made to.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fault)?;
        let reading = current(&transaction, before)?;
        let mut book = Book::clone(&reading.book);
        if let Err(refused) = apply(&mut book) {
            self.reading = Some(reading);
            return Err(refused);
        }
        let mut manifest = reading.manifest;
        for write in writes(&book)? {
            tables::write(&transaction, &write, &mut manifest)?;
        }
        manifest.store(&transaction)?;
        transaction.commit().map_err(fault)?;
        let book = Arc::new(book);
        self.reading = Some(Reading { seen: reading.seen, book: Arc::clone(&book), manifest });
        Ok(book)
    }
}

fn current(transaction: &Transaction<'_>, before: Option<Reading>) -> Result<Reading, StoreError> {
    let seen = transaction.query_row("PRAGMA data_version", [], |row| row.get(0)).map_err(fault)?;
    match before {
        Some(reading) if reading.seen == seen => Ok(reading),
        _ => {
            file::recheck(transaction, &KIND)?;
            let (book, manifest) = tables::read(transaction)?;
            Ok(Reading { seen, book: Arc::new(book), manifest })
        }
    }
}
