//! Which row is not as it was left: by the leaves that stand beside the rows, and where somebody has
//! changed those as well, by what all statements together say.

use rusqlite::Connection;
use usher_core::error::StoreError;

use super::leaf::{Hash, Leaves};
use super::statement::{Entry, Kind};
use super::{chain, tables};
use crate::rows::damaged;

/// That the rows are those that the last statement counts. Whether that statement holds is another
/// question.
///
/// # Errors
/// `Damaged` with the row.
pub(super) fn differences(connection: &Connection, rows: &Leaves) -> Result<(), StoreError> {
    let noted = tables::leaves(connection)?;
    if let Some(place) = rows.first_difference(&noted) {
        return Err(place.damaged());
    }
    let last = chain::unsigned(connection)?.last().clone();
    if rows.root() == last.statement.root { Ok(()) } else { Err(culprit(connection, rows, &last)) }
}

/// Both rows and leaves were changed: what should be there is what the statements have said.
fn culprit(connection: &Connection, rows: &Leaves, last: &Entry) -> StoreError {
    let manifest = damaged("manifest", &last.statement.number.to_be_bytes());
    match replay(connection, last.statement.number) {
        Err(fault) => fault,
        Ok(told) => told
            .filter(|told| told.root() == last.statement.root)
            .and_then(|told| rows.first_difference(&told))
            .map_or(manifest, |place| place.damaged()),
    }
}

/// The leaves after the statement of that number, as all statements up to it tell them; nothing where
/// one of them is missing or does not follow from the one before.
pub(super) fn replay(connection: &Connection, to: u64) -> Result<Option<Leaves>, StoreError> {
    let (mut told, mut before) = (Leaves::default(), (0, Hash::default()));
    tables::each_statement(connection, |_, bytes| {
        let Some(next) = Entry::read(bytes) else { return false };
        if !follow(&mut told, before, &next) {
            return false;
        }
        before = (next.statement.number, next.hash);
        next.statement.number < to
    })?;
    Ok((before.0 == to).then_some(told))
}

/// Applies what a statement changed; false where it does not follow.
fn follow(told: &mut Leaves, (number, hash): (u64, Hash), next: &Entry) -> bool {
    let statement = &next.statement;
    if statement.kind == Kind::Accepted {
        // It names every leaf, whatever was before.
        *told = Leaves::default();
    } else if number.checked_add(1) != Some(statement.number) || statement.previous != hash {
        return false;
    }
    for (place, leaf) in &statement.changed {
        told.set(*place, *leaf);
    }
    true
}
