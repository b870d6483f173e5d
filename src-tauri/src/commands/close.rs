//! `close`: what the page says of the app's close, where sessions run.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};

use crate::closing;
use crate::shell::Shell;

/// What the page says when it is to ask whether the app closes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Close {
    /// The person is being asked. Whoever says no is not heard of again.
    Asking,
    /// The person wants the sessions ended and the app closed.
    End,
}

/// Answers the event that the app is to close while sessions run.
#[tauri::command]
#[specta::specta]
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands a command its own handle")]
pub fn close(app: AppHandle, answer: Close) {
    match answer {
        Close::Asking => app.state::<Shell>().asking.notify_waiters(),
        Close::End => closing::close(&app),
    }
}
