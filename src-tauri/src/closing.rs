//! How the app ends: the person is asked where sessions run, then the sessions are ended in order.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tauri::{AppHandle, CloseRequestApi, Manager};
use tauri_specta::Event;

use crate::shell::Shell;
use crate::window;

/// How often the page is told that it is to ask, in case it is just loading.
const TELL_EVERY: Duration = Duration::from_millis(250);
/// How often at most, which makes 2 seconds: a page that is dead keeps nobody from closing the app.
const TELL_TIMES: usize = 8;
/// How long the sessions' ends and the log's signature may take on a slow disk.
const ENDS: Duration = Duration::from_secs(5);
/// How long the clients may take after that.
const CLIENTS: Duration = Duration::from_secs(3);

/// The window is to be closed while sessions run: the page asks the person.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, specta::Type, tauri_specta::Event)]
pub(crate) struct CloseAsked {
    /// How many run.
    sessions: u32,
}

/// Somebody wants the window closed. It goes at once unless sessions run.
pub(crate) fn requested(app: &AppHandle, api: &CloseRequestApi) {
    let running = app.state::<Shell>().broker().running();
    if running > 0 {
        api.prevent_close();
        // The wish can come from a taskbar, with the sessions' windows before ours.
        window::show(app);
        let app = app.clone();
        tauri::async_runtime::spawn(async move { ask(&app, running).await });
    }
}

/// Has the page ask. One that does not say in time that it does leaves nobody to ask.
async fn ask(app: &AppHandle, running: usize) {
    let sessions = u32::try_from(running).unwrap_or(u32::MAX);
    let shell = app.state::<Shell>();
    for _ in 0..TELL_TIMES {
        let asking = shell.asking.notified();
        tokio::pin!(asking);
        asking.as_mut().enable();
        if let Err(error) = (CloseAsked { sessions }).emit_to(app, window::LABEL) {
            tracing::warn!(%error, "The window could not be told to ask");
        }
        if tokio::time::timeout(TELL_EVERY, asking).await.is_ok() {
            return;
        }
    }
    tracing::warn!("The page did not answer, so the app closes without asking");
    close(app);
}

/// Takes the window away; [`end`] goes on when it has gone, or at once where there is none.
pub(crate) fn close(app: &AppHandle) {
    let destroyed = app.get_webview_window(window::LABEL).map(|window| window.destroy());
    if !matches!(destroyed, Some(Ok(()))) {
        end(app);
    }
}

/// Ends the sessions, waits until that is on record, and ends the app.
pub(crate) fn end(app: &AppHandle) {
    if app.state::<Shell>().ending.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let sessions = shell.broker().wind_up(ENDS).await;
        if sessions > 0 {
            tracing::warn!(sessions, "Not every session's end could be put on record");
        }
        if tokio::time::timeout(CLIENTS, shell.clients.end_all()).await.is_err() {
            tracing::warn!("Not every client could be ended in time; the next start sweeps");
        }
        app.exit(0);
    });
}

/// The system ends the app (at the end of the person's session, say): in order, but nobody is asked.
#[cfg(unix)]
pub(crate) fn on_signals(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signal) => {
                    signal.recv().await;
                    close(&app);
                }
                Err(error) => tracing::warn!(%error, "A signal is not listened to"),
            }
        });
    }
}

/// There are none on Windows.
#[cfg(not(unix))]
pub(crate) fn on_signals(_: &AppHandle) {}
