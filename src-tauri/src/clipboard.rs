//! The clipboard: a password goes in marked as secret, and out again when its time is over.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

use crate::shell::Shell;

/// What we last put there, to know it again, and which copy it was; nothing after it was cleared.
#[derive(Default)]
pub(crate) struct Ours(Mutex<Last>);

#[derive(Default)]
struct Last {
    copy: u64,
    text: Option<Zeroizing<String>>,
}

/// The clipboard could not be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unavailable;

/// Puts the password into the clipboard, and clears it after `seconds` if it is still there.
pub(crate) fn put(
    app: &AppHandle,
    password: Zeroizing<String>,
    seconds: u32,
) -> Result<(), Unavailable> {
    app.clipboard().write_secret(password.as_str()).map_err(|_| Unavailable)?;
    let shell = app.state::<Shell>();
    let mut last = shell.clipboard.0.lock().unwrap_or_else(PoisonError::into_inner);
    last.copy = last.copy.wrapping_add(1);
    last.text = Some(password);
    let copy = last.copy;
    drop(last);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(Duration::from_secs(u64::from(seconds))).await;
        // Reading the clipboard can wait for the main thread, so it is not done on a worker.
        let cleared =
            tauri::async_runtime::spawn_blocking(move || clear_if_ours(&app, Some(copy))).await;
        if cleared.is_err() {
            tracing::warn!("The clipboard could not be cleared");
        }
    });
    Ok(())
}

/// Clears the clipboard if what stands there is what we last put there: by this copy, where one is
/// named; a later one has its own time.
fn clear_if_ours(app: &AppHandle, copy: Option<u64>) {
    let shell = app.state::<Shell>();
    let mut last = shell.clipboard.0.lock().unwrap_or_else(PoisonError::into_inner);
    if copy.is_some_and(|copy| copy != last.copy) {
        return;
    }
    let Some(put) = last.text.take() else { return };
    let stands = app.clipboard().read_text().map(Zeroizing::new);
    let is_ours = stands.is_ok_and(|text| *text == *put);
    if is_ours && app.clipboard().clear().is_err() {
        tracing::warn!("The clipboard could not be cleared");
    }
}

/// Nothing of ours stays behind: when the vault is locked, and at the end of the app.
pub(crate) fn clear(app: &AppHandle) {
    clear_if_ours(app, None);
}
