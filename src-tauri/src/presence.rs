//! Passes on to the broker that nobody is there. The broker decides what that means.

use std::time::Duration;

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{Code, LockWhy, Reply, Request};
use usher_presence::{IdleUnknown, OsSession, Turn, Warden};

use crate::shell::Shell;

/// When to look again after a look that came to nothing.
const SOON: Duration = Duration::from_secs(5);

/// Watches until the app ends.
pub(crate) fn watch(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let session = OsSession::start();
        let shell = app.state::<Shell>();
        usher_presence::watch(session, shell.inner(), &shell.look_again).await;
    });
}

impl Warden for Shell {
    async fn idle(&self, idle: Result<Duration, IdleUnknown>) -> Option<Duration> {
        let seconds = idle.ok().map(|idle| u32::try_from(idle.as_secs()).unwrap_or(u32::MAX));
        let reply = self.ask(Request::Idle { seconds }).await;
        if let Reply::Idle { again_in } = reply {
            return again_in.map(u64::from).map(Duration::from_secs);
        }
        // Locked already, and an unlock has us look again. Or it could not be told just now, and
        // nobody is to stay unlocked for that.
        let locked = matches!(&reply, Reply::Failed { failure } if failure.code == Code::Locked);
        (!locked).then_some(SOON)
    }

    async fn turned(&self, turn: Turn) {
        let why = match turn {
            Turn::ScreenLocked => LockWhy::Screen,
            Turn::Suspending => LockWhy::Suspend,
        };
        if let Reply::Failed { failure } = self.ask(Request::LockFor { why }).await {
            tracing::info!(code = ?failure.code, "There was nothing to lock");
        }
    }
}
