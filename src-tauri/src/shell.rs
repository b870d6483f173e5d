//! What the shell holds: the broker, and the handle of this unlock, which no page ever sees.

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;
use usher_broker::protocol::{LockWhy, Reply, Request};
use usher_broker::{Broker, Places, RealWorld};

use crate::hardening::stack::wiped;

/// The shell's state.
pub(crate) struct Shell {
    broker: Broker<RealWorld>,
    handle: Mutex<Option<String>>,
    pub(crate) clients: crate::clients::Clients,
    pub(crate) clipboard: crate::clipboard::Ours,
    /// Says that the idle limit may have changed, or that there is something to lock again.
    pub(crate) look_again: Notify,
    /// The person's own data on this machine.
    #[cfg(windows)]
    pub(crate) folder: Option<std::path::PathBuf>,
    /// The page says that it asks the person whether the app is to close.
    pub(crate) asking: Notify,
    /// The app is about to end.
    pub(crate) ending: AtomicBool,
    /// The window is going only to come again, so the app stays.
    pub(crate) renewing: AtomicBool,
    /// Where it was, and why it went.
    pub(crate) left: Mutex<Option<(crate::window::Place, LockWhy)>>,
}

impl Shell {
    pub(crate) fn new(places: Places) -> Self {
        let clients = crate::clients::Clients::new(places.local.parent());
        #[cfg(windows)]
        let folder = places.local.parent().map(std::path::PathBuf::from);
        let broker = Broker::new(RealWorld(places));
        Self {
            broker,
            handle: Mutex::default(),
            clients,
            #[cfg(windows)]
            folder,
            clipboard: crate::clipboard::Ours::default(),
            look_again: Notify::new(),
            asking: Notify::new(),
            ending: AtomicBool::new(false),
            renewing: AtomicBool::new(false),
            left: Mutex::default(),
        }
    }

    pub(crate) fn broker(&self) -> &Broker<RealWorld> {
        &self.broker
    }

    /// Whether the vault was open when last heard of.
    pub(crate) fn has_handle(&self) -> bool {
        self.handle.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Forgets the handle of an unlock that is over.
    pub(crate) fn forget(&self) {
        self.handle.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Asks the broker on this unlock's behalf. The handle that `Unlock` answers with stays here.
    pub(crate) async fn ask(&self, request: Request) -> Reply {
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let limits =
            matches!(request, Request::SetOwnIdleLock { .. } | Request::SaveSettings { .. });
        let reply = wiped(Box::pin(self.broker.handle(handle.as_deref(), request))).await;
        if limits {
            self.look_again.notify_one();
        }
        let Reply::Unlocked(mut unlocked) = reply else { return reply };
        let handle = std::mem::take(&mut unlocked.handle);
        *self.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
        Reply::Unlocked(unlocked)
    }
}
