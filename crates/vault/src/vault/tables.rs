//! The statements on the vault's tables, and nothing else.

use rusqlite::{Connection, OptionalExtension, Row, params};
use usher_core::error::StoreError;

use super::leaf::{Hash, Leaves};
use super::statement::Entry;
use crate::file::fault;
use crate::rows::{Histories, Key, Place, Stored, Table, damaged};

/// How many prepared statements are kept: those on each table, and some more.
pub(super) const STATEMENTS_KEPT: usize = 96;

/// The rows of a table, by key.
pub(super) fn rows_of(connection: &Connection, table: Table) -> Result<Vec<Stored>, StoreError> {
    let sql = format!("SELECT id, version, blob FROM {} ORDER BY id", table.name());
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    let rows = statement.query_map([], stored).map_err(fault)?;
    rows.map(|row| row.map_err(|error| unreadable(&error, table.name()))).collect()
}

/// One row.
pub(super) fn row_of(connection: &Connection, place: Place) -> Result<Option<Stored>, StoreError> {
    let name = place.table.name();
    let sql = format!("SELECT id, version, blob FROM {name} WHERE id = ?1");
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    let row = statement.query_row([place.key], stored).optional();
    row.map_err(|error| unreadable(&error, name))
}

/// Puts a row, with its leaf.
pub(super) fn put(
    connection: &Connection,
    place: Place,
    row: &Stored,
    leaf: &Hash,
) -> Result<(), StoreError> {
    put_row(connection, place.table.name(), row)?;
    put_leaf(connection, place, leaf)
}

/// Takes a row away, with its leaf.
pub(super) fn remove(connection: &Connection, place: Place) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", place.table.name());
    execute(connection, &sql, [place.key])?;
    let sql = "DELETE FROM leaf WHERE table_ = ?1 AND id = ?2";
    execute(connection, sql, params![place.table.code(), place.key])
}

fn put_row(connection: &Connection, table: &str, row: &Stored) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO {table} (id, version, blob) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, blob = excluded.blob"
    );
    execute(connection, &sql, params![row.key, signed(row.version)?, row.blob])
}

fn put_leaf(connection: &Connection, place: Place, leaf: &Hash) -> Result<(), StoreError> {
    let sql = "INSERT INTO leaf (table_, id, hash) VALUES (?1, ?2, ?3)
               ON CONFLICT (table_, id) DO UPDATE SET hash = excluded.hash";
    execute(connection, sql, params![place.table.code(), place.key, leaf])
}

/// The leaves as the file has them.
pub(super) fn leaves(connection: &Connection) -> Result<Leaves, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT table_, id, hash FROM leaf").map_err(fault)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(fault)?;
    let mut leaves = Leaves::default();
    for row in rows {
        let (code, key, hash): (i64, Key, Hash) =
            row.map_err(|error| unreadable(&error, "leaf"))?;
        let table = u8::try_from(code).ok().and_then(Table::of_code);
        let table = table.ok_or_else(|| damaged("leaf", &key))?;
        leaves.set(Place { table, key }, Some(hash));
    }
    Ok(leaves)
}

/// Writes all leaves anew.
pub(super) fn replace_leaves(connection: &Connection, leaves: &Leaves) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM leaf", [])?;
    leaves.iter().try_for_each(|(place, leaf)| put_leaf(connection, *place, leaf))
}

/// The charter's statements, in order. A number that is left out ends it.
pub(super) fn charter(connection: &Connection) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = "SELECT number, statement FROM charter ORDER BY number";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault)?;
    let mut statements = Vec::new();
    for row in rows {
        let (number, bytes): (i64, Vec<u8>) = row.map_err(|error| unreadable(&error, "charter"))?;
        if usize::try_from(number) != Ok(statements.len()) {
            return Err(damaged("charter", &number.to_be_bytes()));
        }
        statements.push(bytes);
    }
    Ok(statements)
}

/// Appends to the charter.
pub(super) fn add_to_charter(
    connection: &Connection,
    number: u32,
    statement: &[u8],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO charter (number, statement) VALUES (?1, ?2)";
    execute(connection, sql, params![number, statement])
}

/// Cuts the charter to so many statements.
pub(super) fn cut_charter(connection: &Connection, length: u32) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM charter WHERE number >= ?1", [length])
}

/// Appends a statement to the manifest.
pub(super) fn add_statement(
    connection: &Connection,
    number: u64,
    statement: &[u8],
) -> Result<(), StoreError> {
    let sql = "INSERT INTO manifest (number, statement) VALUES (?1, ?2)";
    execute(connection, sql, params![signed(number)?, statement])
}

/// The number of the last statement, whatever it says; 0 where there is none.
pub(super) fn last_number(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) FROM manifest";
    let number: i64 = connection.query_row(sql, [], |row| row.get(0)).map_err(fault)?;
    u64::try_from(number).map_err(|_| unnumbered(number))
}

/// The statement of that number.
pub(super) fn statement(connection: &Connection, number: u64) -> Result<Entry, StoreError> {
    let missing = || damaged("manifest", &number.to_be_bytes());
    let sql = "SELECT statement FROM manifest WHERE number = ?1";
    let mut prepared = connection.prepare_cached(sql).map_err(fault)?;
    let bytes: Option<Vec<u8>> = prepared
        .query_row([signed(number)?], |row| row.get(0))
        .optional()
        .map_err(|error| unreadable(&error, "manifest"))?;
    let entry = bytes.and_then(Entry::read).ok_or_else(missing)?;
    if entry.statement.number == number { Ok(entry) } else { Err(missing()) }
}

/// Passes on every statement, oldest first, until told to stop.
pub(super) fn each_statement(
    connection: &Connection,
    mut each: impl FnMut(i64, Vec<u8>) -> bool,
) -> Result<(), StoreError> {
    let sql = "SELECT number, statement FROM manifest ORDER BY number";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        let number = row.get(0).map_err(|error| unreadable(&error, "manifest"))?;
        let bytes = row.get(1).map_err(|error| unreadable(&error, "manifest"))?;
        if !each(number, bytes) {
            break;
        }
    }
    Ok(())
}

/// Keeps a row as it was before the commit of that number; nothing where there was none.
pub(super) fn add_to_journal(
    connection: &Connection,
    number: u64,
    place: Place,
    before: Option<&Stored>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO journal (number, table_, id, version, blob) VALUES (?1, ?2, ?3, ?4, ?5)";
    let version = before.map(|row| signed(row.version)).transpose()?;
    let blob = before.map(|row| row.blob.as_slice());
    let row = params![signed(number)?, place.table.code(), place.key, version, blob];
    execute(connection, sql, row)
}

/// Takes out what a stranger may have put where the journal of this number goes.
pub(super) fn clear_journal_from(connection: &Connection, number: u64) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM journal WHERE number >= ?1", [signed(number)?])
}

/// The rows as they were before the commit of that number.
pub(super) fn journal(connection: &Connection, number: u64) -> Result<Vec<Before>, StoreError> {
    let sql = "SELECT table_, id, version, blob FROM journal WHERE number = ?1 ORDER BY table_, id";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([signed(number)?], before).map_err(fault)?;
    rows.map(|row| row.map_err(|error| unreadable(&error, "journal"))?).collect()
}

/// Every row that the journal keeps.
pub(super) fn whole_journal(connection: &Connection) -> Result<Vec<Before>, StoreError> {
    let sql = "SELECT table_, id, version, blob FROM journal";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([], before).map_err(fault)?;
    rows.map(|row| row.map_err(|error| unreadable(&error, "journal"))?).collect()
}

/// An administrator has checked what stands: what was before is of no use any more.
pub(super) fn empty_journal(connection: &Connection) -> Result<(), StoreError> {
    execute(connection, "DELETE FROM journal", [])
}

/// A row as it was before a commit.
pub(super) type Before = (Place, Option<Stored>);

fn before(row: &Row<'_>) -> rusqlite::Result<Result<Before, StoreError>> {
    let (code, key): (i64, Key) = (row.get(0)?, row.get(1)?);
    let Some(table) = u8::try_from(code).ok().and_then(Table::of_code) else {
        return Ok(Err(damaged("journal", &key)));
    };
    let place = Place { table, key };
    let (version, blob): (Option<i64>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
    Ok(match (version.map(u64::try_from), blob) {
        (None, None) => Ok((place, None)),
        (Some(Ok(version)), Some(blob)) => Ok((place, Some(Stored { key, version, blob }))),
        _ => Err(damaged("journal", &key)),
    })
}

/// The row with the histories of all keys.
pub(super) fn history(connection: &Connection) -> Result<Option<Stored>, StoreError> {
    let sql = format!("SELECT id, version, blob FROM {} WHERE id = ?1", Histories::TABLE);
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    let row = statement.query_row([Histories::KEY], stored).optional();
    row.map_err(|error| unreadable(&error, Histories::TABLE))
}

/// Puts that row.
pub(super) fn put_history(connection: &Connection, row: &Stored) -> Result<(), StoreError> {
    put_row(connection, Histories::TABLE, row)
}

/// `SQLite`'s count of what other programs wrote.
pub(super) fn data_version(connection: &Connection) -> Result<i64, StoreError> {
    connection.query_row("PRAGMA data_version", [], |row| row.get(0)).map_err(fault)
}

fn execute(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<(), StoreError> {
    connection.prepare_cached(sql).and_then(|mut s| s.execute(parameters)).map_err(fault)?;
    Ok(())
}

fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Failed)
}

fn unnumbered(number: i64) -> StoreError {
    damaged("manifest", &number.to_be_bytes())
}

pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let version: i64 = row.get(1)?;
    let version =
        u64::try_from(version).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(1, version))?;
    Ok(Stored { key: row.get(0)?, version, blob: row.get(2)? })
}

/// A row that cannot even be taken apart is damage; a fault below it is what `SQLite` says.
fn unreadable(error: &rusqlite::Error, table: &'static str) -> StoreError {
    if error.sqlite_error_code().is_some() {
        crate::file::fault_of(error)
    } else {
        StoreError::Corrupt { part: table }
    }
}
