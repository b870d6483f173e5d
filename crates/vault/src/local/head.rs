//! The signed head: somebody who had the vault open vouches for all rows so far.

use rusqlite::{Connection, Row, params};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::chain::{Hash, Tail};
use super::{millis, number};
use crate::Witness;
use crate::file::fault;
use crate::seal::{Canonical, Domain, VaultId};

/// After how many rows the head is signed at the latest.
pub(super) const ROWS: u64 = 256;

/// A head that somebody signed.
pub(super) struct Head {
    pub(super) number: u64,
    pub(super) hash: Hash,
    at: u64,
    person: PersonId,
    signature: [u8; 64],
}

/// Has whoever has the vault open sign; false while it is locked.
///
/// Of the heads since the last full [`ROWS`] only the newest is kept: it vouches for the same rows, and
/// verifying a signature takes as long as verifying a hundred rows.
pub(super) fn sign(
    file: &Connection,
    witness: &Witness,
    vault: &VaultId,
    (tail, at): (&Tail, Moment),
) -> Result<bool, StoreError> {
    let message = message(vault, tail.number, &tail.hash, at.unix_millis());
    let Some((person, signature)) = witness.sign(Domain::AuditHead, &message) else {
        return Ok(false);
    };
    let last = i64::try_from(tail.number).map_err(|_| StoreError::Failed)?;
    let block = i64::try_from(tail.number.saturating_sub(1) / ROWS * ROWS).unwrap_or(i64::MAX);
    let thin = "DELETE FROM audit_head WHERE number > ?1 AND number <= ?2";
    file.prepare_cached(thin).and_then(|mut s| s.execute([block, last])).map_err(fault)?;
    let sql = "INSERT INTO audit_head (number, hash, at, person, signature)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    let row = params![last, tail.hash, millis(at)?, person.to_bytes(), signature];
    file.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
    Ok(true)
}

/// The number of the last row that somebody vouched for; 0 without any.
pub(super) fn signed_to(file: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) FROM audit_head";
    let mut statement = file.prepare_cached(sql).map_err(fault)?;
    statement.query_row([], |row| number(row, 0)).map_err(fault)
}

/// All of them, in order.
pub(super) fn all(file: &Connection) -> Result<Vec<Head>, StoreError> {
    let sql = "SELECT number, hash, at, person, signature FROM audit_head ORDER BY number";
    let mut statement = file.prepare_cached(sql).map_err(fault)?;
    let heads = statement.query_map([], read).map_err(fault)?;
    heads.map(|head| head.map_err(fault)).collect()
}

fn read(row: &Row<'_>) -> Result<Head, rusqlite::Error> {
    Ok(Head {
        number: number(row, 0)?,
        hash: row.get(1)?,
        at: number(row, 2)?,
        person: PersonId::from_bytes(row.get(3)?),
        signature: row.get(4)?,
    })
}

impl Head {
    /// Whether it is of this row and by the person it names.
    pub(super) fn holds(&self, witness: &Witness, vault: &VaultId, row: &Tail) -> bool {
        let message = message(vault, self.number, &self.hash, self.at);
        let signed =
            || witness.signed_by(self.person, Domain::AuditHead, &message, &self.signature);
        row.number == self.number && row.hash == self.hash && signed() == Some(true)
    }
}

pub(super) fn message(vault: &VaultId, number: u64, hash: &Hash, at: u64) -> Vec<u8> {
    Canonical::of("usher/audit-head/v1")
        .bytes(vault.as_bytes())
        .number(number)
        .bytes(hash)
        .number(at)
        .done()
}
