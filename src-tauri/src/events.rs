//! Passes the broker's events on to the window, in order, and does what a lock asks of the shell.

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use usher_broker::protocol::{Code, Event as Happened, LockWhy, Numbered, Reply, Request};

use crate::shell::Shell;
use crate::{lock, window};

/// An event of the broker, as the pages get it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct BrokerEvent(pub(crate) Numbered);

/// Starts passing events on. What is lost shows as a gap in the numbers, and the page asks anew.
pub(crate) fn forward(app: &AppHandle) {
    tend_clients(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut events = app.state::<Shell>().broker().subscribe();
        let mut last = None;
        while let Some(event) = events.next().await {
            let missed = last.is_some_and(|last: u32| last.checked_add(1) != Some(event.number))
                || matches!(event.event, Happened::Missed { .. });
            last = Some(event.number);
            let why = if let Happened::Locked { why } = event.event { Some(why) } else { None };
            if missed || matches!(event.event, Happened::Unlocked | Happened::VaultChanged) {
                app.state::<Shell>().look_again.notify_one();
            }
            if let Err(error) = BrokerEvent(event).emit_to(&app, window::LABEL) {
                tracing::warn!(%error, "An event did not reach the window");
            }
            let why = match why {
                None if missed && is_locked(&app).await => Some(LockWhy::Asked),
                told => told,
            };
            if let Some(why) = why {
                lock::locked(&app, why).await;
            }
        }
    });
}

/// A client's credential is taken away and a client ends with its session, whether or not anybody has
/// the vault open.
fn tend_clients(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut events = app.state::<Shell>().broker().subscribe_to_all();
        while let Some(event) = events.next().await {
            let shell = app.state::<Shell>();
            if matches!(event.event, Happened::Missed { .. }) {
                shell.clients.catch_up(|| shell.broker().runs());
            } else {
                shell.clients.hear(&event.event);
            }
        }
    });
}

/// Whether a lock was among the events that were missed. Where the vault was not open there was none;
/// an unlock that is just being answered has no handle yet, and is not to be taken for a lock.
async fn is_locked(app: &AppHandle) -> bool {
    if !app.state::<Shell>().has_handle() {
        return false;
    }
    let reply = app.state::<Shell>().ask(Request::Snapshot).await;
    matches!(reply, Reply::Failed { failure } if failure.code == Code::Locked)
}
