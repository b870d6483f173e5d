//! Each step since the last checkpoint, checked against the law: was the difference that this person
//! made theirs to make?
//!
//! First back over the journal, to the state that an administrator answers for; then forward again,
//! asking core's law over the book before and after each step.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::chain::Chain;
use super::law;
use super::leaf::{Hash, Leaves, leaf};
use super::reading::{self, Reading};
use super::statement::Entry;
use super::{blame, tables};
use crate::keys::Keys;
use crate::rows::{self, ClearRows, Place, Stored, damaged};

/// What the walk needs.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    pub(super) connection: &'a Connection,
    pub(super) keys: &'a Keys,
    /// A state that was verified before.
    pub(super) base: Option<&'a Reading>,
    /// The book as it is now.
    pub(super) book: &'a Book,
    /// The leaves as they are now.
    pub(super) leaves: &'a Leaves,
    /// The rows in clear as they are now.
    pub(super) rows: &'a ClearRows,
}

/// One person's commit: what it made of which row.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) number: u64,
    pub(super) writer: PersonId,
    pub(super) moves: Vec<Move>,
}

/// A row before and after.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) place: Place,
    pub(super) before: Option<Stored>,
    pub(super) after: Option<Stored>,
}

/// Checks every step since the last checkpoint, or since the base.
///
/// # Errors
/// `Damaged` with the row that was not this person's to change, or that the journal lacks.
pub(super) fn check(walk: &Walk<'_>, chain: &Chain) -> Result<(), StoreError> {
    let base = walk.base.filter(|base| !chain.starts_after(base.mark.number));
    let (number, root) = match base {
        Some(base) => (base.mark.number, base.leaves.root()),
        None => (chain.floor.statement.number, chain.floor.statement.root),
    };
    let since: Vec<&Entry> =
        chain.deltas.iter().filter(|delta| delta.statement.number > number).collect();
    if since.is_empty() {
        return Ok(());
    }
    let steps = back(walk, &since, (number, root))?;
    forward(walk, steps)
}

/// The steps, oldest first, after walking back over them to the state with that root.
fn back(
    walk: &Walk<'_>,
    deltas: &[&Entry],
    (number, root): (u64, Hash),
) -> Result<Vec<Step>, StoreError> {
    let mut leaves = walk.leaves.clone();
    let mut now: BTreeMap<Place, Option<Stored>> = BTreeMap::new();
    let mut steps = Vec::new();
    for delta in deltas.iter().rev() {
        let moves = moves(walk.connection, delta, &mut now)?;
        for change in &moves {
            leaves.set(change.place, change.before.as_ref().map(|row| leaf(change.place, row)));
        }
        let statement = &delta.statement;
        steps.push(Step { number: statement.number, writer: statement.writer, moves });
    }
    if leaves.root() != root {
        return Err(wrong_journal(walk.connection, &leaves, number));
    }
    steps.reverse();
    Ok(steps)
}

/// What a delta did: rows and leaves as it says, and what was before as the journal says.
fn moves(
    connection: &Connection,
    delta: &Entry,
    now: &mut BTreeMap<Place, Option<Stored>>,
) -> Result<Vec<Move>, StoreError> {
    let before = tables::journal(connection, delta.statement.number)?;
    let kept: BTreeSet<Place> = before.iter().map(|(place, _)| *place).collect();
    let told: BTreeMap<Place, Option<Hash>> = delta.statement.changed.iter().copied().collect();
    let lacking = told.keys().find(|place| !kept.contains(place));
    let beyond = kept.iter().find(|place| !told.contains_key(place));
    if let Some(place) = lacking.or(beyond) {
        return Err(place.damaged());
    }
    before
        .into_iter()
        .map(|(place, before)| {
            let after = match now.insert(place, before.clone()) {
                Some(later) => later,
                None => tables::row_of(connection, place)?,
            };
            let leaf = after.as_ref().map(|row| leaf(place, row));
            let as_told = told.get(&place) == Some(&leaf);
            let change = Move { place, before, after };
            if as_told { Ok(change) } else { Err(place.damaged()) }
        })
        .collect()
}

/// The journal leads elsewhere: which of its rows is not what stood there.
fn wrong_journal(connection: &Connection, leaves: &Leaves, number: u64) -> StoreError {
    let manifest = damaged("manifest", &number.to_be_bytes());
    match blame::replay(connection, number) {
        Err(fault) => fault,
        Ok(told) => told
            .and_then(|told| leaves.first_difference(&told))
            .map_or(manifest, |place| place.damaged()),
    }
}

fn forward(walk: &Walk<'_>, steps: Vec<Step>) -> Result<(), StoreError> {
    let mut before = at_the_floor(walk, &steps)?;
    let mut after = before.clone();
    for step in steps {
        let opened = open(walk.keys, step)?;
        set(&mut after, &opened, |change| change.after.as_ref())?;
        let scene = law::Scene { before: &before, after: &after, rows: walk.rows };
        law::agrees(scene, &opened)?;
        set(&mut before, &opened, |change| change.after.as_ref())?;
    }
    Ok(())
}

/// The book as it was before the first of the steps.
fn at_the_floor(walk: &Walk<'_>, steps: &[Step]) -> Result<Book, StoreError> {
    let mut book = walk.book.clone();
    for step in steps.iter().rev() {
        let opened = open(walk.keys, step.clone())?;
        set(&mut book, &opened, |change| change.before.as_ref())?;
    }
    Ok(book)
}

/// The step with its rows of the book in their plain form.
pub(super) fn open(keys: &Keys, step: Step) -> Result<Step, StoreError> {
    let opened = |place: Place, row: Option<Stored>| match row {
        Some(row) if place.table.is_book() => reading::open(keys, place, &row).map(Some),
        other => Ok(other),
    };
    let moves = step.moves.into_iter().map(|Move { place, before, after }| {
        Ok(Move { place, before: opened(place, before)?, after: opened(place, after)? })
    });
    Ok(Step { moves: moves.collect::<Result<_, StoreError>>()?, ..step })
}

/// Puts one side of the step into the book.
pub(super) fn set(
    book: &mut Book,
    step: &Step,
    side: impl Fn(&Move) -> Option<&Stored>,
) -> Result<(), StoreError> {
    for change in step.moves.iter().filter(|change| change.place.table.is_book()) {
        match side(change) {
            Some(row) => rows::read_into(book, change.place.table, row)?,
            None => rows::remove_from(book, change.place),
        }
    }
    Ok(())
}
