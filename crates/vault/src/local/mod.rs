//! The local store: the audit log, and what is the person's own.

mod audit;
mod launches;

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use usher_core::audit::{AuditEvent, AuditRow};
use usher_core::error::StoreError;
use usher_core::ids::{PersonId, SessionEntryId};
use usher_core::ports::LocalStore;
use usher_core::time::Moment;

use crate::file::{self, Kind};
use crate::worker::Worker;

/// The local store's kind of file: `USHL`, and the schema's steps.
const KIND: Kind = Kind { application_id: 0x5553_484c, migrations: &[SCHEMA_1] };

const SCHEMA_1: &str = "
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    at INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    what TEXT NOT NULL,
    on_ TEXT NOT NULL,
    outcome TEXT NOT NULL,
    details TEXT NOT NULL,
    run BLOB CHECK (run IS NULL OR length(run) = 16)
) STRICT;
CREATE TABLE launch (
    person BLOB NOT NULL CHECK (length(person) = 16),
    session BLOB NOT NULL CHECK (length(session) = 16),
    at INTEGER NOT NULL,
    PRIMARY KEY (person, session)
) STRICT, WITHOUT ROWID;
";

/// The local store's file, held by a thread of its own.
pub struct Local {
    worker: Worker<Connection>,
}

impl Local {
    /// Opens a local store that is there. Whatever is wrong with the file, it stays as it is.
    ///
    /// # Errors
    /// As [`crate::Vault::open`]; `Corrupt { part: "audit" }` where numbers of the log are missing.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = file::open(path, &KIND)?;
        audit::check_numbers(&connection)?;
        Ok(Self { worker: Worker::start("usher-local", connection)? })
    }

    /// Makes an empty local store where there is none.
    ///
    /// # Errors
    /// As [`crate::Vault::create`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        file::create(path, &KIND, |_| Ok(()))?;
        Self::open(path)
    }

    /// Opens the local store, or makes an empty one where there is nothing at all.
    ///
    /// # Errors
    /// As [`crate::Vault::open_or_create`].
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        if file::exists(path) {
            return Self::open(path);
        }
        match Self::create(path) {
            // Another program made it in the same moment.
            Err(StoreError::Conflict) => Self::open(path),
            made => made,
        }
    }
}

impl LocalStore for Local {
    async fn record(&self, event: AuditEvent) -> Result<(), StoreError> {
        self.worker.ask(move |file| audit::append(file, &event)).await
    }

    async fn newest(&self, before: Option<u64>, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        self.worker.ask(move |file| audit::newest(file, before, limit)).await
    }

    async fn launched(
        &self,
        person: PersonId,
        session: SessionEntryId,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.worker.ask(move |file| launches::remember(file, person, session, at)).await
    }

    async fn last_launches(
        &self,
        person: PersonId,
    ) -> Result<BTreeMap<SessionEntryId, Moment>, StoreError> {
        self.worker.ask(move |file| launches::of(file, person)).await
    }
}
