//! Whether the desktop tells how long nobody has touched the computer.

use std::sync::atomic::{AtomicBool, Ordering};

/// What the last word of it was. Until there is one, it is taken to tell.
#[derive(Default)]
pub(crate) struct IdleSense {
    silent: AtomicBool,
}

impl IdleSense {
    /// Notes whether it told; answers whether that is news.
    pub(crate) fn heard(&self, told: bool) -> bool {
        self.silent.swap(!told, Ordering::Relaxed) == told
    }

    /// Whether it tells.
    pub(crate) fn is_known(&self) -> bool {
        !self.silent.load(Ordering::Relaxed)
    }
}
