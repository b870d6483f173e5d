//! How much has passed.

use std::sync::atomic::{AtomicU64, Ordering};

use usher_core::ports::Traffic;

use super::Side;

/// Bytes of the session itself, both ways. Counted on while its relays come and go.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    to_host: AtomicU64,
    to_client: AtomicU64,
}

impl Counters {
    /// What has passed so far.
    pub(crate) fn traffic(&self) -> Traffic {
        Traffic {
            to_host: self.to_host.load(Ordering::Relaxed),
            to_client: self.to_client.load(Ordering::Relaxed),
        }
    }

    pub(super) fn add(&self, to: Side, bytes: usize) {
        let counter = match to {
            Side::Host => &self.to_host,
            Side::Client => &self.to_client,
        };
        counter.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_is_counted_by_itself() {
        let counters = Counters::default();
        for (to, bytes) in [(Side::Host, 3), (Side::Client, 40), (Side::Host, 2)] {
            counters.add(to, bytes);
        }
        assert_eq!(counters.traffic(), Traffic { to_host: 5, to_client: 40 });
    }
}
