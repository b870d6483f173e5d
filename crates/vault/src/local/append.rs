//! Appending: sealed, chained, on the disk; signed where it is due.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::watch;
use usher_core::audit::{AuditEvent, What};
use usher_core::error::StoreError;
use usher_core::time::Moment;

use super::chain::{self, Tail};
use super::page::Page;
use super::rows::Rows;
use super::schema::KIND;
use super::{head, stored, tickets};
use crate::file::{self, fault};
use crate::seal::VaultId;
use crate::{AuditAnchor, Witness};

/// The log, to be written. One thread has it.
pub(super) struct Writer {
    pub(super) file: Connection,
    witness: Witness,
    /// The page of this run of the program, and of which vault.
    page: Option<(VaultId, Page)>,
    /// `SQLite`'s `data_version` as of the last look at the schema.
    looked: Option<i64>,
    /// Whether rows wait for a signature.
    unsigned: watch::Sender<bool>,
}

impl Writer {
    pub(super) fn new(file: Connection, witness: Witness, unsigned: watch::Sender<bool>) -> Self {
        Self { file, witness, page: None, looked: None, unsigned }
    }

    /// Appends the event; on the disk when this returns.
    pub(super) fn append(&mut self, event: &AuditEvent) -> Result<(), StoreError> {
        let vault = self.ready()?;
        let (signed, anchor) = {
            let (_, page) = self.page.as_ref().ok_or(StoreError::Failed)?;
            let remembered = self.witness.remembered();
            let anchor = remembered.unwrap_or_else(|_| self.witness.audit_anchor());
            let transaction = begin(&mut self.file, &mut self.looked)?;
            let mut rows = Rows::of(&transaction, vault, page, remembered)?;
            rows.note_if_not_as_left(anchor, event.at)?;
            rows.put(&stored::of(event)?)?;
            let tail = rows.tail;
            tickets::keep(&transaction, &self.witness, event)?;
            let due = is_due(&transaction, event, &tail)?;
            let signed = due && head::sign(&transaction, &self.witness, &vault, (&tail, event.at))?;
            transaction.commit().map_err(fault)?;
            (signed, AuditAnchor { number: tail.number, head: tail.hash })
        };
        self.on_the_disk(event, signed, anchor);
        Ok(())
    }

    /// Has whoever has the vault open sign what nobody signed; nothing while it is locked.
    pub(super) fn sign(&mut self, at: Moment) -> Result<(), StoreError> {
        self.unsigned.send_replace(false);
        let Some(vault) = self.witness.vault() else {
            return Ok(());
        };
        let transaction = begin(&mut self.file, &mut self.looked)?;
        if chain::vault_of(&transaction)? != Some(vault) {
            return Ok(());
        }
        let tail = Tail::last(&transaction, &vault)?;
        if head::signed_to(&transaction)? < tail.number {
            head::sign(&transaction, &self.witness, &vault, (&tail, at))?;
        }
        transaction.commit().map_err(fault)
    }

    /// The vault, with a page to write on. Without a vault nothing can be recorded.
    fn ready(&mut self) -> Result<VaultId, StoreError> {
        let vault = self.witness.vault().ok_or(StoreError::Locked)?;
        if self.page.as_ref().is_none_or(|(of, _)| *of != vault) {
            let reader = self.witness.audit_key().ok_or(StoreError::Locked)?;
            self.page = Some((vault, Page::new(&vault, &reader)?));
        }
        Ok(vault)
    }

    fn on_the_disk(&mut self, event: &AuditEvent, signed: bool, anchor: AuditAnchor) {
        self.witness.put_audit_anchor(anchor);
        self.unsigned.send_replace(!signed);
        if matches!(event.what, What::Locked | What::Unlocked) {
            // Who has the program's memory from now on reads no rows of before.
            self.page = None;
        }
    }
}

/// Nobody else writes from here on. Looks at the schema where another program wrote.
fn begin<'a>(
    file: &'a mut Connection,
    looked: &mut Option<i64>,
) -> Result<Transaction<'a>, StoreError> {
    let transaction =
        file.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    let changed = transaction.query_row("PRAGMA data_version", [], |row| row.get(0));
    let changed: i64 = changed.map_err(fault)?;
    if *looked != Some(changed) {
        file::recheck(&transaction, &KIND)?;
        *looked = Some(changed);
    }
    Ok(transaction)
}

/// Whether the head is to be signed with this event.
fn is_due(file: &Connection, event: &AuditEvent, tail: &Tail) -> Result<bool, StoreError> {
    if !event.what.is_everyday() {
        return Ok(true);
    }
    Ok(tail.number.saturating_sub(head::signed_to(file)?) >= head::ROWS)
}
