//! The rows in clear: what opens the vault, as the file has it.

use std::collections::BTreeMap;

use super::{Key, Place, Stored, Table, Write};

/// All rows of the tables in clear.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ClearRows(BTreeMap<Place, Stored>);

impl ClearRows {
    /// One row.
    pub(crate) fn get(&self, table: Table, key: &Key) -> Option<&Stored> {
        self.0.get(&Place { table, key: *key })
    }

    /// The rows of one table.
    pub(crate) fn of(&self, table: Table) -> impl Iterator<Item = &Stored> {
        let [first, last] = [[0; 16], [0xff; 16]].map(|key| Place { table, key });
        self.0.range(first..=last).map(|(_, row)| row)
    }

    /// Every row, with its place.
    pub(crate) fn into_all(self) -> impl Iterator<Item = (Place, Stored)> {
        self.0.into_iter()
    }

    /// Puts a row, or takes it out.
    pub(crate) fn set(&mut self, place: Place, row: Option<Stored>) {
        match row {
            Some(row) => drop(self.0.insert(place, row)),
            None => drop(self.0.remove(&place)),
        }
    }

    /// The rows as they will be after these writes.
    pub(crate) fn with(&self, writes: &[Write]) -> Self {
        let mut after = self.clone();
        for write in writes.iter().filter(|write| !write.table.is_book()) {
            let row = write.put.as_ref().map(|put| Stored {
                key: write.key,
                version: put.version.unwrap_or_else(|| self.next_version(write.place())),
                blob: put.blob.clone(),
            });
            after.set(write.place(), row);
        }
        after
    }

    fn next_version(&self, place: Place) -> u64 {
        self.0.get(&place).map_or(1, |row| row.version.saturating_add(1))
    }
}
