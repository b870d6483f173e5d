//! What an open vault is held with, and what goes along with each commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::charter::Charter;
use crate::rows::{ClearRows, Place, Stored, Table, Write, unopened};
use crate::seal::{self, Identity, PublicIdentity, VaultId, VaultKey};

/// The keys of an open vault. Dropping them wipes them.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) vault: VaultId,
    /// Of the epoch that the rows are sealed in.
    pub(crate) key: VaultKey,
    /// Who has it open.
    pub(crate) people: BTreeMap<PersonId, Arc<Identity>>,
}

/// The tables in clear, as they stand: nothing was verified but the charter's own signatures.
pub(crate) struct Clear {
    pub(crate) charter: Charter,
    pub(crate) rows: ClearRows,
}

/// A commit that is about to be written.
pub(crate) struct Accompany<'a> {
    pub(crate) before: &'a Book,
    pub(crate) after: &'a Book,
    /// The rows in clear, with those that the commit itself brings.
    pub(crate) rows: &'a ClearRows,
    pub(crate) keys: &'a Keys,
    pub(crate) by: PersonId,
    /// All is to be sealed anew, whatever the books say.
    pub(crate) rekey: bool,
}

/// What goes along with it.
#[derive(Default)]
pub(crate) struct Accompanied {
    /// Rows in clear: identities, shares, API keys, slots of people who went.
    pub(crate) writes: Vec<Write>,
    /// The key of the next epoch, where one begins; its shares are among the writes.
    pub(crate) key: Option<VaultKey>,
}

/// Knows the rows in clear, which are bytes to everybody else here.
pub(crate) trait Companion: Send {
    /// What has to be written along with a commit.
    fn accompany(&mut self, now: &Accompany<'_>) -> Result<Accompanied, StoreError>;

    /// The commit stands.
    fn written(&mut self) {}

    /// The vault key out of a person's row of shares.
    fn vault_key(
        &self,
        share: &Stored,
        vault: VaultId,
        person: PersonId,
        identity: &Identity,
    ) -> Option<VaultKey>;

    /// Whose a slot, identity or share is; nothing where it cannot be read.
    fn owner(&self, table: Table, row: &Stored) -> Option<PersonId>;

    /// The public keys in a row of identities.
    fn identity(&self, row: &Stored) -> Option<PublicIdentity>;

    /// The tables in clear were read, or have changed.
    fn known(&mut self, _charter: &Charter, _rows: &ClearRows) {}
}

impl Keys {
    /// Seals a row of the book.
    pub(super) fn seal(
        &self,
        key: &VaultKey,
        place: Place,
        version: u64,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let table = place.table.name();
        seal_at(&self.vault, key, (table, &place.key, version), plain)
    }

    /// Opens a row of the book: its plain form.
    pub(super) fn open(&self, place: Place, row: Stored) -> Result<Stored, StoreError> {
        let (table, key) = (place.table.name(), &place.key);
        match open_at(&self.vault, &self.key, (table, key, row.version), &row.blob) {
            Some(plain) => Ok(Stored { blob: plain, ..row }),
            None => Err(unopened(&row.blob, place.table, key)),
        }
    }

    /// Takes the key of another epoch, that somebody here has a share of.
    ///
    /// # Errors
    /// `Locked` where nobody has.
    pub(super) fn turn(
        &mut self,
        rows: &ClearRows,
        epoch: u32,
        companion: &dyn Companion,
    ) -> Result<(), StoreError> {
        let shared = self.people.iter().find_map(|(person, identity)| {
            let share = rows.get(Table::VaultShare, &person.to_bytes())?;
            companion.vault_key(share, self.vault, *person, identity)
        });
        self.key = shared.filter(|key| key.epoch == epoch).ok_or(StoreError::Locked)?;
        Ok(())
    }
}

/// Seals what stands at (table, row, version).
pub(super) fn seal_at(
    vault: &VaultId,
    key: &VaultKey,
    (table, row, version): (&str, &[u8], u64),
    plain: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let place = seal::Place { vault, table, row, version };
    seal::seal(key, &place, plain).map_err(|_| StoreError::Failed)
}

/// Opens what stands at (table, row, version).
pub(super) fn open_at(
    vault: &VaultId,
    key: &VaultKey,
    (table, row, version): (&str, &[u8], u64),
    blob: &[u8],
) -> Option<Vec<u8>> {
    let place = seal::Place { vault, table, row, version };
    seal::open(key, &place, blob).ok().map(|mut plain| std::mem::take(&mut *plain))
}
