//! The log of the older schema: in clear and not chained. Its rows become the first of the chain.

use rusqlite::{Connection, Row};
use usher_core::error::StoreError;

use super::{CORRUPT, number};
use crate::file::fault;

/// A row of the older schema.
pub(super) struct Older {
    pub(super) at: u64,
    pub(super) person: [u8; 16],
    pub(super) what: String,
    pub(super) on: String,
    pub(super) outcome: String,
    pub(super) details: Vec<(String, String)>,
    pub(super) run: Option<[u8; 16]>,
}

/// That no number of the older log is missing.
pub(super) fn check_numbers(file: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT count(*), coalesce(max(number), 0) FROM audit_1";
    let (rows, last): (i64, i64) =
        file.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault)?;
    if rows == last { Ok(()) } else { Err(CORRUPT) }
}

/// Whether rows of the older log wait to be taken over.
pub(super) fn is_used(file: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM audit_1)";
    file.query_row(sql, [], |row| row.get(0)).map_err(fault)
}

/// Hands over each row in order, then wipes them all.
pub(super) fn take_over(
    file: &Connection,
    take: &mut dyn FnMut(Older) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = "SELECT at, person, what, on_, outcome, details, run FROM audit_1 ORDER BY number";
    let mut statement = file.prepare(sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        take(read(row).map_err(|_| CORRUPT)?)?;
    }
    drop(rows);
    // `secure_delete` is on: the pages that held them are zeroed.
    file.execute("DELETE FROM audit_1", []).map_err(fault)?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Older, rusqlite::Error> {
    let details: String = row.get(5)?;
    Ok(Older {
        at: number(row, 0)?,
        person: row.get(1)?,
        what: row.get(2)?,
        on: row.get(3)?,
        outcome: row.get(4)?,
        details: serde_json::from_str(&details).map_err(|_| rusqlite::Error::InvalidQuery)?,
        run: row.get(6)?,
    })
}
