//! An administrator takes the vault as it was found for the true one: what could not be trusted goes,
//! and a statement above every other, in the file and on the device, says so.

use std::collections::BTreeMap;

use rusqlite::Transaction;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::leaf::Leaves;
use super::reading::{Reading, scan};
use super::sheet::{Closed, Closing, Sheet, put_histories};
use super::shelf::{Open, Shelf};
use super::statement::Kind;
use super::{as_found, commit, tables};
use crate::file::fault;
use crate::rows::{Histories, Place};

impl Shelf {
    /// Takes the vault as it was found for the true one.
    ///
    /// # Errors
    /// `Locked`; `Conflict` where it was not opened as found, the person does not administer it, or
    /// another program has written to it since; the damage itself where the device's keyring cannot
    /// be read, or knows a later charter than the file's.
    pub(crate) fn accept_as_found(&mut self, by: PersonId) -> Result<(), StoreError> {
        let at = self.now();
        let vault = self.keys()?.vault();
        let noted = self.anchor.read(vault);
        let (Some(connection), Some(open)) = (&mut self.connection, &mut self.open) else {
            return Err(StoreError::Locked);
        };
        let found = open.reading.clone().ok_or(StoreError::Locked)?;
        let administers = found.charter.administrators().contains_key(&by);
        let transaction = commit::begin(connection)?;
        let same = tables::data_version(&transaction)? == found.seen;
        let Some(damage) = open.damage.clone().filter(|_| administers && same) else {
            return Err(StoreError::Conflict);
        };
        // Without the device's word nobody can tell whether the file is from before they were taken
        // off, and what is accepted goes above that word.
        let noted = noted.map_err(|_| damage.clone())?.and_then(|note| note.vault);
        if noted.is_some_and(|mark| !found.charter.continues(mark.charter)) {
            return Err(damage);
        }
        let last = tables::last_number(&transaction)?;
        let number = last.max(noted.map_or(0, |mark| mark.number)).saturating_add(1);
        let closing = Closing {
            kind: Kind::Accepted,
            writer: by,
            identity: open.keys.signer(by).ok_or(StoreError::Locked)?,
            number,
            // The one before may not even be readable; nothing follows from it any more.
            previous: tables::statement(&transaction, last).map_or([0; 32], |entry| entry.hash),
            charter: found.charter.mark(),
            at,
        };
        let closed = write(&transaction, open, &found, &closing)?;
        transaction.commit().map_err(fault)?;
        open.damage = None;
        open.anchored = true;
        self.keep(Reading { leaves: closed.leaves, rows: closed.rows, mark: closed.mark, ..found });
        Ok(())
    }
}

fn write(
    transaction: &Transaction<'_>,
    open: &Open,
    found: &Reading,
    closing: &Closing<'_>,
) -> Result<Closed, StoreError> {
    restore(transaction, &found.leaves)?;
    tables::replace_leaves(transaction, &found.leaves)?;
    tables::cut_charter(transaction, found.charter.len())?;
    tables::empty_journal(transaction)?;
    put_histories(transaction, open.keys.ring(), &Histories::of(&found.book))?;
    let changed: BTreeMap<Place, _> =
        found.leaves.iter().map(|(place, hash)| (*place, Some(*hash))).collect();
    let sheet = Sheet {
        transaction,
        keys: &open.keys,
        ring: open.keys.ring(),
        leaves: found.leaves.clone(),
        rows: found.rows.clone(),
        journal: None,
        changed,
    };
    sheet.close(closing)
}

/// Puts every trusted row in its place, and takes the others away.
fn restore(transaction: &Transaction<'_>, leaves: &Leaves) -> Result<(), StoreError> {
    let trusted = as_found::rows_of(transaction, leaves)?;
    for (place, _) in scan(transaction)?.leaves.iter() {
        tables::remove(transaction, *place)?;
    }
    for (place, row) in trusted {
        let hash = leaves.get(&place).ok_or(StoreError::Failed)?;
        tables::put(transaction, place, &row, hash)?;
    }
    Ok(())
}
