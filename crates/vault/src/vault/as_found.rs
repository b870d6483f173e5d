//! A vault that is not as it was left, read as far as it can be trusted.
//!
//! What is true is what an administrator last answered for, and of the steps since, those that hold.
//! That says for each row what its hash has to be. A row that has it is taken, from its place or from
//! the journal; the others are left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use usher_core::book::Book;
use usher_core::error::StoreError;

use super::chain::{self, Chain, Mark};
use super::charter::Charter;
use super::law;
use super::leaf::{Hash, Leaves, leaf};
use super::reading::{self, Reading, Scan, public_key};
use super::statement::Entry;
use super::steps::{self, Move, Step};
use super::{blame, tables};
use crate::keys::Keys;
use crate::rows::{self, ClearRows, Place, Stored};

/// Rows by their hash: those in their places, and those in the journal.
struct Images {
    charter: Charter,
    rows: BTreeMap<(Place, Hash), Stored>,
}

/// Reads what can be trusted.
///
/// # Errors
/// The damage itself, where nothing can be, or nobody here administers the vault. Who does is read
/// from the file, so a file whose charter is behind what this device has seen says nothing about it:
/// an older copy would let in who has been taken off since.
pub(super) fn read(
    connection: &Connection,
    keys: &mut Keys,
    marks: &[Mark],
    damage: &StoreError,
) -> Result<Reading, StoreError> {
    let (charter, _) = Charter::replay_what_holds(&tables::charter(connection)?)?;
    let here = keys.people();
    let administers = here.iter().any(|person| charter.administrators().contains_key(person));
    let known = marks.iter().all(|mark| charter.continues(mark.charter));
    if charter.vault() != keys.vault() || !administers || !known {
        return Err(damage.clone());
    }
    let chain = chain::unsigned(connection).map_err(|_| damage.clone())?;
    vouched_for(connection, &chain, &charter, marks).map_err(|_| damage.clone())?;
    let scan = reading::scan(connection)?;
    let told = at_the_floor(connection, &scan, &chain)?.ok_or_else(|| damage.clone())?;
    let images = Images { charter, rows: by_hash(connection, scan)? };
    take_in(connection, keys, &images, &chain, told)
}

/// That the last checkpoint is an administrator's of today, and none that somebody made under a
/// charter which this device knows to be over.
fn vouched_for(
    connection: &Connection,
    chain: &Chain,
    charter: &Charter,
    marks: &[Mark],
) -> Result<(), StoreError> {
    let floor = &chain.floor;
    chain::check_floor(connection, floor, charter)?;
    let under = chain::made_under(connection, floor, charter)?;
    let over = |mark: &Mark| floor.statement.number > mark.number && under < mark.charter.0;
    let good = floor.statement.charter == charter.mark() && !marks.iter().any(over);
    if good { Ok(()) } else { Err(chain::fault(floor)) }
}

fn by_hash(
    connection: &Connection,
    scan: Scan,
) -> Result<BTreeMap<(Place, Hash), Stored>, StoreError> {
    let mut images = BTreeMap::new();
    let kept = tables::whole_journal(connection)?;
    let kept = kept.into_iter().filter_map(|(place, row)| row.map(|row| (place, row)));
    for (place, row) in scan.all().chain(kept) {
        images.insert((place, leaf(place, &row)), row);
    }
    Ok(images)
}

/// The leaves that an administrator last answered for: as the statements tell them, or as the rows or
/// the leaves in the file have them, whichever has the root that was signed.
fn at_the_floor(
    connection: &Connection,
    scan: &Scan,
    chain: &Chain,
) -> Result<Option<Leaves>, StoreError> {
    let floor = &chain.floor.statement;
    if let Some(told) = blame::replay(connection, floor.number)?
        && told.root() == floor.root
    {
        return Ok(Some(told));
    }
    for mut leaves in [scan.leaves.clone(), tables::leaves(connection)?] {
        for delta in chain.deltas.iter().rev() {
            for (place, row) in tables::journal(connection, delta.statement.number)? {
                leaves.set(place, row.map(|row| leaf(place, &row)));
            }
        }
        if leaves.root() == floor.root {
            return Ok(Some(leaves));
        }
    }
    Ok(None)
}

/// The state at the floor, and each step after it that holds.
fn take_in(
    connection: &Connection,
    keys: &mut Keys,
    images: &Images,
    chain: &Chain,
    mut told: Leaves,
) -> Result<Reading, StoreError> {
    reading::turn(keys, &images.clear(&told), chain.floor.statement.epoch)?;
    let mut book = images.book(keys, &told);
    let mut last = &chain.floor;
    for delta in &chain.deltas {
        let Some(after) = images.follow(keys, (&book, &told), delta, &chain.floor) else { break };
        (book, told) = after;
        last = delta;
    }
    if let Ok(histories) = reading::histories(connection, keys) {
        histories.read_into(&mut book);
    }
    let rows = images.clear(&told);
    let leaves = images.there(&told);
    let statement = &last.statement;
    let mark = Mark { number: statement.number, hash: last.hash, charter: images.charter.mark() };
    Ok(Reading {
        seen: tables::data_version(connection)?,
        book: Arc::new(book),
        leaves,
        rows,
        charter: images.charter.clone(),
        mark,
        deltas: 0,
    })
}

impl Images {
    fn get(&self, place: Place, hash: Option<&Hash>) -> Option<&Stored> {
        self.rows.get(&(place, *hash?))
    }

    /// The leaves of which we have the row.
    fn there(&self, told: &Leaves) -> Leaves {
        let mut there = Leaves::default();
        for (place, hash) in told.iter() {
            if self.rows.contains_key(&(*place, *hash)) {
                there.set(*place, Some(*hash));
            }
        }
        there
    }

    fn clear(&self, told: &Leaves) -> ClearRows {
        let mut rows = ClearRows::default();
        for (place, hash) in told.iter().filter(|(place, _)| !place.table.is_book()) {
            rows.set(*place, self.get(*place, Some(hash)).cloned());
        }
        rows
    }

    fn book(&self, keys: &Keys, told: &Leaves) -> Book {
        let mut book = Book::default();
        for (place, hash) in told.iter().filter(|(place, _)| place.table.is_book()) {
            let Some(row) = self.get(*place, Some(hash)) else { continue };
            // What opens and does not hold is left out like what does not open.
            if let Ok(plain) = reading::open(keys, *place, row) {
                rows::read_into(&mut book, place.table, &plain).ok();
            }
        }
        book
    }

    /// Book and leaves after the step, if all of it is there and the law agrees.
    fn follow(
        &self,
        keys: &Keys,
        (book, told): (&Book, &Leaves),
        delta: &Entry,
        floor: &Entry,
    ) -> Option<(Book, Leaves)> {
        let clear = self.clear(told);
        let signer = |person| public_key(&clear, person);
        chain::check_delta(delta, floor, &self.charter, &signer).ok()?;
        let statement = &delta.statement;
        let moves = statement.changed.iter().map(|(place, hash)| {
            let (was, is) = (told.get(place), hash.as_ref());
            let before = self.get(*place, was).cloned();
            let after = self.get(*place, is).cloned();
            let all = before.is_some() == was.is_some() && after.is_some() == is.is_some();
            all.then_some(Move { place: *place, before, after })
        });
        let (number, writer) = (statement.number, statement.writer);
        let step = Step { number, writer, moves: moves.collect::<Option<_>>()? };
        let step = steps::open(keys, step).ok()?;
        let mut after = book.clone();
        steps::set(&mut after, &step, |change| change.after.as_ref()).ok()?;
        law::agrees(law::Scene { before: book, after: &after, rows: &clear }, &step).ok()?;
        let mut told = told.clone();
        statement.changed.iter().for_each(|(place, hash)| told.set(*place, *hash));
        Some((after, told))
    }
}

/// The row of each of these leaves, by its place.
pub(super) fn rows_of(
    connection: &Connection,
    leaves: &Leaves,
) -> Result<Vec<(Place, Stored)>, StoreError> {
    let mut images = by_hash(connection, reading::scan(connection)?)?;
    let rows = leaves
        .iter()
        .filter_map(|(place, hash)| images.remove(&(*place, *hash)).map(|row| (*place, row)));
    Ok(rows.collect())
}
