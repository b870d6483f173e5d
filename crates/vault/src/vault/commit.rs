//! A commit: the law is asked, the rows are sealed, the statement is signed, all in one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use usher_core::book::{Book, Change};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::policy;
use usher_core::time::Moment;

use super::charter::{Charter, Turn};
use super::law;
use super::reading::{Reading, administrators, public_key};
use super::sheet::{Closing, Sheet};
use super::statement::Kind;
use super::steps::Move;
use super::tables;
use crate::file::fault;
use crate::keys::{Accompanied, Accompany, Keys, Ring, accompany};
use crate::rows::{self, ClearRows, Histories, Write};

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
    pub(super) by: PersonId,
    pub(super) at: Moment,
}

/// What came of it.
pub(super) struct Done {
    pub(super) reading: Reading,
    /// The key of the new epoch, if one began.
    pub(super) ring: Option<Ring>,
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
        (step, of_book): (Step, Vec<Write>),
        after: Book,
    ) -> Result<Done, StoreError> {
        let Accompanied { writes, ring } = self.accompany(&reading, &after, &step)?;
        let Reading { seen, book: before, leaves, rows, charter, mark, deltas } = reading;
        let number = mark.number.saturating_add(1);
        let writes = [of_book, step.rows, writes].concat();
        let kind = self.kind(&charter);
        let scene = law::Scene { before: &before, after: &after, rows: &rows };
        self.make_room(transaction, (kind, number), (&writes, scene))?;
        let mut sheet = Sheet {
            transaction,
            keys: self.keys,
            ring: ring.as_ref().unwrap_or(self.keys.ring()),
            leaves,
            rows,
            journal: (kind == Kind::Delta).then_some(number),
            changed: BTreeMap::new(),
        };
        sheet.write_all(writes)?;
        if ring.is_some() {
            sheet.reseal()?;
        }
        let histories = Histories::of(&after);
        if ring.is_some() || histories != Histories::of(&before) {
            sheet.put_histories(&histories)?;
        }
        let charter = self.turn(transaction, charter, &sheet.rows, &after)?;
        let closed = sheet.close(&Closing {
            kind,
            writer: self.by,
            identity: self.keys.signer(self.by).ok_or(StoreError::Locked)?,
            number,
            previous: mark.hash,
            charter: charter.mark(),
            at: self.at,
        })?;
        let reading = Reading {
            seen,
            book: Arc::new(after),
            leaves: closed.leaves,
            rows: closed.rows,
            charter,
            mark: closed.mark,
            deltas: if kind == Kind::Delta { deltas.saturating_add(1) } else { 0 },
        };
        Ok(Done { reading, ring })
    }

    /// An administrator answers for all of it, anybody else for the difference.
    fn kind(&self, charter: &Charter) -> Kind {
        let administers = charter.administrators().contains_key(&self.by);
        if administers { Kind::Checkpoint } else { Kind::Delta }
    }

    /// After a checkpoint nobody walks back; before a delta, the journal has nothing of that number.
    fn make_room(
        &self,
        transaction: &Transaction<'_>,
        (kind, number): (Kind, u64),
        (writes, scene): (&[Write], law::Scene<'_>),
    ) -> Result<(), StoreError> {
        if kind == Kind::Checkpoint {
            return tables::empty_journal(transaction);
        }
        tables::clear_journal_from(transaction, number)?;
        self.only_their_own(transaction, writes, scene)
    }

    fn accompany(
        &mut self,
        reading: &Reading,
        after: &Book,
        step: &Step,
    ) -> Result<Accompanied, StoreError> {
        let rows = reading.rows.with(&step.rows);
        accompany(&Accompany {
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
        scene: law::Scene<'_>,
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
            if !law::is_theirs(scene, &Move { place, before, after }, self.by) {
                return Err(StoreError::Conflict);
            }
        }
        Ok(())
    }

    /// Says in the charter who became and who ceased to be an administrator.
    fn turn(
        &self,
        transaction: &Transaction<'_>,
        mut charter: Charter,
        rows: &ClearRows,
        after: &Book,
    ) -> Result<Charter, StoreError> {
        let identity = self.keys.signer(self.by).ok_or(StoreError::Locked)?;
        for turn in turns(&charter, rows, after, self.by)? {
            let (statement, next) =
                charter.turn(turn, self.by, identity).ok_or(StoreError::Conflict)?;
            tables::add_to_charter(transaction, charter.len(), &statement)?;
            charter = next;
        }
        Ok(charter)
    }
}

/// What the charter has to say so that it names whom the book names, with the keys they have now.
/// Whoever writes it goes last, if they go: until then they sign.
fn turns(
    charter: &Charter,
    rows: &ClearRows,
    after: &Book,
    by: PersonId,
) -> Result<Vec<Turn>, StoreError> {
    let mut keys = BTreeMap::new();
    for person in administrators(after) {
        keys.insert(person, public_key(rows, person).ok_or(StoreError::Failed)?);
    }
    let were = charter.administrators();
    let turn = |(person, public): (&PersonId, &[u8; 32]), appointed| Turn {
        person: *person,
        public: *public,
        appointed,
    };
    let new = keys.iter().filter(|(person, _)| !were.contains_key(person));
    let with_another_key =
        |(person, key): &(&PersonId, &[u8; 32])| keys.get(person).is_some_and(|now| now != *key);
    let mut turns: Vec<Turn> = new.map(|entry| turn(entry, true)).collect();
    for entry in were.iter().filter(with_another_key) {
        turns.push(turn(entry, false));
        turns.extend(keys.get(entry.0).map(|now| turn((entry.0, now), true)));
    }
    let gone = were.iter().filter(|(person, _)| !keys.contains_key(person));
    let (own, others): (Vec<_>, Vec<_>) =
        gone.map(|entry| turn(entry, false)).partition(|turn| turn.person == by);
    turns.extend(others.into_iter().chain(own));
    Ok(turns)
}
