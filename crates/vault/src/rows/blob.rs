//! The blob of a row: a format number, then what that format holds.
//!
//! Format 1 is JSON in clear. Sealed rows will be a format of their own, so that a program which
//! knows only this one says "newer" and touches nothing.

use serde::Serialize;
use serde::de::DeserializeOwned;
use usher_core::error::StoreError;

use super::Table;

/// The newest format this program reads, and the one it writes.
const FORMAT: u8 = 1;

/// The blob for a row.
pub(crate) fn encode<T: Serialize>(row: &T) -> Result<Vec<u8>, StoreError> {
    let mut blob = vec![FORMAT];
    serde_json::to_writer(&mut blob, row).map_err(|_| StoreError::Failed)?;
    Ok(blob)
}

/// What a blob of that table holds.
pub(crate) fn decode<T: DeserializeOwned>(blob: &[u8], table: Table) -> Result<T, StoreError> {
    match blob.split_first() {
        Some((&FORMAT, json)) => serde_json::from_slice(json).map_err(|_| table.corrupt()),
        Some((&found, _)) if found > FORMAT => {
            Err(StoreError::NewerVersion { found: found.into(), known: FORMAT.into() })
        }
        Some(_) | None => Err(table.corrupt()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_of_the_future_is_newer_and_a_damaged_one_corrupt() {
        let read = |blob: &[u8]| decode::<u8>(blob, Table::Folder);
        assert_eq!(read(&encode(&7_u8).expect("encodes")), Ok(7));
        assert_eq!(read(b"\x027"), Err(StoreError::NewerVersion { found: 2, known: 1 }));
        for damaged in [&b""[..], b"\x00", b"\x007", b"\x01", b"\x017 7"] {
            assert_eq!(read(damaged), Err(StoreError::Corrupt { part: "folder" }), "{damaged:?}");
        }
    }
}
