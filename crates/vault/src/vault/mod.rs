//! The vault: one file, one thread, one book.
//!
//! `shelf.rs` is what happens to it, `reading.rs` how it is read and verified, `commit.rs` and
//! `sheet.rs` how it is written. What a state of it is proved by stands in `leaf.rs`, `statement.rs`,
//! `charter.rs` and `chain.rs`.

mod accept;
mod as_found;
mod blame;
mod chain;
mod charter;
mod commit;
mod examine;
mod found;
mod law;
mod leaf;
mod look;
mod noting;
mod older;
mod reading;
mod schema;
mod sheet;
mod shelf;
mod statement;
mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod unlock;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;

use usher_core::book::{Book, Change, Learnt};
use usher_core::entry::KeyInUse;
use usher_core::error::{KeyringError, StoreError};
use usher_core::policy::{Edit, Permit};
use usher_core::ports::Store;

use crate::access::{self, Means};
use crate::worker::Worker;

pub(crate) use chain::Mark;
pub(crate) use charter::{First, first};
pub(crate) use commit::Step;
pub use examine::Examined;
pub(crate) use look::{Clear, Look};
pub(crate) use shelf::Shelf;
pub(crate) use unlock::{AnchorWas, How, Unlocked};

/// The vault's file, held by a thread of its own. It is locked until somebody comes in.
///
/// Several programs may hold one vault: each sees what the others wrote the next time it asks.
pub struct Vault {
    pub(crate) worker: Worker<Shelf>,
    pub(crate) means: Means,
    pub(crate) access: access::State,
}

impl Vault {
    /// The vault at this place, where there may be none yet. The file is not looked at before it is
    /// asked for.
    ///
    /// # Errors
    /// `Failed` where the OS gives no thread.
    pub fn at(path: PathBuf, means: Means) -> Result<Self, StoreError> {
        let shelf = Shelf::new(path, &means)?;
        let access = access::State::of(shelf.pins().clone());
        let worker = Worker::start("usher-vault", shelf)?;
        Ok(Self { worker, means, access })
    }

    /// Looks the vault over without anybody's keys. Nothing is written.
    ///
    /// # Errors
    /// `Missing`, and what has nothing to do with its content: `ReadOnly`, `NewerVersion`,
    /// `NetworkPath`, `Busy`, `Failed`.
    pub async fn examine(&self) -> Result<Examined, StoreError> {
        self.worker.ask(Shelf::examine).await
    }

    /// Why the device could not be told how the vault was left, if it could not. It is tried again
    /// with the next commit; until then an older copy would not show here.
    ///
    /// # Errors
    /// `Failed` where the vault's thread has ended.
    pub async fn anchor_trouble(&self) -> Result<Option<KeyringError>, StoreError> {
        self.worker.ask(|shelf| Ok(shelf.anchor.trouble())).await
    }
}

impl Store for Vault {
    async fn book(&self) -> Result<Arc<Book>, StoreError> {
        self.worker.ask(Shelf::book).await
    }

    async fn commit(
        &self,
        permit: Permit<Edit>,
        changes: Vec<Change>,
    ) -> Result<Arc<Book>, StoreError> {
        let step = Step { changes, ..Step::default() };
        self.worker.ask(move |shelf| shelf.commit(permit.person(), step)).await
    }

    async fn learn(&self, used: KeyInUse, learnt: Learnt) -> Result<(), StoreError> {
        self.worker.ask(move |shelf| shelf.learn(used, learnt)).await
    }
}
