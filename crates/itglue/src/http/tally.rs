//! Counting what goes out and what comes in.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::count;

/// What a client has asked for and received since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Requests sent, repeated tries included. Those that never reached the server count as well.
    pub requests: u64,
    /// Bytes of the answers' bodies that were read, after decompression.
    pub bytes: u64,
}

/// The counters behind [`Stats`].
#[derive(Default)]
pub(super) struct Tally {
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Tally {
    pub(super) fn sends(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn received(&self, bytes: usize) {
        self.bytes.fetch_add(count(bytes), Ordering::Relaxed);
    }

    pub(super) fn stats(&self) -> Stats {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Stats { requests: read(&self.requests), bytes: read(&self.bytes) }
    }
}
