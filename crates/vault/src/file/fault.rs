//! What `SQLite` reports, as what a person can act on.

use rusqlite::{Error, ErrorCode};
use usher_core::error::StoreError;

/// The typed error for what `SQLite` reported while reading or writing.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(crate) fn fault(error: Error) -> StoreError {
    fault_of(&error)
}

/// The same, of an error that is still looked at.
pub(crate) fn fault_of(error: &Error) -> StoreError {
    let Some(code) = error.sqlite_error_code() else {
        return StoreError::Failed;
    };
    if matches!(code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) {
        StoreError::Busy
    } else if matches!(code, ErrorCode::ReadOnly | ErrorCode::PermissionDenied) {
        StoreError::ReadOnly
    } else if matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) {
        StoreError::Corrupt { part: "file" }
    } else {
        StoreError::Failed
    }
}

/// The same while a file is first looked at, when a statement of ours that `SQLite` cannot make
/// sense of speaks against the file.
pub(crate) fn inspection(error: Error) -> StoreError {
    let typed = fault(error);
    if typed == StoreError::Failed { StoreError::Corrupt { part: "file" } } else { typed }
}
