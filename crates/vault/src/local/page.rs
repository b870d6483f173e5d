//! Pages: each run of the program has a key that its rows are sealed with, shared to the log's
//! public key. So rows can be written while the vault is locked, and read only while it is open.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use usher_core::error::StoreError;
use zeroize::Zeroizing;

use super::chain::{PageId, Tail, page_id};
use crate::Witness;
use crate::file::fault;
use crate::seal::{Canonical, SealError, SymmetricKey, VaultId, decrypt, encrypt, share};

/// The page that rows are written on.
pub(super) struct Page {
    pub(super) id: PageId,
    key: SymmetricKey,
    share: Vec<u8>,
}

impl Page {
    /// A fresh one, to be read by whoever holds the log's secret.
    pub(super) fn new(vault: &VaultId, reader: &[u8; 32]) -> Result<Self, StoreError> {
        let failed = |error: SealError| error.at("audit_page");
        let key = SymmetricKey::generate().map_err(failed)?;
        let share = share(reader, &info(vault), key.as_bytes()).map_err(failed)?;
        Ok(Self { id: page_id(&share), key, share })
    }

    /// Puts its share into the file, unless it is there.
    pub(super) fn store(&self, file: &Connection) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit_page (id, share) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let row = params![self.id, self.share];
        file.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
        Ok(())
    }

    /// Seals what is to follow `before`.
    pub(super) fn seal(
        &self,
        vault: &VaultId,
        before: &Tail,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let place = associated(vault, before);
        encrypt(&self.key, &place, plain).map_err(|error| error.at("audit"))
    }
}

/// What became of the key of a page.
#[derive(Clone)]
pub(super) enum Key {
    /// Here it is.
    Known(SymmetricKey),
    /// The log's secret is not lent.
    Locked,
    /// The share is missing, not the one that was written, or does not open.
    Broken,
}

/// The keys of the pages that are read; forgotten with this value.
pub(super) struct Pages<'a> {
    file: &'a Connection,
    witness: &'a Witness,
    vault: VaultId,
    known: BTreeMap<PageId, Key>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(file: &'a Connection, witness: &'a Witness, vault: VaultId) -> Self {
        Self { file, witness, vault, known: BTreeMap::new() }
    }

    /// The page's key.
    pub(super) fn key(&mut self, id: &PageId) -> Result<&Key, StoreError> {
        if !self.known.contains_key(id) {
            let key = self.unshare(id)?;
            self.known.insert(*id, key);
        }
        Ok(self.known.get(id).unwrap_or(&Key::Broken))
    }

    fn unshare(&self, id: &PageId) -> Result<Key, StoreError> {
        let sql = "SELECT share FROM audit_page WHERE id = ?1";
        let mut statement = self.file.prepare_cached(sql).map_err(fault)?;
        let share: Option<Vec<u8>> =
            statement.query_row([id], |row| row.get(0)).optional().map_err(fault)?;
        let Some(share) = share.filter(|share| page_id(share) == *id) else {
            return Ok(Key::Broken);
        };
        let key = match self.witness.audit_unshare(&info(&self.vault), &share) {
            None => return Ok(Key::Locked),
            Some(Err(_)) => return Ok(Key::Broken),
            Some(Ok(key)) => SymmetricKey::from_slice(&key),
        };
        Ok(key.map_or(Key::Broken, Key::Known))
    }

    /// Opens what follows `before`; `None` where it does not open.
    pub(super) fn open(
        &self,
        key: &SymmetricKey,
        before: &Tail,
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        decrypt(key, &associated(&self.vault, before), sealed).ok()
    }
}

/// What the share of a page's key says that it is.
fn info(vault: &VaultId) -> Vec<u8> {
    Canonical::of("usher/audit-page/v1").bytes(vault.as_bytes()).done()
}

/// Where a row stands: it opens at its own place and at no other.
fn associated(vault: &VaultId, before: &Tail) -> Vec<u8> {
    Canonical::of("usher/audit-place/v1")
        .bytes(vault.as_bytes())
        .number(before.number.saturating_add(1))
        .bytes(&before.hash)
        .done()
}
