//! Whether a step of somebody who administers nothing was theirs to take.

use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::policy;
use usher_core::rights::Person;

use super::steps::{Move, Step};
use crate::keys::{follows, owner};
use crate::rows::{ClearRows, Stored, Table, damaged, place_of};

/// What a step was taken in.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) before: &'a Book,
    pub(super) after: &'a Book,
    /// The rows in clear; only people's public keys are asked for, and those no such step changes.
    pub(super) rows: &'a ClearRows,
}

/// Asks the law over the books before and after the step; of the rows in clear, only those pass that
/// are the person's own, and shares that follow the book.
///
/// # Errors
/// `Damaged` with the first row that was not theirs to change.
pub(super) fn agrees(scene: Scene<'_>, step: &Step) -> Result<(), StoreError> {
    let not_theirs = |change: &&Move| !is_theirs(scene, change, step.writer);
    if let Some(change) = step.moves.iter().find(not_theirs) {
        return Err(change.place.damaged());
    }
    if !scene.before.people.get(&step.writer).is_some_and(Person::is_active) {
        let first = step.moves.first().map(|change| change.place.damaged());
        return Err(first.unwrap_or_else(|| damaged("manifest", &step.number.to_be_bytes())));
    }
    let agreed = policy::may_commit(scene.before, scene.after, step.writer);
    agreed.map(drop).map_err(|breach| place_of(&breach.what).damaged())
}

/// A row of the book is the law's business. Versions only ever count up.
pub(super) fn is_theirs(scene: Scene<'_>, change: &Move, writer: PersonId) -> bool {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    if let (Some(before), Some(after)) = (before, after)
        && after.version <= before.version
    {
        return false;
    }
    let table = change.place.table;
    let own = |row: &Stored| owner(table, row) == Ok(Some(writer));
    // Their own passphrase, PIN and kit.
    let own_slot = table == Table::Slot && before.into_iter().chain(after).all(own);
    // A device that they come from for the first time.
    let new_device = table == Table::Device && before.is_none();
    // Whoever holds an API key shares it with whom the book gives it to.
    let share = table == Table::ApiShare && follows(scene.after, scene.rows, (before, after));
    table.is_book() || own_slot || new_device || share
}
