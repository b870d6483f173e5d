//! Looking at the file before anybody has come in.

use rusqlite::Connection;
use usher_core::error::StoreError;

use super::charter::Charter;
use super::schema::{KIND, SEALED_SINCE};
use super::shelf::{Shelf, tell};
use super::{reading, tables};
use crate::file::{self, fault};
use crate::rows::ClearRows;

/// What there is where the vault should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Nothing.
    NoVault,
    /// A vault of a Usher that sealed nothing.
    Older,
    /// A vault.
    Vault,
}

/// The tables in clear, as they stand: nothing was verified but the charter's own signatures.
pub(crate) struct Clear {
    pub(crate) charter: Charter,
    pub(crate) rows: ClearRows,
}

impl Shelf {
    /// What there is. Nothing in it changes.
    ///
    /// # Errors
    /// `ReadOnly`, `NewerVersion`, `Corrupt`, `NetworkPath`, `Busy`, `Failed`.
    pub(crate) fn look(&mut self) -> Result<Look, StoreError> {
        if self.connection.is_some() && self.stamp == file::stamp(&self.path) {
            return Ok(Look::Vault);
        }
        self.connection = None;
        if !file::exists(&self.path) {
            return Ok(Look::NoVault);
        }
        let (connection, found) = file::look(&self.path, &KIND)?;
        if found < SEALED_SINCE {
            return Ok(Look::Older);
        }
        self.hold(connection)?;
        Ok(Look::Vault)
    }

    /// Keeps the connection to a file that was looked over.
    pub(super) fn hold(&mut self, connection: Connection) -> Result<(), StoreError> {
        file::settle(&connection)?;
        connection.set_prepared_statement_cache_capacity(tables::STATEMENTS_KEPT);
        self.connection = Some(connection);
        self.stamp = file::stamp(&self.path);
        Ok(())
    }

    /// The tables in clear, before anybody has come in.
    ///
    /// # Errors
    /// As [`Shelf::look`]; `Missing` where there is no vault, `Damaged` where its charter does not
    /// hold.
    pub(crate) fn clear(&mut self) -> Result<Clear, StoreError> {
        if self.look()? != Look::Vault {
            return Err(StoreError::Missing);
        }
        let connection = self.connection.as_mut().ok_or(StoreError::Missing)?;
        let transaction = connection.transaction().map_err(fault)?;
        file::recheck(&transaction, &KIND)?;
        let charter = Charter::replay_what_holds(&tables::charter(&transaction)?)?.0;
        let rows = reading::clear_rows(&transaction)?;
        transaction.finish().map_err(fault)?;
        // While it is open, the witness knows what was verified.
        if self.open.is_none() {
            tell(&self.witness, &charter, &rows);
        }
        Ok(Clear { charter, rows })
    }
}
