//! The local store: the audit log, and what is the person's own.
//!
//! The log is written by one thread and read by another, so that verifying a long one holds up
//! nobody who signs in.

mod append;
mod chain;
mod facts;
mod head;
mod launches;
mod older;
mod own;
mod page;
mod read;
mod rows;
mod schema;
mod seam;
mod stored;
#[cfg(test)]
mod tests;
mod tickets;
mod verify;

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, Row};
use tokio::sync::watch;
use usher_core::audit::{AuditEvent, AuditRow, Filter, Ticket, Verdict};
use usher_core::error::StoreError;
use usher_core::ids::{FolderId, PersonId, SessionEntryId};
use usher_core::ports::LocalStore;
use usher_core::time::Moment;

use crate::Witness;
use crate::file;
use crate::worker::Worker;
use append::Writer;
use schema::KIND;

const CORRUPT: StoreError = StoreError::Corrupt { part: "audit" };
/// The log in the file is another vault's.
const OTHER_VAULT: StoreError = StoreError::Corrupt { part: "audit_vault" };

/// The local store's file, held by two threads of its own.
pub struct Local {
    writer: Worker<Writer>,
    reader: Worker<Connection>,
    witness: Witness,
    unsigned: watch::Receiver<bool>,
}

impl Local {
    /// Opens a local store that is there. Whatever is wrong with the file, it stays as it is.
    ///
    /// The witness is the vault's: without a vault nothing can be recorded.
    ///
    /// # Errors
    /// `Missing`, `ReadOnly`, `NewerVersion`, `Corrupt`, `NetworkPath`, `Busy` after two seconds,
    /// `Failed`; `Corrupt { part: "audit" }` where numbers of an older log are missing,
    /// `Corrupt { part: "audit_vault" }` where it is the log of another vault.
    pub fn open(path: &Path, witness: &Witness) -> Result<Self, StoreError> {
        let connection = file::open(path, &KIND)?;
        older::check_numbers(&connection)?;
        if witness.vault().zip(chain::vault_of(&connection)?).is_some_and(|(v, of)| v != of) {
            return Err(OTHER_VAULT);
        }
        let reader = file::open_again(path, &KIND)?;
        let (tell, unsigned) = watch::channel(false);
        let writer = Writer::new(connection, witness.clone(), tell);
        Ok(Self {
            writer: Worker::start("usher-local", writer)?,
            reader: Worker::start("usher-log", reader)?,
            witness: witness.clone(),
            unsigned,
        })
    }

    /// Makes an empty local store where there is none.
    ///
    /// # Errors
    /// `Conflict` where something has that name; `Corrupt` where the log of a file that is gone has
    /// been left behind; `ReadOnly`, `NetworkPath`, `Failed`.
    pub fn create(path: &Path, witness: &Witness) -> Result<Self, StoreError> {
        file::create(path, &KIND, |_| Ok(()))?;
        Self::open(path, witness)
    }

    /// Opens the local store, or makes an empty one where there is nothing at all.
    ///
    /// # Errors
    /// As [`Local::open`] where there is a file, as [`Local::create`] where there is none.
    pub fn open_or_create(path: &Path, witness: &Witness) -> Result<Self, StoreError> {
        if file::exists(path) {
            return Self::open(path, witness);
        }
        match Self::create(path, witness) {
            // Another program made it in the same moment.
            Err(StoreError::Conflict) => Self::open(path, witness),
            made => made,
        }
    }

    /// Whether a vault has written to the file that lies there, or an older Usher made it. It is looked
    /// at and left as it is.
    ///
    /// # Errors
    /// The file's.
    pub fn is_used(path: &Path) -> Result<bool, StoreError> {
        let (file, found) = file::look(path, &KIND)?;
        Ok(found < KIND.known() || chain::vault_of(&file)?.is_some() || older::is_used(&file)?)
    }

    /// Whether it is nobody's yet: no vault has written to it.
    ///
    /// # Errors
    /// The file's.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.read(|file, _| Ok(chain::vault_of(file)?.is_none() && !older::is_used(file)?)).await
    }

    async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection, &Witness) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let witness = self.witness.clone();
        self.reader.ask(move |file| job(file, &witness)).await
    }
}

impl LocalStore for Local {
    async fn record(&self, event: AuditEvent) -> Result<(), StoreError> {
        self.writer.ask(move |writer| writer.append(&event)).await
    }

    async fn rows(
        &self,
        filter: &Filter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let filter = filter.clone();
        self.read(move |file, witness| read::rows(file, witness, &filter, (before, limit))).await
    }

    async fn verify(&self) -> Result<Verdict, StoreError> {
        self.read(verify::verify).await
    }

    async fn signed_to(&self) -> Result<u64, StoreError> {
        self.read(|file, _| head::signed_to(file)).await
    }

    async fn sign(&self, at: Moment) -> Result<(), StoreError> {
        self.writer.ask(move |writer| writer.sign(at)).await
    }

    async fn unsigned(&self) {
        // The other end lives as long as the thread; without one there is nothing to sign any more.
        if self.unsigned.clone().wait_for(|unsigned| *unsigned).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    async fn last_ticket(
        &self,
        person: PersonId,
        folder: FolderId,
    ) -> Result<Option<Ticket>, StoreError> {
        self.read(move |file, witness| tickets::last(file, witness, (person, folder))).await
    }

    async fn own_idle_lock(&self, person: PersonId) -> Result<Option<u16>, StoreError> {
        self.read(move |file, _| own::idle_lock(file, person)).await
    }

    async fn set_own_idle_lock(
        &self,
        person: PersonId,
        minutes: Option<u16>,
    ) -> Result<(), StoreError> {
        self.writer.ask(move |writer| own::set_idle_lock(&writer.file, person, minutes)).await
    }

    async fn launched(
        &self,
        person: PersonId,
        session: SessionEntryId,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.writer.ask(move |w| launches::remember(&w.file, person, session, at)).await
    }

    async fn last_launches(
        &self,
        person: PersonId,
    ) -> Result<BTreeMap<SessionEntryId, Moment>, StoreError> {
        self.read(move |file, _| launches::of(file, person)).await
    }
}

/// A column that is never negative.
fn number(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

fn millis(moment: Moment) -> Result<i64, StoreError> {
    i64::try_from(moment.unix_millis()).map_err(|_| StoreError::Failed)
}
