//! What one commit writes: rows, sealed on their way, with their leaves, and then the statement over
//! all of it.

use std::collections::BTreeMap;

use rusqlite::Transaction;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::chain::Mark;
use super::leaf::{Hash, Leaves, hash_of, leaf};
use super::statement::{Kind, Statement};
use super::{reading, tables};
use crate::keys::{Keys, Ring};
use crate::rows::{ClearRows, Histories, Place, Put, Stored, Table, Write};
use crate::seal::Identity;

/// A commit that is being written.
pub(super) struct Sheet<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) keys: &'a Keys,
    /// What rows are sealed with from now on.
    pub(super) ring: &'a Ring,
    pub(super) leaves: Leaves,
    pub(super) rows: ClearRows,
    /// The number of the delta whose journal keeps what was before; none for a checkpoint.
    pub(super) journal: Option<u64>,
    pub(super) changed: BTreeMap<Place, Option<Hash>>,
}

/// Who closes a sheet, and after which state.
pub(super) struct Closing<'a> {
    pub(super) kind: Kind,
    pub(super) writer: PersonId,
    pub(super) identity: &'a Identity,
    pub(super) number: u64,
    pub(super) previous: Hash,
    pub(super) charter: (u32, Hash),
    pub(super) at: Moment,
}

impl Sheet<'_> {
    /// Writes all of these; of several writes of one row the last counts.
    pub(super) fn write_all(&mut self, writes: Vec<Write>) -> Result<(), StoreError> {
        let last: BTreeMap<Place, Option<Put>> =
            writes.into_iter().map(|write| (write.place(), write.put)).collect();
        last.into_iter().try_for_each(|(place, put)| self.write(place, put))
    }

    fn write(&mut self, place: Place, put: Option<Put>) -> Result<(), StoreError> {
        let before = tables::row_of(self.transaction, place)?;
        self.as_verified(place, before.as_ref())?;
        if let Some(number) = self.journal {
            tables::add_to_journal(self.transaction, number, place, before.as_ref())?;
        }
        match put {
            Some(put) => {
                let row = self.stored(place, put, before.as_ref())?;
                self.put(place, row)
            }
            None => self.remove(place),
        }
    }

    fn stored(
        &self,
        place: Place,
        put: Put,
        before: Option<&Stored>,
    ) -> Result<Stored, StoreError> {
        let counted = before.map_or(1, |row| row.version.saturating_add(1));
        let version = put.version.unwrap_or(counted);
        let blob =
            if place.table.is_book() { self.seal(place, version, &put.blob)? } else { put.blob };
        Ok(Stored { key: place.key, version, blob })
    }

    fn seal(&self, place: Place, version: u64, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.ring.seal(place.table.name(), &place.key, version, plain)
    }

    fn put(&mut self, place: Place, row: Stored) -> Result<(), StoreError> {
        let hash = leaf(place, &row);
        tables::put(self.transaction, place, &row, &hash)?;
        self.note(place, Some(hash));
        if !place.table.is_book() {
            self.rows.set(place, Some(row));
        }
        Ok(())
    }

    fn remove(&mut self, place: Place) -> Result<(), StoreError> {
        tables::remove(self.transaction, place)?;
        self.note(place, None);
        self.rows.set(place, None);
        Ok(())
    }

    /// The file is read again here, and whoever writes past `SQLite` gives no sign of it: what is
    /// signed must be what was verified.
    fn as_verified(&self, place: Place, row: Option<&Stored>) -> Result<(), StoreError> {
        let leaf = row.map(|row| leaf(place, row));
        if self.leaves.get(&place) == leaf.as_ref() { Ok(()) } else { Err(place.damaged()) }
    }

    fn note(&mut self, place: Place, hash: Option<Hash>) {
        self.leaves.set(place, hash);
        self.changed.insert(place, hash);
    }

    /// Seals every row of the book anew that this commit has not sealed already.
    pub(super) fn reseal(&mut self) -> Result<(), StoreError> {
        for table in Table::ALL.into_iter().filter(|table| table.is_book()) {
            for row in tables::rows_of(self.transaction, table)? {
                let place = Place { table, key: row.key };
                if self.changed.contains_key(&place) {
                    continue;
                }
                self.as_verified(place, Some(&row))?;
                let plain = reading::open(self.keys, place, &row)?;
                let blob = self.seal(place, plain.version, &plain.blob)?;
                self.put(place, Stored { blob, ..plain })?;
            }
        }
        Ok(())
    }

    /// Writes down what was learnt of the keys.
    pub(super) fn put_histories(&self, histories: &Histories) -> Result<(), StoreError> {
        put_histories(self.transaction, self.ring, histories)
    }

    /// Signs what stands, and gives the state that it makes.
    pub(super) fn close(self, closing: &Closing<'_>) -> Result<Closed, StoreError> {
        let statement = Statement {
            vault: self.keys.vault(),
            number: closing.number,
            kind: closing.kind,
            epoch: self.ring.epoch(),
            writer: closing.writer,
            previous: closing.previous,
            charter: closing.charter,
            at: closing.at,
            root: self.leaves.root(),
            changed: self.changed.into_iter().collect(),
        };
        let bytes = statement.sign(closing.identity);
        tables::add_statement(self.transaction, closing.number, &bytes)?;
        let mark = Mark { number: closing.number, hash: hash_of(&bytes), charter: closing.charter };
        Ok(Closed { leaves: self.leaves, rows: self.rows, mark })
    }
}

/// The state after a commit.
pub(super) struct Closed {
    pub(super) leaves: Leaves,
    pub(super) rows: ClearRows,
    pub(super) mark: Mark,
}

/// Writes down what was learnt of the keys, sealed with this key.
pub(super) fn put_histories(
    transaction: &Transaction<'_>,
    ring: &Ring,
    histories: &Histories,
) -> Result<(), StoreError> {
    let version = tables::history(transaction)?.map_or(1, |row| row.version.saturating_add(1));
    let plain = histories.encode()?;
    let blob = ring.seal(Histories::TABLE, &Histories::KEY, version, &plain)?;
    tables::put_history(transaction, &Stored { key: Histories::KEY, version, blob })
}
