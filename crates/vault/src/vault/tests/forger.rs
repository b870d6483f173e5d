//! Somebody who has the vault's key, as everybody who ever came in has, and tools: they seal rows,
//! set leaves right, keep a journal and sign statements with whatever key they hold.

use std::collections::BTreeMap;

use rusqlite::Connection;
use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::super::leaf::{Hash, hash_of, leaf};
use super::super::statement::{Entry, Kind, Statement};
use super::super::{reading, tables};
use super::world::{TECH, World};
use crate::keys::Keys;
use crate::rows::{Place, Stored};
use crate::seal::Identity;

pub(super) struct Forger {
    pub(super) connection: Connection,
    keys: Keys,
    /// The rows that were touched, as they were before.
    touched: BTreeMap<Place, Option<Stored>>,
}

/// How a forger covers what they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Not at all.
    None,
    /// The leaves are set right.
    Leaves,
    /// A delta of their own, without the rows as they were before.
    NoJournal,
    /// A delta of their own, with all that belongs to it.
    Delta,
    /// A checkpoint, signed with their own key.
    Checkpoint,
    /// The last statement signed again, as a checkpoint of their own.
    Again,
    /// A checkpoint in the administrator's name, signed with their own key.
    InAnothersName,
}

impl Cover {
    pub(super) const ALL: [Self; 7] = [
        Self::None,
        Self::Leaves,
        Self::NoJournal,
        Self::Delta,
        Self::Checkpoint,
        Self::Again,
        Self::InAnothersName,
    ];

    /// Whether the row itself can be named: where nothing holds but a statement that nobody could
    /// have made, that is what is named.
    pub(super) fn names_the_row(self) -> bool {
        matches!(self, Self::None | Self::Leaves | Self::NoJournal | Self::Delta)
    }
}

impl Forger {
    /// The technician at work.
    pub(super) fn at(world: &World) -> Self {
        let keys = world.keys(&mut world.shelf(), TECH).expect("has a share");
        let connection = Connection::open(&world.path).expect("opens");
        Self { connection, keys, touched: BTreeMap::new() }
    }

    /// A row in its plain form.
    pub(super) fn plain(&self, place: Place) -> Stored {
        let row = tables::row_of(&self.connection, place).expect("reads").expect("is there");
        if place.table.is_book() {
            reading::open(&self.keys, place, &row).expect("opens")
        } else {
            row
        }
    }

    /// Changes the JSON of a row.
    pub(super) fn edit(&mut self, place: Place, edit: impl FnOnce(&mut serde_json::Value)) {
        let row = self.plain(place);
        let mut json = serde_json::from_slice(&row.blob).expect("JSON");
        edit(&mut json);
        let blob = serde_json::to_vec(&json).expect("encodes");
        self.put(place, Stored { version: row.version + 1, blob, ..row });
    }

    /// Puts a row, sealed if it is one of the book.
    pub(super) fn put(&mut self, place: Place, plain: Stored) {
        let ring = self.keys.ring();
        let seal = |plain: &Stored| {
            ring.seal(place.table.name(), &place.key, plain.version, &plain.blob).expect("seals")
        };
        let blob = if place.table.is_book() { seal(&plain) } else { plain.blob };
        self.put_as_it_is(place, Some(Stored { blob, ..plain }));
    }

    /// Puts a row as it is to be stored, or takes it away; the leaf stays as it was.
    pub(super) fn put_as_it_is(&mut self, place: Place, row: Option<Stored>) {
        let before = tables::row_of(&self.connection, place).expect("reads");
        let leaves = tables::leaves(&self.connection).expect("reads");
        match row {
            Some(row) => {
                let hash = leaf(place, &row);
                tables::put(&self.connection, place, &row, &hash).expect("puts");
            }
            None => tables::remove(&self.connection, place).expect("removes"),
        }
        self.set_leaf(place, leaves.get(&place).copied());
        self.touched.entry(place).or_insert(before);
    }

    fn set_leaf(&self, place: Place, hash: Option<Hash>) {
        let delete = "DELETE FROM leaf WHERE table_ = ?1 AND id = ?2";
        self.connection.execute(delete, (place.table.code(), place.key)).expect("deletes");
        if let Some(hash) = hash {
            let insert = "INSERT INTO leaf (table_, id, hash) VALUES (?1, ?2, ?3)";
            self.connection
                .execute(insert, (place.table.code(), place.key, hash))
                .expect("inserts");
        }
    }

    /// Covers it up.
    pub(super) fn cover(&self, world: &World, cover: Cover) {
        if cover == Cover::None {
            return;
        }
        for place in self.touched.keys() {
            let row = tables::row_of(&self.connection, *place).expect("reads");
            self.set_leaf(*place, row.map(|row| leaf(*place, &row)));
        }
        let (kind, writer) = match cover {
            Cover::None | Cover::Leaves => return,
            Cover::NoJournal | Cover::Delta => (Kind::Delta, TECH),
            Cover::Checkpoint | Cover::Again => (Kind::Checkpoint, TECH),
            Cover::InAnothersName => (Kind::Checkpoint, super::world::ADMIN),
        };
        let last = self.last();
        let number = last.statement.number + u64::from(cover != Cover::Again);
        let previous = if cover == Cover::Again { last.statement.previous } else { last.hash };
        if cover == Cover::Again {
            self.connection
                .execute(
                    "DELETE FROM manifest WHERE number = ?1",
                    [i64::try_from(number).expect("small")],
                )
                .expect("deletes");
        }
        if cover == Cover::Delta {
            for (place, before) in &self.touched {
                tables::add_to_journal(&self.connection, number, *place, before.as_ref())
                    .expect("keeps");
            }
        }
        self.state(&last.statement, (kind, writer), (number, previous), &world.tech);
    }

    /// The last statement.
    pub(super) fn last(&self) -> Entry {
        let number = tables::last_number(&self.connection).expect("reads");
        tables::statement(&self.connection, number).expect("reads")
    }

    /// Signs that all is as it is now.
    pub(super) fn state(
        &self,
        last: &Statement,
        (kind, writer): (Kind, PersonId),
        (number, previous): (u64, Hash),
        identity: &Identity,
    ) {
        let charter = tables::charter(&self.connection).expect("reads");
        let all = u32::try_from(charter.len()).expect("few");
        self.state_under(last, (kind, writer), (number, previous, all), identity);
    }

    /// The same, under the charter as it was after so many statements. The hash of what was written.
    pub(super) fn state_under(
        &self,
        last: &Statement,
        (kind, writer): (Kind, PersonId),
        (number, previous, length): (u64, Hash, u32),
        identity: &Identity,
    ) -> Hash {
        let leaves = tables::leaves(&self.connection).expect("reads");
        let charter = tables::charter(&self.connection).expect("reads");
        let end = usize::try_from(length).expect("few") - 1;
        let statement = Statement {
            number,
            kind,
            writer,
            previous,
            charter: (length, hash_of(&charter[end])),
            at: Moment::from_unix_millis(9),
            root: leaves.root(),
            changed: self
                .touched
                .keys()
                .map(|place| (*place, leaves.get(place).copied()))
                .collect(),
            ..last.clone()
        };
        let bytes = statement.sign(identity);
        tables::add_statement(&self.connection, number, &bytes).expect("adds");
        hash_of(&bytes)
    }

    pub(super) fn close(self) {
        self.connection.close().expect("closes");
    }
}
