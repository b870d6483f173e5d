//! Reading the file: the book and what it is verified by, as of one state of the file.

use std::sync::Arc;

use rusqlite::Connection;
use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::chain::{self, Chain, Mark};
use super::charter::Charter;
use super::leaf::{Leaves, leaf};
use super::schema::KIND;
use super::{blame, steps, tables};
use crate::file;
use crate::keys::{self, Keys};
use crate::rows::{self, ClearRows, Histories, Place, Stored, Table};

/// The book as of one state of the file, all of it verified.
#[derive(Clone)]
pub(super) struct Reading {
    /// `SQLite`'s `data_version`: another number once another program wrote.
    pub(super) seen: i64,
    pub(super) book: Arc<Book>,
    pub(super) leaves: Leaves,
    pub(super) rows: ClearRows,
    pub(super) charter: Charter,
    pub(super) mark: Mark,
    /// How many commits followed the last that an administrator answers for.
    pub(super) deltas: usize,
}

/// The rows as the file has them: those of the book still sealed.
pub(super) struct Scan {
    pub(super) sealed: Vec<(Place, Stored)>,
    pub(super) rows: ClearRows,
    pub(super) leaves: Leaves,
}

/// Reads and verifies everything. `marks` are states that the vault had before; from `base` on, what
/// followed is checked against the law, or from the last checkpoint where that is later.
pub(super) fn read(
    connection: &Connection,
    keys: &mut Keys,
    marks: &[Mark],
    base: Option<&Reading>,
) -> Result<Reading, StoreError> {
    let seen = tables::data_version(connection)?;
    file::recheck(connection, &KIND)?;
    let charter = charter_of(connection, keys)?;
    let Scan { sealed, rows, leaves } = scan(connection)?;
    blame::differences(connection, &leaves)?;
    let signer = |person: PersonId| public_key(&rows, person);
    let chain = chain::read(connection, &charter, &signer)?;
    marks.iter().try_for_each(|mark| chain::continues(connection, &chain, &charter, mark))?;
    let epoch = chain.last().statement.epoch;
    turn(keys, &rows, epoch)?;
    let book = book_of(connection, keys, sealed)?;
    let walk = steps::Walk { connection, keys, base, book: &book, leaves: &leaves, rows: &rows };
    steps::check(&walk, &chain)?;
    administrators_agree(&book, &charter)?;
    let deltas = chain.deltas.len();
    Ok(Reading { seen, book: Arc::new(book), leaves, rows, charter, mark: chain.mark(), deltas })
}

/// The charter, which must be that of the vault we have the keys of.
fn charter_of(connection: &Connection, keys: &Keys) -> Result<Charter, StoreError> {
    let charter = Charter::replay(&tables::charter(connection)?)?;
    let ours = charter.vault() == keys.vault();
    if ours { Ok(charter) } else { Err(rows::damaged("charter", &0_u32.to_be_bytes())) }
}

impl Scan {
    /// Every row as it is stored.
    pub(super) fn all(self) -> impl Iterator<Item = (Place, Stored)> {
        self.sealed.into_iter().chain(self.rows.into_all())
    }
}

/// Every row, and its leaf.
pub(super) fn scan(connection: &Connection) -> Result<Scan, StoreError> {
    let mut scan =
        Scan { sealed: Vec::new(), rows: ClearRows::default(), leaves: Leaves::default() };
    for table in Table::ALL {
        for row in tables::rows_of(connection, table)? {
            let place = Place { table, key: row.key };
            scan.leaves.set(place, Some(leaf(place, &row)));
            if table.is_book() {
                scan.sealed.push((place, row));
            } else {
                scan.rows.set(place, Some(row));
            }
        }
    }
    Ok(scan)
}

/// The rows in clear alone.
pub(super) fn clear_rows(connection: &Connection) -> Result<ClearRows, StoreError> {
    let mut rows = ClearRows::default();
    for table in Table::ALL.into_iter().filter(|table| !table.is_book()) {
        for row in tables::rows_of(connection, table)? {
            rows.set(Place { table, key: row.key }, Some(row));
        }
    }
    Ok(rows)
}

/// The key that somebody signs with, as their row of identities says.
pub(super) fn public_key(rows: &ClearRows, person: PersonId) -> Option<[u8; 32]> {
    let row = rows.get(Table::Identity, &person.to_bytes())?;
    keys::identity(row).map(|identity| identity.signing)
}

/// Takes the key of another epoch, where another program began one.
pub(super) fn turn(keys: &mut Keys, rows: &ClearRows, epoch: u32) -> Result<(), StoreError> {
    if epoch == keys.ring().epoch() {
        return Ok(());
    }
    keys.turn(rows)?;
    if epoch == keys.ring().epoch() { Ok(()) } else { Err(StoreError::Locked) }
}

/// A row of the book in its plain form.
pub(super) fn open(keys: &Keys, place: Place, row: &Stored) -> Result<Stored, StoreError> {
    let (table, key) = (place.table, &place.key);
    match keys.ring().open(table.name(), key, row.version, &row.blob) {
        Some(mut plain) => {
            Ok(Stored { key: row.key, version: row.version, blob: std::mem::take(&mut *plain) })
        }
        None => Err(rows::unopened(&row.blob, table, key)),
    }
}

fn book_of(
    connection: &Connection,
    keys: &Keys,
    sealed: Vec<(Place, Stored)>,
) -> Result<Book, StoreError> {
    let mut book = Book::default();
    for (place, row) in sealed {
        rows::read_into(&mut book, place.table, &open(keys, place, &row)?)?;
    }
    histories(connection, keys)?.read_into(&mut book);
    Ok(book)
}

/// What was learnt of the keys.
pub(super) fn histories(connection: &Connection, keys: &Keys) -> Result<Histories, StoreError> {
    let row = tables::history(connection)?.ok_or_else(Histories::damaged)?;
    let ring = keys.ring();
    let plain = ring.open(Histories::TABLE, &Histories::KEY, row.version, &row.blob);
    let plain = plain.ok_or_else(Histories::damaged)?;
    Histories::decode(&plain)
}

/// That the book and the charter name the same administrators.
fn administrators_agree(book: &Book, charter: &Charter) -> Result<(), StoreError> {
    let in_book = administrators(book);
    let in_charter = charter.administrators().keys().copied();
    let mut differ = in_charter.filter(|person| !in_book.contains(person));
    let beyond = in_book.iter().find(|person| !charter.administrators().contains_key(person));
    match differ.next().or(beyond.copied()) {
        Some(person) => Err(Table::Person.damaged(&person.to_bytes())),
        None => Ok(()),
    }
}

/// Whom the book calls administrators.
pub(super) fn administrators(book: &Book) -> std::collections::BTreeSet<PersonId> {
    let people = book.people.keys().copied();
    people.filter(|person| book.is_administrator(*person)).collect()
}

impl Chain {
    /// Whether the state of this number is before the last checkpoint.
    pub(super) fn starts_after(&self, number: u64) -> bool {
        self.floor.statement.number > number
    }
}
