//! Leaves: a hash for each row, bound to where it stands, and the root over all of them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::rows::{Place, Stored};

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// The leaves of all rows that the manifest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Leaves(BTreeMap<Place, Hash>);

impl Leaves {
    /// The row's leaf.
    pub(super) fn get(&self, place: &Place) -> Option<&Hash> {
        self.0.get(place)
    }

    /// Sets a row's leaf, or takes it out.
    pub(super) fn set(&mut self, place: Place, hash: Option<Hash>) {
        match hash {
            Some(hash) => drop(self.0.insert(place, hash)),
            None => drop(self.0.remove(&place)),
        }
    }

    /// The root over all leaves, in their order.
    pub(super) fn root(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(b"usher/root/v1\0");
        for (place, hash) in &self.0 {
            hasher.update([place.table.code()]);
            hasher.update(place.key);
            hasher.update(hash);
        }
        hasher.finalize().into()
    }

    /// The first row whose leaf differs from that in the other set.
    pub(super) fn first_difference(&self, other: &Self) -> Option<Place> {
        let mine = self.0.iter().filter(|(place, hash)| other.0.get(place) != Some(hash));
        let theirs = other.0.keys().filter(|place| !self.0.contains_key(place));
        mine.map(|(place, _)| place).chain(theirs).min().copied()
    }

    /// Every leaf, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Place, &Hash)> {
        self.0.iter()
    }
}

/// A row's leaf.
pub(super) fn leaf(place: Place, row: &Stored) -> Hash {
    Sha256::new()
        .chain_update(b"usher/leaf/v1\0")
        .chain_update([place.table.code()])
        .chain_update(place.key)
        .chain_update(row.version.to_be_bytes())
        .chain_update(&row.blob)
        .finalize()
        .into()
}

/// The hash of a statement as it is stored, signature included.
pub(super) fn hash_of(statement: &[u8]) -> Hash {
    Sha256::digest(statement).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Table;

    fn place(table: Table, byte: u8) -> Place {
        Place { table, key: [byte; 16] }
    }

    fn row(version: u64, blob: &[u8]) -> Stored {
        Stored { key: [1; 16], version, blob: blob.to_vec() }
    }

    #[test]
    fn a_leaf_binds_table_id_version_and_blob() {
        let here = place(Table::Grant, 1);
        let leaves = [
            leaf(here, &row(1, b"a")),
            leaf(here, &row(2, b"a")),
            leaf(here, &row(1, b"b")),
            leaf(place(Table::Grant, 2), &row(1, b"a")),
            leaf(place(Table::Source, 1), &row(1, b"a")),
        ];
        let different: std::collections::BTreeSet<_> = leaves.iter().collect();
        assert_eq!(different.len(), leaves.len());
    }

    #[test]
    fn the_first_row_that_differs_is_named_whichever_side_it_is_on() {
        let mut one = Leaves::default();
        for byte in 1..4 {
            one.set(place(Table::Folder, byte), Some([byte; 32]));
        }
        let mut other = one.clone();
        assert_eq!((one.first_difference(&other), one.root()), (None, other.root()));
        other.set(place(Table::Folder, 3), Some([9; 32]));
        assert_eq!(one.first_difference(&other), Some(place(Table::Folder, 3)));
        other.set(place(Table::Folder, 2), None);
        assert_eq!(one.first_difference(&other), Some(place(Table::Folder, 2)));
        other.set(place(Table::Folder, 0), Some([0; 32]));
        assert_eq!(one.first_difference(&other), Some(place(Table::Folder, 0)));
        assert_ne!(one.root(), other.root());
    }
}
