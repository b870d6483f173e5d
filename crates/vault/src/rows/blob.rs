//! The plain form of a row of the book: JSON.
//!
//! Blobs of format 1 were that JSON in clear after a byte with the format's number; those of format 2
//! are sealed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use usher_core::error::StoreError;

use super::{Key, Table};

/// The newest format that this program reads.
pub(crate) const NEWEST: u8 = 2;

/// A row's plain form.
pub(crate) fn encode<T: Serialize>(row: &T) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(row).map_err(|_| StoreError::Failed)
}

/// What a plain form holds; nothing where it does not hold.
pub(crate) fn decode<T: DeserializeOwned>(plain: &[u8]) -> Option<T> {
    serde_json::from_slice(plain).ok()
}

/// The plain form out of a blob of format 1.
pub(crate) fn of_format_1(blob: &[u8], table: Table, key: &Key) -> Result<Vec<u8>, StoreError> {
    match blob.split_first() {
        Some((1, json)) => Ok(json.to_vec()),
        _ => Err(table.damaged(key)),
    }
}

/// The error for a blob that does not open: of a format to come, or damaged.
pub(crate) fn unopened(blob: &[u8], table: Table, key: &Key) -> StoreError {
    match blob.first() {
        Some(&found) if found > NEWEST => {
            StoreError::NewerVersion { found: found.into(), known: NEWEST.into() }
        }
        _ => table.damaged(key),
    }
}
