//! Windows: the last input of the session, and a window of no size that is told the rest.

mod last_input;
mod messages;

use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::means::{Means, Source};
use crate::turn::Turned;
use crate::watch::{IdleUnknown, Session};

/// The OS session that this program runs in.
pub struct OsSession(UnboundedReceiver<Turned>);

impl OsSession {
    /// Listens from now on.
    #[must_use]
    pub fn start() -> Self {
        let (to, turns) = mpsc::unbounded_channel();
        messages::listen(to);
        Self(turns)
    }
}

impl Session for OsSession {
    async fn idle(&self) -> Result<Duration, IdleUnknown> {
        last_input::idle().ok_or(IdleUnknown)
    }

    async fn turned(&mut self) -> Turned {
        match self.0.recv().await {
            Some(turned) => turned,
            // The window could not be made, which the log says.
            None => std::future::pending().await,
        }
    }
}

/// What this session can tell.
pub async fn means() -> Means {
    let idle = last_input::idle().map(|_| Source::Windows);
    let (screen_lock, suspend) = (vec![Source::Windows], Some(Source::Windows));
    std::future::ready(Means { idle, screen_lock, suspend }).await
}
