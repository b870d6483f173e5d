//! Seams: rows that do not follow the one before them, because that was not there any more.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use usher_core::error::StoreError;

use super::chain::{Hash, Link, Tail};
use super::number;
use crate::file::fault;

/// The next row will follow this.
pub(super) fn keep(file: &Connection, before: &Tail) -> Result<(), StoreError> {
    let number = i64::try_from(before.number.saturating_add(1)).map_err(|_| StoreError::Failed)?;
    let sql = "INSERT INTO audit_seam (number, before) VALUES (?1, ?2)";
    file.execute(sql, params![number, before.hash]).map_err(fault)?;
    Ok(())
}

/// What each row of a seam follows. It is not trusted: without it such a row would not open.
pub(super) struct Seams(BTreeMap<u64, Hash>);

impl Seams {
    pub(super) fn read(file: &Connection) -> Result<Self, StoreError> {
        let sql = "SELECT number, before FROM audit_seam";
        let mut statement = file.prepare_cached(sql).map_err(fault)?;
        let seams = statement.query_map([], |row| Ok((number(row, 0)?, row.get(1)?)));
        seams.map_err(fault)?.map(|seam| seam.map_err(fault)).collect::<Result<_, _>>().map(Self)
    }

    /// What the row follows: what is said at the seam, or the row before it.
    pub(super) fn before(&self, link: &Link, row_before: Tail) -> Tail {
        let seam = self.0.get(&link.number);
        seam.map_or(row_before, |hash| Tail { number: link.number.saturating_sub(1), hash: *hash })
    }
}
