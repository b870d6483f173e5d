//! What the shell holds: the broker, and the handle of this unlock, which no page ever sees.

use std::sync::{Mutex, PoisonError};

use usher_broker::protocol::{Reply, Request};
use usher_broker::{Broker, Places, RealWorld};

/// The shell's state.
pub(crate) struct Shell {
    broker: Broker<RealWorld>,
    handle: Mutex<Option<String>>,
    pub(crate) clipboard: crate::clipboard::Ours,
}

impl Shell {
    pub(crate) fn new(places: Places) -> Self {
        let broker = Broker::new(RealWorld(places));
        Self { broker, handle: Mutex::default(), clipboard: crate::clipboard::Ours::default() }
    }

    pub(crate) fn broker(&self) -> &Broker<RealWorld> {
        &self.broker
    }

    /// Asks the broker on this unlock's behalf. The handle that `Unlock` answers with stays here.
    pub(crate) async fn ask(&self, request: Request) -> Reply {
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let reply = self.broker.handle(handle.as_deref(), request).await;
        let Reply::Unlocked(mut unlocked) = reply else { return reply };
        let handle = std::mem::take(&mut unlocked.handle);
        *self.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
        Reply::Unlocked(unlocked)
    }
}
