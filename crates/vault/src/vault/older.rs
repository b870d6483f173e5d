//! Vaults of a Usher that sealed nothing: their rows in clear, and the manifest they had.
//!
//! That manifest counts rows and sums their hashes by table. Anybody could write it; it shows what was
//! damaged, not what was meant.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use usher_core::book::Book;
use usher_core::error::StoreError;

use super::schema::{KIND, SEALED_SINCE};
use super::tables;
use crate::file::{self, fault};
use crate::rows::{self, Stored, Table, of_format_1};

const CORRUPT: StoreError = StoreError::Corrupt { part: "manifest" };

/// Opens the file, and gives its schema number. Nothing in it changes.
pub(super) fn open(path: &Path) -> Result<(Connection, u32), StoreError> {
    let (connection, schema) = file::look(path, &KIND)?;
    if schema < SEALED_SINCE { Ok((connection, schema)) } else { Err(StoreError::Conflict) }
}

/// Reads every row, and that the rows are those the manifest counts.
pub(super) fn read(connection: &Connection, schema: u32) -> Result<Book, StoreError> {
    let mut book = Book::default();
    let mut sums = BTreeMap::new();
    for table in tables_of(schema) {
        let sum: &mut Sum = sums.entry(table.name().to_owned()).or_default();
        for row in tables::rows_of(connection, table)? {
            sum.count(table, &row);
            let plain = of_format_1(&row.blob, table, &row.key)?;
            rows::read_into(&mut book, table, &Stored { blob: plain, ..row })?;
        }
    }
    compare(&sheet(connection)?, &sums)?;
    Ok(book)
}

/// After the rows were sealed: their plain forms go out of the log as well. `SQLite` has overwritten
/// those in the file itself.
pub(super) fn leave_nothing_in_clear(connection: &Connection) -> Result<(), StoreError> {
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    connection.query_row(sql, [], |_| Ok(())).optional().map_err(fault)?;
    Ok(())
}

fn tables_of(schema: u32) -> impl Iterator<Item = Table> {
    let book = Table::ALL.into_iter().filter(|table| table.is_book());
    book.filter(move |table| schema > 1 || *table != Table::PersonKey)
}

/// A table's rows: how many, and the XOR of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    rows: u64,
    xor: [u8; 32],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    tables: BTreeMap<String, Sum>,
}

impl Sum {
    fn count(&mut self, table: Table, row: &Stored) {
        let hash: [u8; 32] = Sha256::new()
            .chain_update(table.name())
            .chain_update([0])
            .chain_update(row.key)
            .chain_update(row.version.to_be_bytes())
            .chain_update(&row.blob)
            .finalize()
            .into();
        self.rows = self.rows.saturating_add(1);
        self.xor.iter_mut().zip(hash).for_each(|(sum, byte)| *sum ^= byte);
    }
}

fn sheet(connection: &Connection) -> Result<Sheet, StoreError> {
    let sql = "SELECT blob FROM manifest WHERE one = 1";
    let blob: Option<Vec<u8>> =
        connection.query_row(sql, [], |row| row.get(0)).optional().map_err(fault)?;
    match blob.as_deref().and_then(<[u8]>::split_first) {
        Some((1, json)) => serde_json::from_slice(json).map_err(|_| CORRUPT),
        _ => Err(CORRUPT),
    }
}

fn compare(sheet: &Sheet, sums: &BTreeMap<String, Sum>) -> Result<(), StoreError> {
    for table in Table::ALL.into_iter().filter(|table| sums.contains_key(table.name())) {
        if sheet.tables.get(table.name()) != sums.get(table.name()) {
            return Err(StoreError::Corrupt { part: table.name() });
        }
    }
    if sheet.tables.len() == sums.len() { Ok(()) } else { Err(CORRUPT) }
}
