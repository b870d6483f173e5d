//! That a file is what it claims to be: our kind, a known schema number, exactly our tables.

use rusqlite::{Connection, OptionalExtension};
use usher_core::error::StoreError;

use super::Kind;
use super::fault::inspection;

/// Looks the whole file over; gives its schema number.
///
/// The tables are compared before `SQLite` checks the pages, so that nothing which a stranger wrote
/// into the schema is ever evaluated.
pub(super) fn inspect(connection: &Connection, kind: &Kind) -> Result<u32, StoreError> {
    let found = number(connection, kind)?;
    compare(connection, kind, found)?;
    check_pages(connection)?;
    Ok(found)
}

/// The file's schema number, if the file is of our kind and not newer than this program.
pub(super) fn number(connection: &Connection, kind: &Kind) -> Result<u32, StoreError> {
    if pragma(connection, "PRAGMA application_id")? != i64::from(kind.application_id) {
        return Err(StoreError::Corrupt { part: "application_id" });
    }
    let found = pragma(connection, "PRAGMA user_version")?;
    let found = u32::try_from(found).map_err(|_| StoreError::Corrupt { part: "user_version" })?;
    if found == 0 {
        return Err(StoreError::Corrupt { part: "user_version" });
    }
    let known = kind.known();
    if found > known { Err(StoreError::NewerVersion { found, known }) } else { Ok(found) }
}

/// That the file has exactly the tables of that number: a trigger or view more is code of a
/// stranger, and a table less is damage.
pub(super) fn compare(connection: &Connection, kind: &Kind, number: u32) -> Result<(), StoreError> {
    let expected = Connection::open_in_memory().map_err(inspection)?;
    let steps = usize::try_from(number).unwrap_or(usize::MAX);
    for migration in kind.migrations.iter().take(steps) {
        expected.execute_batch(migration).map_err(inspection)?;
    }
    if definitions(connection)? == definitions(&expected)? {
        Ok(())
    } else {
        Err(StoreError::Corrupt { part: "schema" })
    }
}

type Definition = (String, String, String, Option<String>);

fn definitions(connection: &Connection) -> Result<Vec<Definition>, StoreError> {
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql).map_err(schema_fault)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .map_err(schema_fault)?;
    rows.collect::<Result<_, _>>().map_err(schema_fault)
}

fn schema_fault(error: rusqlite::Error) -> StoreError {
    match inspection(error) {
        StoreError::Corrupt { .. } => StoreError::Corrupt { part: "schema" },
        other @ (StoreError::Missing
        | StoreError::ReadOnly
        | StoreError::NewerVersion { .. }
        | StoreError::NetworkPath
        | StoreError::Busy
        | StoreError::Failed
        | StoreError::Conflict
        | StoreError::Locked
        | StoreError::RolledBack { .. }
        | StoreError::Damaged { .. }
        | StoreError::ReadOnlyAsFound) => other,
    }
}

fn check_pages(connection: &Connection) -> Result<(), StoreError> {
    let verdict: Option<String> = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .optional()
        .map_err(inspection)?;
    if verdict.as_deref() == Some("ok") {
        Ok(())
    } else {
        Err(StoreError::Corrupt { part: "pages" })
    }
}

fn pragma(connection: &Connection, sql: &str) -> Result<i64, StoreError> {
    connection.query_row(sql, [], |row| row.get(0)).map_err(inspection)
}
