//! Passes the broker's events on to the window, in order.

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use usher_broker::protocol::Numbered;

use crate::shell::Shell;
use crate::window;

/// An event of the broker, as the pages get it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct BrokerEvent(pub(crate) Numbered);

/// Starts passing events on. What is lost shows as a gap in the numbers, and the page asks anew.
pub(crate) fn forward(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let mut events = app.state::<Shell>().broker().subscribe();
        while let Some(event) = events.next().await {
            if let Err(error) = BrokerEvent(event).emit_to(&app, window::LABEL) {
                tracing::warn!(%error, "An event did not reach the window");
            }
        }
    });
}
