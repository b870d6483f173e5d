//! Stand-ins for time and chance in unit tests.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use crate::ports::{Clock, Random};
use crate::time::{Moment, Uptime};

pub(crate) struct FixedClock(u64);

impl FixedClock {
    pub(crate) fn at(millis: u64) -> Self {
        Self(millis)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        Moment::from_unix_millis(self.0)
    }

    fn uptime(&self) -> Uptime {
        Uptime(Duration::from_millis(self.0))
    }
}

#[derive(Default)]
pub(crate) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
