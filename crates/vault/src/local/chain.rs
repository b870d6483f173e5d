//! The chain: each row's hash takes in the one before, and the first takes in the vault.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use usher_core::error::StoreError;

use super::number;
use crate::file::fault;
use crate::seal::{Canonical, VaultId};

/// SHA-256.
pub(super) type Hash = [u8; 32];
/// Names a page: the first half of its share's hash, so that the chain holds the share, too.
pub(super) type PageId = [u8; 16];

/// Where the chain stands after a row, or before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tail {
    pub(super) number: u64,
    pub(super) hash: Hash,
}

/// A row as the file has it.
pub(super) struct Link {
    pub(super) number: u64,
    pub(super) page: PageId,
    pub(super) sealed: Vec<u8>,
    pub(super) hash: Hash,
}

impl Tail {
    /// Before the first row of this vault's log.
    pub(super) fn genesis(vault: &VaultId) -> Self {
        let bytes = Canonical::of("usher/audit-genesis/v1").bytes(vault.as_bytes()).done();
        Self { number: 0, hash: Sha256::digest(bytes).into() }
    }

    /// After a row that follows this one.
    pub(super) fn then(&self, page: &PageId, sealed: &[u8]) -> Self {
        let number = self.number.saturating_add(1);
        // All fields but the last have a fixed length, so none reaches into the next.
        let hash = Sha256::new()
            .chain_update(b"usher/audit-row/v1\0")
            .chain_update(self.hash)
            .chain_update(number.to_be_bytes())
            .chain_update(page)
            .chain_update(sealed)
            .finalize();
        Self { number, hash: hash.into() }
    }

    /// The last row of the file.
    pub(super) fn last(file: &Connection, vault: &VaultId) -> Result<Self, StoreError> {
        let sql = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1";
        let read =
            |row: &rusqlite::Row<'_>| Ok(Self { number: number(row, 0)?, hash: row.get(1)? });
        let mut statement = file.prepare_cached(sql).map_err(fault)?;
        let last = statement.query_row([], read).optional().map_err(fault)?;
        Ok(last.unwrap_or_else(|| Self::genesis(vault)))
    }
}

/// The hash that the file has for a row.
pub(super) fn hash_of(file: &Connection, number: u64) -> Result<Option<Hash>, StoreError> {
    let number = i64::try_from(number).map_err(|_| StoreError::Failed)?;
    let mut statement =
        file.prepare_cached("SELECT hash FROM audit WHERE number = ?1").map_err(fault)?;
    statement.query_row([number], |row| row.get(0)).optional().map_err(fault)
}

/// The vault whose log it is; none before the first row.
pub(super) fn vault_of(file: &Connection) -> Result<Option<VaultId>, StoreError> {
    let mut statement = file.prepare_cached("SELECT vault FROM log").map_err(fault)?;
    let vault = statement.query_row([], |row| row.get(0)).optional().map_err(fault)?;
    Ok(vault.map(VaultId::from_bytes))
}

/// Makes it this vault's log.
pub(super) fn found(file: &Connection, vault: &VaultId) -> Result<(), StoreError> {
    let row = params![vault.as_bytes()];
    file.execute("INSERT INTO log (one, vault) VALUES (1, ?1)", row).map_err(fault)?;
    Ok(())
}

/// What the pages' shares are named after.
pub(super) fn page_id(share: &[u8]) -> PageId {
    let hash: Hash = Sha256::digest(share).into();
    hash.first_chunk().copied().unwrap_or_default()
}
