//! The chain of statements: that the last one follows from the last checkpoint, signature by
//! signature, and from what this device or this program has seen before.

use rusqlite::Connection;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::charter::Charter;
use super::leaf::Hash;
use super::statement::{Entry, Kind, is_signed_by};
use super::tables;
use crate::rows::damaged;

/// A state that the vault once had, as somebody noted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The number of its last statement.
    pub(crate) number: u64,
    /// That statement's hash.
    pub(crate) hash: Hash,
    /// The length of its charter, and the hash of the charter's last statement.
    pub(crate) charter: (u32, Hash),
}

/// The last checkpoint and what followed.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// An administrator answers for the state after this one.
    pub(super) floor: Entry,
    /// Those after it, oldest first.
    pub(super) deltas: Vec<Entry>,
}

impl Chain {
    /// The last statement.
    pub(super) fn last(&self) -> &Entry {
        self.deltas.last().unwrap_or(&self.floor)
    }

    /// The state as of now.
    pub(super) fn mark(&self) -> Mark {
        let last = self.last();
        Mark { number: last.statement.number, hash: last.hash, charter: last.statement.charter }
    }
}

/// Reads the last checkpoint and what followed. `signer` knows the keys of people who administer
/// nothing.
pub(super) fn read(
    connection: &Connection,
    charter: &Charter,
    signer: &dyn Fn(PersonId) -> Option<[u8; 32]>,
) -> Result<Chain, StoreError> {
    let chain = unsigned(connection)?;
    check(connection, &chain, charter, signer)?;
    let last = chain.last();
    if last.statement.charter != charter.mark() {
        // A statement of the charter that nobody has counted in, or one that was cut off.
        return Err(damaged("charter", &charter.len().to_be_bytes()));
    }
    Ok(chain)
}

/// The same before any signature was looked at.
pub(super) fn unsigned(connection: &Connection) -> Result<Chain, StoreError> {
    let number = tables::last_number(connection)?;
    let mut floor = tables::statement(connection, number)?;
    let mut deltas = Vec::new();
    while floor.statement.kind == Kind::Delta {
        let before = before(connection, &floor)?;
        deltas.push(std::mem::replace(&mut floor, before));
    }
    deltas.reverse();
    Ok(Chain { floor, deltas })
}

/// That every statement from the checkpoint on is signed by whom it says, who could.
pub(super) fn check(
    connection: &Connection,
    chain: &Chain,
    charter: &Charter,
    signer: &dyn Fn(PersonId) -> Option<[u8; 32]>,
) -> Result<(), StoreError> {
    check_floor(connection, &chain.floor, charter)?;
    chain.deltas.iter().try_for_each(|delta| check_delta(delta, &chain.floor, charter, signer))
}

/// The statement that this one names as the one before.
fn before(connection: &Connection, entry: &Entry) -> Result<Entry, StoreError> {
    let number = entry.statement.number.checked_sub(1).filter(|number| *number > 0);
    let before = tables::statement(connection, number.ok_or_else(|| fault(entry))?)?;
    if before.hash == entry.statement.previous { Ok(before) } else { Err(fault(entry)) }
}

/// A checkpoint is signed by somebody who was an administrator when they made it: by the charter as
/// the statement before left it, since a checkpoint may take that from its own writer. Nobody else has
/// a word in the charter in between: who ceased to be an administrator by another's word signs nothing
/// under the charter of before.
pub(super) fn check_floor(
    connection: &Connection,
    floor: &Entry,
    charter: &Charter,
) -> Result<(), StoreError> {
    let statement = &floor.statement;
    let from = made_under(connection, floor, charter)?;
    let public = charter.administrators_at(from).and_then(|all| all.get(&statement.writer));
    let signed = public.is_some_and(|public| is_signed_by(public, &floor.bytes));
    let fits = statement.vault == charter.vault()
        && charter.continues(statement.charter)
        && from <= statement.charter.0
        && charter.went_on_by(statement.writer, from, statement.charter.0);
    if signed && fits { Ok(()) } else { Err(fault(floor)) }
}

/// How long the charter was that said who may make this checkpoint.
pub(super) fn made_under(
    connection: &Connection,
    floor: &Entry,
    charter: &Charter,
) -> Result<u32, StoreError> {
    let statement = &floor.statement;
    if statement.number == 1 {
        return Ok(1);
    }
    if statement.kind == Kind::Accepted {
        // What is before it may be lost.
        return Ok(statement.charter.0);
    }
    let before = before(connection, floor)?.statement.charter;
    if charter.continues(before) { Ok(before.0) } else { Err(fault(floor)) }
}

/// A delta is signed by its writer, and changes neither charter nor epoch.
pub(super) fn check_delta(
    delta: &Entry,
    floor: &Entry,
    charter: &Charter,
    signer: &dyn Fn(PersonId) -> Option<[u8; 32]>,
) -> Result<(), StoreError> {
    let (statement, floor) = (&delta.statement, &floor.statement);
    let public = signer(statement.writer);
    let good = public.is_some_and(|public| is_signed_by(&public, &delta.bytes));
    let fits = statement.kind == Kind::Delta
        && statement.vault == charter.vault()
        && statement.charter == floor.charter
        && statement.epoch == floor.epoch;
    if good && fits { Ok(()) } else { Err(fault(delta)) }
}

/// That the vault as it is has once been as the mark says, or that an administrator has since taken
/// it for the true one. Of what came after the mark, nothing is taken on trust: each checkpoint is
/// checked, and the charter only ever went on, from the mark's.
pub(super) fn continues(
    connection: &Connection,
    chain: &Chain,
    charter: &Charter,
    mark: &Mark,
) -> Result<(), StoreError> {
    let file = chain.last().statement.number;
    let rolled_back = StoreError::RolledBack { file, anchor: mark.number };
    if file < mark.number || !charter.continues(mark.charter) {
        return Err(rolled_back);
    }
    let mut at = chain.last().clone();
    let mut later = charter.len();
    while at.statement.number > mark.number {
        goes_on(connection, &at, charter, (mark.charter.0, later))?;
        if at.statement.kind == Kind::Accepted {
            return Ok(());
        }
        later = at.statement.charter.0;
        at = before(connection, &at)?;
    }
    if at.hash == mark.hash { Ok(()) } else { Err(rolled_back) }
}

/// A statement between a mark and now, made under a charter between those two.
fn goes_on(
    connection: &Connection,
    at: &Entry,
    charter: &Charter,
    (mark, later): (u32, u32),
) -> Result<(), StoreError> {
    let under = at.statement.charter;
    if !charter.continues(under) || under.0 < mark || under.0 > later {
        return Err(fault(at));
    }
    // What a delta came to, the next checkpoint answers for; those after the last are checked as such.
    if at.statement.kind == Kind::Delta { Ok(()) } else { check_floor(connection, at, charter) }
}

/// The damage of a statement that does not hold.
pub(super) fn fault(entry: &Entry) -> StoreError {
    damaged("manifest", &entry.statement.number.to_be_bytes())
}
