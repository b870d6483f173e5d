//! A commit: the law is asked, the rows are sealed, the statement is signed, all in one transaction.

use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use usher_core::book::{Book, Change};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::policy;
use usher_core::time::Moment;

use super::charter::{Charter, Turn};
use super::keys::{Accompanied, Accompany, Companion, Keys};
use super::law;
use super::reading::{Reading, administrators, public_key};
use super::sheet::{Closing, Sheet};
use super::statement::Kind;
use super::steps::Move;
use super::tables;
use crate::file::fault;
use crate::rows::{self, Histories, Write};
use crate::seal::VaultKey;

/// What a commit is to do.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    /// To the book.
    pub(crate) changes: Vec<Change>,
    /// To the rows in clear.
    pub(crate) rows: Vec<Write>,
    /// Whether all is sealed anew with the key of a new epoch.
    pub(crate) rekey: bool,
}

/// A commit under way.
pub(super) struct Commit<'a> {
    pub(super) keys: &'a Keys,
    pub(super) companion: &'a mut dyn Companion,
    pub(super) by: PersonId,
    pub(super) at: Moment,
}

/// What came of it.
pub(super) struct Done {
    pub(super) reading: Reading,
    /// The key of the new epoch, if one began.
    pub(super) key: Option<VaultKey>,
}

/// Begins a transaction in which nobody else writes.
pub(super) fn begin(connection: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)
}

/// The book after these changes, if the law agrees that this person makes them.
pub(super) fn book_after(
    before: &Book,
    changes: &[Change],
    by: PersonId,
) -> Result<Book, StoreError> {
    let mut after = before.clone();
    changes.iter().cloned().try_for_each(|change| after.apply(change))?;
    if changes.is_empty() {
        return Ok(after);
    }
    // Policy agreed when the permit was given. If it does not now, somebody changed what it rests on.
    policy::may_commit(before, &after, by).map(drop).map_err(|_| StoreError::Conflict)?;
    Ok(after)
}

/// The rows of the book that these changes write.
pub(super) fn writes_of(changes: &[Change], after: &Book) -> Result<Vec<Write>, StoreError> {
    let writes = changes.iter().map(|change| rows::write_of(change, after));
    writes.filter_map(Result::transpose).collect()
}

impl Commit<'_> {
    /// Writes the step on top of the reading. Whoever asked commits the transaction.
    pub(super) fn write(
        &mut self,
        transaction: &Transaction<'_>,
        reading: Reading,
        step: Step,
        after: Book,
    ) -> Result<Done, StoreError> {
        let accompanied = self.accompany(&reading, &after, &step)?;
        let key = accompanied.key.as_ref().unwrap_or(&self.keys.key);
        let is_administrator = reading.charter.administrators().contains_key(&self.by);
        let number = reading.mark.number.saturating_add(1);
        let mut writes = writes_of(&step.changes, &after)?;
        writes.extend(step.rows);
        writes.extend(accompanied.writes);
        let mut sheet = Sheet {
            transaction,
            keys: self.keys,
            key,
            leaves: reading.leaves,
            rows: reading.rows,
            journal: (!is_administrator).then_some(number),
            changed: std::collections::BTreeMap::new(),
        };
        if is_administrator {
            tables::empty_journal(transaction)?;
        } else {
            self.only_their_own(transaction, &writes)?;
        }
        sheet.write_all(writes)?;
        let histories = Histories::of(&after);
        if accompanied.key.is_some() {
            sheet.reseal()?;
        }
        if accompanied.key.is_some() || histories != Histories::of(&reading.book) {
            sheet.put_histories(&histories)?;
        }
        let charter = self.turn(transaction, reading.charter, &sheet, &after)?;
        let identity = self.keys.people.get(&self.by).ok_or(StoreError::Locked)?;
        let closed = sheet.close(&Closing {
            kind: if is_administrator { Kind::Checkpoint } else { Kind::Delta },
            writer: self.by,
            identity,
            number,
            previous: reading.mark.hash,
            charter: charter.mark(),
            at: self.at,
        })?;
        let deltas = if is_administrator { 0 } else { reading.deltas.saturating_add(1) };
        let reading = Reading {
            seen: reading.seen,
            book: Arc::new(after),
            leaves: closed.leaves,
            rows: closed.rows,
            charter,
            mark: closed.mark,
            deltas,
        };
        Ok(Done { reading, key: accompanied.key })
    }

    fn accompany(
        &mut self,
        reading: &Reading,
        after: &Book,
        step: &Step,
    ) -> Result<Accompanied, StoreError> {
        let rows = reading.rows.with(&step.rows);
        self.companion.accompany(&Accompany {
            before: &reading.book,
            after,
            rows: &rows,
            keys: self.keys,
            by: self.by,
            rekey: step.rekey,
        })
    }

    /// Whoever opens the file next checks the same, so a delta with more in it must not be written.
    fn only_their_own(
        &self,
        transaction: &Transaction<'_>,
        writes: &[Write],
    ) -> Result<(), StoreError> {
        for write in writes.iter().filter(|write| !write.table.is_book()) {
            let place = write.place();
            let before = tables::row_of(transaction, place)?;
            let next = before.as_ref().map_or(1, |row| row.version.saturating_add(1));
            let after = write.put.as_ref().map(|put| rows::Stored {
                key: place.key,
                version: put.version.unwrap_or(next),
                blob: put.blob.clone(),
            });
            if !law::is_theirs(&Move { place, before, after }, self.by, &*self.companion) {
                return Err(StoreError::Conflict);
            }
        }
        Ok(())
    }

    /// Says in the charter who became and who ceased to be an administrator.
    fn turn(
        &self,
        transaction: &Transaction<'_>,
        charter: Charter,
        sheet: &Sheet<'_>,
        after: &Book,
    ) -> Result<Charter, StoreError> {
        let will_be = administrators(after);
        let were: Vec<_> = charter.administrators().iter().map(|(id, key)| (*id, *key)).collect();
        let gone = were.iter().filter(|(person, _)| !will_be.contains(person));
        let gone: Vec<Turn> =
            gone.map(|(person, public)| Turn { person: *person, public: *public, appointed: false }).collect();
        let new = will_be.iter().filter(|person| !were.iter().any(|(id, _)| id == *person));
        let new: Vec<Turn> = new
            .map(|person| {
                let public = public_key(&sheet.rows, &*self.companion, *person);
                public.map(|public| Turn { person: *person, public, appointed: true })
            })
            .collect::<Option<_>>()
            .ok_or(StoreError::Failed)?;
        // Those who go come last, and the writer very last: until then they sign.
        let (own, others): (Vec<Turn>, Vec<Turn>) =
            gone.into_iter().partition(|turn| turn.person == self.by);
        let identity = self.keys.people.get(&self.by).ok_or(StoreError::Locked)?;
        let mut charter = charter;
        for turn in new.into_iter().chain(others).chain(own) {
            let (statement, next) =
                charter.turn(turn, self.by, identity).ok_or(StoreError::Conflict)?;
            tables::add_to_charter(transaction, charter.len(), &statement)?;
            charter = next;
        }
        Ok(charter)
    }
}

