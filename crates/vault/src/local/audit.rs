//! The audit log: appended to, never changed, numbered from 1 without gaps.

use rusqlite::{Connection, Row, TransactionBehavior, params};
use usher_core::audit::{AuditEvent, AuditRow};
use usher_core::error::StoreError;
use usher_core::ids::{PersonId, RunId};
use usher_core::time::Moment;

use super::KIND;
use crate::file::{self, fault};

const CORRUPT: StoreError = StoreError::Corrupt { part: "audit" };

/// That no number is missing.
pub(super) fn check_numbers(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT count(*), coalesce(max(number), 0) FROM audit";
    let (rows, last): (i64, i64) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault)?;
    if rows == last { Ok(()) } else { Err(CORRUPT) }
}

/// Appends the event; on the disk when this returns.
pub(super) fn append(connection: &mut Connection, event: &AuditEvent) -> Result<(), StoreError> {
    let details = serde_json::to_string(&event.details).map_err(|_| StoreError::Failed)?;
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    // Another program may have brought the file to a schema that this one does not know.
    file::recheck(&transaction, &KIND)?;
    let sql = "INSERT INTO audit (number, at, person, what, on_, outcome, details, run)
               SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM audit";
    let row = params![
        millis(event.at)?,
        event.person.to_bytes(),
        event.what.word(),
        event.on,
        event.outcome.word(),
        details,
        event.run.map(RunId::to_bytes),
    ];
    transaction.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
    transaction.commit().map_err(fault)
}

/// Rows before the number, newest first.
pub(super) fn newest(
    connection: &Connection,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<AuditRow>, StoreError> {
    let before = before.and_then(|n| i64::try_from(n).ok()).unwrap_or(i64::MAX);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = "SELECT number, at, person, what, on_, outcome, details, run
               FROM audit WHERE number < ?1 ORDER BY number DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([before, limit], |row| Ok(read(row))).map_err(fault)?;
    rows.map(|row| row.map_err(fault)?.map_err(|_| CORRUPT)).collect()
}

fn read(row: &Row<'_>) -> Result<AuditRow, rusqlite::Error> {
    let details: String = row.get(6)?;
    let run: Option<[u8; 16]> = row.get(7)?;
    Ok(AuditRow {
        number: unsigned(row, 0)?,
        at: Moment::from_unix_millis(unsigned(row, 1)?),
        person: PersonId::from_bytes(row.get(2)?),
        what: row.get(3)?,
        on: row.get(4)?,
        outcome: row.get(5)?,
        details: serde_json::from_str(&details).map_err(|_| rusqlite::Error::InvalidQuery)?,
        run: run.map(RunId::from_bytes),
    })
}

fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

fn millis(moment: Moment) -> Result<i64, StoreError> {
    i64::try_from(moment.unix_millis()).map_err(|_| StoreError::Failed)
}
