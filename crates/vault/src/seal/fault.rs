//! Why something could not be sealed or opened.

use usher_core::error::StoreError;

/// What went wrong with a seal. It never says how far the opening came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealError {
    /// The OS gave no random bytes; nothing was made.
    #[error("no random bytes")]
    NoRandom,
    /// Not sealed with this key, for this place, or not as it was.
    #[error("does not open")]
    DoesNotOpen,
    /// Not the shape that a sealed thing has.
    #[error("malformed")]
    Malformed,
    /// The key derivation asks for less than the floor, or for more than any machine should give.
    #[error("key derivation out of bounds")]
    OutOfBounds,
}

impl SealError {
    /// The store's error for a row that should have opened.
    pub(crate) fn at(self, part: &'static str) -> StoreError {
        match self {
            Self::NoRandom => StoreError::Failed,
            Self::DoesNotOpen | Self::Malformed | Self::OutOfBounds => StoreError::Corrupt { part },
        }
    }
}
