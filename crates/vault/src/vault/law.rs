//! Whether a step of somebody who administers nothing was theirs to take.

use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::policy;
use usher_core::rights::Person;

use super::steps::{Move, Step};
use crate::keys::owner;
use crate::rows::{Stored, Table, damaged, place_of};

/// Asks the law over the books before and after the step; of the rows in clear, only those pass that
/// are the person's own.
///
/// # Errors
/// `Damaged` with the first row that was not theirs to change.
pub(super) fn agrees(before: &Book, after: &Book, step: &Step) -> Result<(), StoreError> {
    let not_theirs = |change: &&Move| !is_theirs(change, step.writer);
    if let Some(change) = step.moves.iter().find(not_theirs) {
        return Err(change.place.damaged());
    }
    if !before.people.get(&step.writer).is_some_and(Person::is_active) {
        let first = step.moves.first().map(|change| change.place.damaged());
        return Err(first.unwrap_or_else(|| damaged("manifest", &step.number.to_be_bytes())));
    }
    let agreed = policy::may_commit(before, after, step.writer);
    agreed.map(drop).map_err(|breach| place_of(&breach.what).damaged())
}

/// A row of the book is the law's business. Versions only ever count up.
pub(super) fn is_theirs(change: &Move, writer: PersonId) -> bool {
    let versions = (change.before.as_ref(), change.after.as_ref());
    if let (Some(before), Some(after)) = versions
        && after.version <= before.version
    {
        return false;
    }
    let table = change.place.table;
    let own = |row: &Stored| owner(table, row) == Ok(Some(writer));
    if table == Table::Slot {
        // Their own passphrase, PIN and kit.
        return change.before.iter().chain(&change.after).all(own);
    }
    // A device that they come from for the first time.
    let new_device = table == Table::Device && change.before.is_none();
    // What somebody may launch with follows from the book; whoever holds the key can share it.
    table.is_book() || new_device || table == Table::ApiShare
}
