//! How much all pages of a list together may be.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Error, PagingFault, count};

/// All bodies of a list together. No account heard of has a tenth of it.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// The bytes that have come so far.
#[derive(Default)]
pub(super) struct Total(AtomicU64);

impl Total {
    /// Adds a page's body.
    ///
    /// # Errors
    /// [`PagingFault::TooLong`] where it is too much with those before it.
    pub(super) fn add(&self, length: usize) -> Result<(), Error> {
        let length = count(length);
        let before = self.0.fetch_add(length, Ordering::Relaxed);
        if before.saturating_add(length) > MOST_BYTES {
            return Err(Error::Paging(PagingFault::TooLong { bytes: MOST_BYTES }));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_each_small_enough_are_too_much_together() {
        let (total, page) = (Total::default(), 8 * 1024 * 1024);
        assert!((0..128).all(|_| total.add(page).is_ok()));
        let long = Error::Paging(PagingFault::TooLong { bytes: MOST_BYTES });
        assert_eq!(total.add(1), Err(long));
    }
}
