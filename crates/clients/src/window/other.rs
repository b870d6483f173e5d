//! Not done on this system yet.

use super::NotRaised;

/// Raises nothing yet.
pub(crate) fn raise(_process: u32) -> Result<(), NotRaised> {
    Err(NotRaised::NotYet)
}
