//! The file and what was read from it. Locked, it holds nothing but the file; open, the keys and the
//! book: read again when another program wrote, swapped after each commit, never changed in place.

use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::Connection;
use usher_core::book::{Book, Learnt};
use usher_core::entry::KeyInUse;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;
use usher_core::time::Moment;

use super::chain::Mark;
use super::charter::Charter;
use super::commit::{self, Commit, Step};
use super::look::Look;
use super::reading::{self, Reading};
use super::{sheet, tables};
use crate::access::{Means, Pins};
use crate::anchor::Anchor;
use crate::file::{self, fault};
use crate::keys::{Keys, KnownIdentity};
use crate::rows::{ClearRows, Histories, Table};
use crate::witness::{Known, Witness};

/// The vault's file, locked or open.
pub(crate) struct Shelf {
    pub(super) path: PathBuf,
    pub(super) anchor: Anchor,
    pub(super) witness: Witness,
    /// What is kept of people beyond a lock.
    pins: Pins,
    clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// The file, once it was looked at and found to be a vault that is sealed.
    pub(super) connection: Option<Connection>,
    /// Which file that is.
    pub(super) stamp: Option<(u64, u64)>,
    pub(super) open: Option<Open>,
}

/// What an open vault holds.
pub(super) struct Open {
    pub(super) keys: Keys,
    /// What was read last; nothing after a failure, so that the next to ask reads anew.
    pub(super) reading: Option<Reading>,
    /// The last state that was seen to be good.
    pub(super) mark: Mark,
    /// Why nothing can be changed: it was opened although it is not as it was left.
    pub(super) damage: Option<StoreError>,
    /// Whether the keyring has an anchor of it, or may be given one.
    pub(super) anchored: bool,
}

impl Shelf {
    /// A shelf for the file, which is not looked at yet.
    ///
    /// # Errors
    /// `Failed` where the OS gives no thread.
    pub(crate) fn new(path: PathBuf, means: &Means) -> Result<Self, StoreError> {
        Ok(Self {
            path,
            anchor: Anchor::start(Arc::clone(&means.device), &means.witness)?,
            witness: means.witness.clone(),
            pins: Pins::default(),
            clock: Arc::clone(&means.clock),
            connection: None,
            stamp: None,
            open: None,
        })
    }

    /// The book as the file has it now.
    ///
    /// # Errors
    /// `Locked`, and as the file gives them.
    pub(crate) fn book(&mut self) -> Result<Arc<Book>, StoreError> {
        self.current().map(|reading| Arc::clone(&reading.book))
    }

    /// The rows in clear as the file has them now, verified.
    ///
    /// # Errors
    /// As [`Shelf::book`].
    pub(crate) fn rows(&mut self) -> Result<&ClearRows, StoreError> {
        self.current().map(|reading| &reading.rows)
    }

    /// The keys.
    ///
    /// # Errors
    /// `Locked`.
    pub(crate) fn keys(&self) -> Result<&Keys, StoreError> {
        self.open.as_ref().map(|open| &open.keys).ok_or(StoreError::Locked)
    }

    /// What is kept of people who have a PIN.
    pub(crate) fn pins(&self) -> &Pins {
        &self.pins
    }

    /// Somebody may have put another file in the place of the one that is open. What is written to
    /// that one would be lost, so the new one is opened, and verified like any other state.
    fn stay_with_the_file(&mut self) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else {
            return Err(StoreError::Locked);
        };
        if self.connection.is_some() && self.stamp == file::stamp(&self.path) {
            return Ok(());
        }
        if open.damage.is_some() {
            return Err(StoreError::Conflict);
        }
        open.reading = None;
        if self.look()? == Look::Vault { Ok(()) } else { Err(StoreError::Missing) }
    }

    /// Whether it was opened as found: then what is read may be older than what counts.
    pub(crate) fn is_as_found(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.damage.is_some())
    }

    pub(super) fn current(&mut self) -> Result<&Reading, StoreError> {
        self.stay_with_the_file()?;
        let (connection, open) = parts(&mut self.connection, &mut self.open)?;
        if open.damage.is_none() {
            let transaction = connection.transaction().map_err(fault)?;
            let reading = open.take(&transaction);
            transaction.finish().map_err(fault)?;
            let reading = self.or_lock(reading)?;
            self.keep(reading);
        }
        let reading = self.open.as_ref().and_then(|open| open.reading.as_ref());
        reading.ok_or(StoreError::Locked)
    }

    /// Makes all the changes, durably, or none.
    ///
    /// # Errors
    /// `Locked`, `ReadOnlyAsFound`, `Conflict` where another row is in the way or the law no longer
    /// agrees, and as the file gives them.
    pub(crate) fn commit(&mut self, by: PersonId, step: Step) -> Result<Arc<Book>, StoreError> {
        let at = (self.clock)();
        let (connection, open) = self.writable()?;
        // From here on nobody else writes, so what is read now is what the changes are made to.
        let transaction = commit::begin(connection)?;
        let reading = match open.take(&transaction) {
            Ok(reading) => reading,
            failed @ Err(_) => {
                drop(transaction);
                return self.or_lock(failed).map(|reading| reading.book);
            }
        };
        let after = match commit::book_after(&reading.book, &step.changes, by) {
            Ok(after) => after,
            Err(refused) => {
                open.reading = Some(reading);
                return Err(refused);
            }
        };
        let mut commit = Commit { keys: &open.keys, by, at };
        let of_book = commit::writes_of(&step.changes, &after)?;
        let done = commit.write(&transaction, reading, (step, of_book), after)?;
        transaction.commit().map_err(fault)?;
        if let Some(ring) = done.ring {
            open.keys.set_ring(ring);
        }
        self.may_anchor(&done.reading);
        self.keep(done.reading);
        self.book_of_reading()
    }

    /// Writes down what was learnt of the key that was used; nothing if it is gone.
    ///
    /// # Errors
    /// As [`Shelf::commit`].
    pub(crate) fn learn(&mut self, used: KeyInUse, learnt: Learnt) -> Result<(), StoreError> {
        let (connection, open) = self.writable()?;
        let transaction = commit::begin(connection)?;
        let mut reading = match open.take(&transaction) {
            Ok(reading) => reading,
            failed @ Err(_) => {
                drop(transaction);
                return self.or_lock(failed).map(drop);
            }
        };
        let mut book = Book::clone(&reading.book);
        book.learn(used, learnt);
        let histories = Histories::of(&book);
        if histories != Histories::of(&reading.book) {
            sheet::put_histories(&transaction, open.keys.ring(), &histories)?;
            reading.book = Arc::new(book);
        }
        transaction.commit().map_err(fault)?;
        self.keep(reading);
        Ok(())
    }

    /// Locks it for this person. With the last one, keys and book go; what is kept of a person's PIN
    /// stays, wrapped.
    ///
    /// It does not wait for the anchor: that is being written already, and a keyring that does not
    /// answer must not keep anybody from locking.
    pub(crate) fn lock(&mut self, person: PersonId) {
        if let Some(open) = &mut self.open
            && !open.keys.leave(person)
        {
            self.open = None;
        }
    }

    fn writable(&mut self) -> Result<(&mut Connection, &mut Open), StoreError> {
        self.stay_with_the_file()?;
        let (connection, open) = parts(&mut self.connection, &mut self.open)?;
        if open.damage.is_some() {
            return Err(StoreError::ReadOnlyAsFound);
        }
        Ok((connection, open))
    }

    /// Another program has taken the key away from everybody here: then it is locked.
    fn or_lock(&mut self, outcome: Result<Reading, StoreError>) -> Result<Reading, StoreError> {
        if outcome.as_ref().err() == Some(&StoreError::Locked)
            && let Some(open) = self.open.take()
        {
            open.keys.people().into_iter().for_each(|person| self.pins.forget(person));
        }
        outcome
    }

    fn book_of_reading(&self) -> Result<Arc<Book>, StoreError> {
        let reading = self.open.as_ref().and_then(|open| open.reading.as_ref());
        reading.map(|reading| Arc::clone(&reading.book)).ok_or(StoreError::Locked)
    }

    /// The time, for statements.
    pub(super) fn now(&self) -> Moment {
        (self.clock)()
    }
}

impl Open {
    /// The reading, made anew if another program wrote.
    fn take(&mut self, connection: &Connection) -> Result<Reading, StoreError> {
        let before = self.reading.take();
        let seen = tables::data_version(connection)?;
        if let Some(reading) = before {
            if reading.seen == seen {
                return Ok(reading);
            }
            return self.again(connection, Some(&reading));
        }
        self.again(connection, None)
    }

    fn again(
        &mut self,
        connection: &Connection,
        base: Option<&Reading>,
    ) -> Result<Reading, StoreError> {
        reading::read(connection, &mut self.keys, &[self.mark], base)
    }
}

fn parts<'a>(
    connection: &'a mut Option<Connection>,
    open: &'a mut Option<Open>,
) -> Result<(&'a mut Connection, &'a mut Open), StoreError> {
    match (connection, open) {
        (Some(connection), Some(open)) => Ok((connection, open)),
        _ => Err(StoreError::Locked),
    }
}

/// Lets the witness know what is public.
pub(super) fn tell(witness: &Witness, charter: &Charter, rows: &ClearRows) {
    let identities = rows.of(Table::Identity).filter_map(|row| {
        let person = PersonId::from_bytes(row.key);
        KnownIdentity::read(row).map(|identity| (person, identity))
    });
    witness.set_known(Known {
        vault: charter.vault(),
        audit: charter.audit_public(),
        people: identities.collect(),
    });
}
