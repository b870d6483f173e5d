//! Rows in clear: JSON after a byte with the format's number.

use serde::Serialize;
use serde::de::DeserializeOwned;
use usher_core::error::StoreError;

use crate::rows::{Key, Put, Stored, Table, Write};

/// The format of clear rows.
const FORMAT: u8 = 1;

/// Puts a clear row.
///
/// # Errors
/// None in practice.
pub(crate) fn put<T: Serialize>(table: Table, key: Key, row: &T) -> Result<Write, StoreError> {
    let mut blob = vec![FORMAT];
    serde_json::to_writer(&mut blob, row).map_err(|_| StoreError::Failed)?;
    Ok(Write { table, key, put: Some(Put { version: None, blob }) })
}

/// Takes a clear row out.
pub(crate) fn remove(table: Table, key: Key) -> Write {
    Write { table, key, put: None }
}

/// What a clear row says; none where it is not one.
pub(crate) fn read<T: DeserializeOwned>(stored: &Stored) -> Option<T> {
    match stored.blob.split_first() {
        Some((&FORMAT, json)) => serde_json::from_slice(json).ok(),
        _ => None,
    }
}
