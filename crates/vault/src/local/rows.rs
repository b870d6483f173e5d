//! The rows that one transaction adds to the chain.

use rusqlite::{Connection, params};
use usher_core::audit::{About, AuditEvent, NOBODY, Outcome, What};
use usher_core::error::{KeyringError, StoreError};
use usher_core::time::Moment;

use super::chain::{self, Tail};
use super::page::Page;
use super::{OTHER_VAULT, older, seam, stored};
use crate::AuditAnchor;
use crate::file::fault;
use crate::seal::VaultId;

/// Where the chain stands in this transaction.
pub(super) struct Rows<'a> {
    file: &'a Connection,
    vault: VaultId,
    page: &'a Page,
    pub(super) tail: Tail,
}

impl<'a> Rows<'a> {
    /// Makes it this vault's log, with the rows of the older schema, unless it is already.
    ///
    /// # Errors
    /// `Failed` where there are such rows and the keyring does not say whether the vault had a log
    /// before; and the file's.
    pub(super) fn of(
        file: &'a Connection,
        vault: VaultId,
        page: &'a Page,
        remembered: Result<Option<AuditAnchor>, KeyringError>,
    ) -> Result<Self, StoreError> {
        let known = chain::vault_of(file)?;
        if known.is_some_and(|known| known != vault) {
            return Err(OTHER_VAULT);
        }
        page.store(file)?;
        let mut rows = Self { file, vault, page, tail: Tail::last(file, &vault)? };
        if known.is_none() {
            chain::found(file, &vault)?;
            if are_its_first(file, remembered)? {
                older::take_over(file, &mut |row| rows.put(&stored::older(row)?))?;
            }
        }
        Ok(rows)
    }

    /// Says so on record where the log is not what the keyring remembers of it.
    ///
    /// The chain then goes on from what is remembered, and by its number: so what is missing stays
    /// missing for whoever verifies the log later, and fits again if it is put back.
    pub(super) fn note_if_not_as_left(
        &mut self,
        anchor: Option<AuditAnchor>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let Some(anchor) = anchor.filter(|anchor| anchor.number > 0) else {
            return Ok(());
        };
        if chain::hash_of(self.file, anchor.number)? == Some(anchor.head) {
            return Ok(());
        }
        let found = self.tail.number;
        self.tail = Tail { number: found.max(anchor.number), hash: anchor.head };
        seam::keep(self.file, &self.tail)?;
        self.put(&stored::of(&not_as_left(at, anchor.number, found))?)
    }

    /// Adds a row of this text.
    pub(super) fn put(&mut self, text: &[u8]) -> Result<(), StoreError> {
        let sealed = self.page.seal(&self.vault, &self.tail, text)?;
        let after = self.tail.then(&self.page.id, &sealed);
        let number = i64::try_from(after.number).map_err(|_| StoreError::Failed)?;
        let sql = "INSERT INTO audit (number, page, sealed, hash) VALUES (?1, ?2, ?3, ?4)";
        let row = params![number, self.page.id, sealed, after.hash];
        self.file.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
        self.tail = after;
        Ok(())
    }
}

/// Whether the rows in clear are older than the vault. Where the vault had a log already, somebody has
/// put them in its place: they stay where they are.
fn are_its_first(
    file: &Connection,
    remembered: Result<Option<AuditAnchor>, KeyringError>,
) -> Result<bool, StoreError> {
    match remembered {
        Ok(anchor) => Ok(anchor.is_none()),
        Err(_) if older::is_used(file)? => Err(StoreError::Failed),
        Err(_) => Ok(false),
    }
}

fn not_as_left(at: Moment, expected: u64, found: u64) -> AuditEvent {
    AuditEvent {
        at,
        person: NOBODY,
        what: What::LogNotAsLeft,
        on: String::new(),
        outcome: Outcome::Failed,
        about: About::default(),
        details: vec![("expected", expected.to_string()), ("found", found.to_string())],
        run: None,
    }
}
