//! The vault: one file, one thread, one book.

mod manifest;
mod shelf;
mod tables;

use std::path::Path;
use std::sync::Arc;

use usher_core::book::{Book, Change, Learnt};
use usher_core::entry::KeyInUse;
use usher_core::error::StoreError;
use usher_core::policy::{Edit, Permit};
use usher_core::ports::Store;

use crate::file;
use crate::worker::Worker;
use shelf::Shelf;
use tables::KIND;

/// The vault's file, held by a thread of its own.
///
/// Opening blocks for as long as it takes to check the whole file; what the port asks does not.
/// Several programs may hold one vault: each sees what the others wrote the next time it asks.
pub struct Vault {
    worker: Worker<Shelf>,
}

impl Vault {
    /// Opens a vault that is there. Whatever is wrong with the file, it stays as it is.
    ///
    /// A vault of an older version is brought up to date; a copy of it as it was stays beside it,
    /// named after the schema it has.
    ///
    /// # Errors
    /// `Missing`, `ReadOnly`, `NewerVersion`, `Corrupt`, `NetworkPath`, `Busy` after two seconds,
    /// `Failed`.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let shelf = Shelf::read(file::open(path, &KIND)?)?;
        Ok(Self { worker: Worker::start("usher-vault", shelf)? })
    }

    /// Makes an empty vault where there is none; its folder too, for the owner alone.
    ///
    /// # Errors
    /// `Conflict` where something has that name; `Corrupt` where the log of a vault that is gone
    /// has been left behind; `ReadOnly`, `NetworkPath`, `Failed`.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        file::create(path, &KIND, tables::fill)?;
        Self::open(path)
    }

    /// Opens the vault, or makes an empty one where there is nothing at all.
    ///
    /// # Errors
    /// As [`Vault::open`] where there is a file, as [`Vault::create`] where there is none.
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

impl Store for Vault {
    async fn book(&self) -> Result<Arc<Book>, StoreError> {
        self.worker.ask(Shelf::book).await
    }

    async fn commit(
        &self,
        _permit: Permit<Edit>,
        changes: Vec<Change>,
    ) -> Result<Arc<Book>, StoreError> {
        self.worker.ask(move |shelf| shelf.commit(&changes)).await
    }

    async fn learn(&self, used: KeyInUse, learnt: Learnt) -> Result<(), StoreError> {
        self.worker.ask(move |shelf| shelf.learn(used, learnt)).await
    }
}
