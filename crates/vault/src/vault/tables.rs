//! The vault's tables and the four statements on them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use usher_core::book::Book;
use usher_core::error::StoreError;

use super::manifest::Manifest;
use crate::file::{Kind, fault};
use crate::rows::{self, Key, Put, Stored, Table, Write};

/// The vault's kind of file: `USHV`, and the schema's steps. A step, once released, never changes.
pub(super) const KIND: Kind =
    Kind { application_id: 0x5553_4856, migrations: &[SCHEMA_1, SCHEMA_2] };

const SCHEMA_1: &str = "
CREATE TABLE connection   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE folder       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE credential   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session      (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person_group (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE grant_       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source_right (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE certificate  (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting      (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE manifest     (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), blob BLOB NOT NULL) STRICT;
";

/// Keys of people's own. The manifest counts the new table in, as one without rows.
const SCHEMA_2: &str = r#"
CREATE TABLE person_key   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
UPDATE manifest SET blob = CAST(char(1) || json_set(
    CAST(substr(blob, 2) AS TEXT), '$.tables.person_key',
    json('{"rows":0,"xor":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}')
) AS BLOB);
"#;

/// What a new vault holds: the settings as they are by default.
pub(super) fn fill(connection: &Connection) -> Result<(), StoreError> {
    let mut manifest = Manifest::default();
    write(connection, &rows::write_of_settings(&Book::default())?, &mut manifest)?;
    manifest.store(connection)
}

/// Reads every row, and that the rows are those the manifest counts.
pub(super) fn read(connection: &Connection) -> Result<(Book, Manifest), StoreError> {
    let mut book = Book::default();
    let mut manifest = Manifest::default();
    for table in Table::ALL {
        for row in rows_of(connection, table)? {
            manifest.toggle(table, &row, true)?;
            rows::read_into(&mut book, table, &row)?;
        }
    }
    manifest.verify(connection)?;
    Ok((book, manifest))
}

/// Puts or removes one row and keeps the manifest in step.
pub(super) fn write(
    connection: &Connection,
    write: &Write,
    manifest: &mut Manifest,
) -> Result<(), StoreError> {
    let table = write.table;
    let before = row_of(connection, table, write.key)?;
    if let Some(row) = &before {
        manifest.toggle(table, row, false)?;
    }
    match &write.put {
        Some(new) => {
            let row = next(write.key, new, before.as_ref());
            put(connection, table, &row)?;
            manifest.toggle(table, &row, true)
        }
        None => remove(connection, table, write.key),
    }
}

fn next(key: Key, new: &Put, before: Option<&Stored>) -> Stored {
    let counted = before.map_or(1, |row| row.version.saturating_add(1));
    Stored { key, version: new.version.unwrap_or(counted), blob: new.blob.clone() }
}

fn rows_of(connection: &Connection, table: Table) -> Result<Vec<Stored>, StoreError> {
    let sql = format!("SELECT id, version, blob FROM {} ORDER BY id", table.name());
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    let rows = statement.query_map([], stored).map_err(fault)?;
    rows.map(|row| row.map_err(|error| damaged(error, table))).collect()
}

fn row_of(connection: &Connection, table: Table, key: Key) -> Result<Option<Stored>, StoreError> {
    let sql = format!("SELECT id, version, blob FROM {} WHERE id = ?1", table.name());
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    statement.query_row([key], stored).optional().map_err(|error| damaged(error, table))
}

fn put(connection: &Connection, table: Table, row: &Stored) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO {} (id, version, blob) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, blob = excluded.blob",
        table.name()
    );
    let version = i64::try_from(row.version).map_err(|_| StoreError::Failed)?;
    let mut statement = connection.prepare_cached(&sql).map_err(fault)?;
    statement.execute(params![row.key, version, row.blob]).map_err(fault)?;
    Ok(())
}

fn remove(connection: &Connection, table: Table, key: Key) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", table.name());
    connection.prepare_cached(&sql).and_then(|mut s| s.execute([key])).map_err(fault)?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let version: i64 = row.get(1)?;
    let version =
        u64::try_from(version).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(1, version))?;
    Ok(Stored { key: row.get(0)?, version, blob: row.get(2)? })
}

/// A row that cannot even be taken apart is damage; a fault below it is what `SQLite` says.
fn damaged(error: rusqlite::Error, table: Table) -> StoreError {
    if error.sqlite_error_code().is_some() { fault(error) } else { table.corrupt() }
}
