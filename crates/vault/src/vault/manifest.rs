//! The manifest: of each table, how many rows it has and what they come to.
//!
//! `SQLite` checks its pages' structure, not what stands in them. With the manifest a changed, lost
//! or doubled row is damage that shows. It guards against accidents; whoever can write the file
//! can also write the manifest, until it is signed.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use usher_core::error::StoreError;

use crate::file::fault;
use crate::rows::{self, Stored, Table};

/// What all rows come to, by table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<Table, Sum>);

/// A table's rows: how many, and the XOR of their hashes, which needs no order and can be undone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    rows: u64,
    xor: [u8; 32],
}

/// As the file has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    tables: BTreeMap<String, Sum>,
}

const CORRUPT: StoreError = StoreError::Corrupt { part: "manifest" };

impl Manifest {
    /// Counts a row in (`present`) or out.
    pub(super) fn toggle(
        &mut self,
        table: Table,
        row: &Stored,
        present: bool,
    ) -> Result<(), StoreError> {
        let sum = self.0.entry(table).or_default();
        let rows = if present { sum.rows.checked_add(1) } else { sum.rows.checked_sub(1) };
        sum.rows = rows.ok_or(CORRUPT)?;
        sum.xor.iter_mut().zip(hash(table, row)).for_each(|(sum, byte)| *sum ^= byte);
        Ok(())
    }

    /// Writes the manifest into the file.
    pub(super) fn store(&self, connection: &Connection) -> Result<(), StoreError> {
        let blob = rows::encode(&self.sheet())?;
        let sql = "INSERT INTO manifest (one, blob) VALUES (1, ?1)
                   ON CONFLICT (one) DO UPDATE SET blob = excluded.blob";
        connection.execute(sql, [blob]).map_err(fault)?;
        Ok(())
    }

    /// That the file's manifest says the same; if not, which table differs.
    pub(super) fn verify(&self, connection: &Connection) -> Result<(), StoreError> {
        let sql = "SELECT blob FROM manifest WHERE one = 1";
        let blob: Option<Vec<u8>> =
            connection.query_row(sql, [], |row| row.get(0)).optional().map_err(fault)?;
        let sheet: Sheet = rows::decode(&blob.ok_or(CORRUPT)?, Table::Setting)
            .map_err(|error| if error == Table::Setting.corrupt() { CORRUPT } else { error })?;
        let differs = |table: &Table| sheet.tables.get(table.name()) != Some(&self.sum(*table));
        match Table::ALL.into_iter().find(differs) {
            Some(table) => Err(table.corrupt()),
            None if sheet.tables.len() == Table::ALL.len() => Ok(()),
            None => Err(CORRUPT),
        }
    }

    fn sum(&self, table: Table) -> Sum {
        self.0.get(&table).copied().unwrap_or_default()
    }

    fn sheet(&self) -> Sheet {
        let entry = |table: Table| (table.name().to_owned(), self.sum(table));
        Sheet { tables: Table::ALL.into_iter().map(entry).collect() }
    }
}

/// A row's hash binds where it stands, as its sealed form will.
fn hash(table: Table, row: &Stored) -> [u8; 32] {
    Sha256::new()
        .chain_update(table.name())
        .chain_update([0])
        .chain_update(row.key)
        .chain_update(row.version.to_be_bytes())
        .chain_update(&row.blob)
        .finalize()
        .into()
}
