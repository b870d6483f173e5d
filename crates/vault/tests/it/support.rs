//! What several tests need.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use usher_core::book::{Book, Change};
use usher_core::error::StoreError;
use usher_core::ids::FolderId;
use usher_core::policy::{Edit, Permit, may_found};
use usher_core::ports::Store;
use usher_vault::Vault;

use crate::specimen;

/// A folder of its own and the vault's path in it.
pub(crate) fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.sqlite");
    (folder, path)
}

/// A permit as the one who founds a vault gets it; what it allows is not the vault's business.
pub(crate) fn permit() -> Permit<Edit> {
    may_found(&Book::default(), specimen::PERSON).expect("nobody is in an empty book")
}

pub(crate) async fn commit(vault: &Vault, changes: Vec<Change>) -> Result<Arc<Book>, StoreError> {
    vault.commit(permit(), changes).await
}

/// A closed vault file with one of everything, and what it holds.
pub(crate) async fn full(path: &Path) -> Arc<Book> {
    let vault = Vault::create(path).expect("creates");
    commit(&vault, specimen::everything()).await.expect("commits")
}

pub(crate) fn folder_id(number: u64) -> FolderId {
    FolderId::from_bytes((u128::from(number) | 1 << 127).to_be_bytes())
}

pub(crate) fn put_folder(number: u64) -> Change {
    Change::PutFolder(specimen::folder(folder_id(number), &format!("folder {number}")))
}

/// The error of something that must not have opened.
pub(crate) fn refusal<T>(outcome: Result<T, StoreError>) -> StoreError {
    outcome.map(drop).expect_err("must be refused")
}

/// Every file in the folder with its bytes, but for `SQLite`'s passing `-shm` and empty `-wal`.
pub(crate) fn bytes_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("lists")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), std::fs::read(&path).expect("reads")))
        .filter(|(path, bytes)| !(path.to_string_lossy().ends_with("-wal") && bytes.is_empty()))
        .collect();
    files.sort();
    files
}
