//! How many requests this process may make: a share of what the account may make in all.

mod window;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

use crate::Error;
use window::Window;

/// The account's own limit counts requests over this long: 3,000 in 5 minutes.
pub const WINDOW: Duration = Duration::from_mins(5);

/// List pages under way at once, over all clients that share a limiter.
pub(crate) const PAGES_AT_ONCE: usize = 10;

/// Which part of the account's 3,000 requests in 5 minutes this process takes. Colleagues and
/// other integrations use the same account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Requests in any 5 minutes, all purposes together.
    pub requests: u32,
    /// How many of them lists may not use up, so that a single password can always be fetched.
    pub kept_for_launches: u32,
}

impl Default for Share {
    fn default() -> Self {
        Self { requests: 300, kept_for_launches: 20 }
    }
}

/// What is left of a [`Share`] at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Requests that can be made at once, those kept for launches included.
    pub requests: u32,
    /// The share itself.
    pub of: u32,
    /// How long the server has asked everyone to wait, if it has.
    pub paused_for: Option<Duration>,
}

/// What a request is for, which decides how much of the share it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A page of a list, which can wait.
    Page,
    /// A single record, or a check of the key: somebody waits for it.
    Single,
}

/// Keeps all clients of a process within one [`Share`]; a clone is the same limiter.
///
/// Exact where a leaky bucket is not: each request counts for five minutes, so there is no
/// stretch of five minutes with more requests than the share.
#[derive(Clone)]
pub struct Limiter(Arc<Inner>);

struct Inner {
    window: Mutex<Window>,
    pages: Semaphore,
}

impl Limiter {
    /// A limiter for this share.
    #[must_use]
    pub fn new(share: Share) -> Self {
        Self::over(share, WINDOW)
    }

    /// A limiter that counts over a shorter time, to watch it at work.
    #[cfg(feature = "test-server")]
    #[must_use]
    pub fn hurried(share: Share, window: Duration) -> Self {
        Self::over(share, window)
    }

    fn over(share: Share, window: Duration) -> Self {
        let window = Mutex::new(Window::new(share, window));
        Self(Arc::new(Inner { window, pages: Semaphore::new(PAGES_AT_ONCE) }))
    }

    /// What could be asked for right now.
    #[must_use]
    pub fn left(&self) -> Left {
        self.window().left(Instant::now())
    }

    /// Waits for a place among the list pages under way.
    pub(crate) async fn page(&self) -> Result<SemaphorePermit<'_>, Error> {
        // Never closed, so this cannot fail while the limiter lives.
        self.0.pages.acquire().await.map_err(|_closed| Error::Setup)
    }

    /// Takes one request out of the share now, or says when to try again.
    pub(crate) fn take(&self, purpose: Purpose) -> Result<(), Instant> {
        self.window().take(purpose, Instant::now())
    }

    /// The server has refused a request for its rate: nobody sends before `wait` is over.
    ///
    /// Without a time of the server's the pause grows with each refusal in a row.
    pub(crate) fn pause(&self, wait: Option<Duration>) {
        self.window().pause(wait, Instant::now());
    }

    /// The server has answered: the next refusal is the first in a row again.
    pub(crate) fn accepted(&self) {
        self.window().accepted();
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.0.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
