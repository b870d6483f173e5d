//! What the shell does when the vault is locked, whoever locked it. Running sessions and their
//! clients go on.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::LockWhy;

use crate::shell::Shell;
use crate::{clipboard, window};

/// Forgets the unlock, takes what was open off the screen and out of the clipboard.
pub(crate) async fn locked(app: &AppHandle, why: LockWhy) {
    app.state::<Shell>().forget();
    app.state::<Shell>().clients.take_all_back();
    window::renew(app, why);
    let app = app.clone();
    // Reading the clipboard can wait for the main thread, so it is not done on a worker.
    let cleared = tauri::async_runtime::spawn_blocking(move || clipboard::clear(&app)).await;
    if cleared.is_err() {
        tracing::warn!("The clipboard could not be cleared");
    }
}
