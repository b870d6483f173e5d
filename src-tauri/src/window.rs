//! The one window, and how a new one takes its place when the vault is locked.

mod place;

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

use usher_broker::protocol::LockWhy;

pub(crate) use self::place::Place;
use crate::hardening::stack;
use crate::shell::Shell;
use crate::web_processes;

/// The window's label; the capability file names it and no other.
pub(crate) const LABEL: &str = "main";

/// Opens the window on our own pages. It goes nowhere else and opens nothing.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    open_at(app, WebviewUrl::default(), None)
}

fn open_at(app: &AppHandle, page: WebviewUrl, place: Option<Place>) -> tauri::Result<()> {
    let title = if cfg!(feature = "e2e") { "Usher \u{b7} TEST" } else { "Usher" };
    let window = WebviewWindowBuilder::new(app, LABEL, page)
        .title(title)
        .inner_size(1180.0, 760.0)
        .min_inner_size(900.0, 600.0)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // A lock while nobody is there does not push itself before the person's work.
        .focused(place.as_ref().is_none_or(Place::was_in_front))
        .build()?;
    match place {
        Some(place) => place.restore(&window),
        None => Ok(()),
    }
}

/// Takes the window away, with all that its processes still hold; [`opened_again`] goes on when it
/// has gone. Without a window there is nothing to do.
pub(crate) fn renew(app: &AppHandle, why: LockWhy) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let shell = app.state::<Shell>();
    *shell.left.lock().unwrap_or_else(PoisonError::into_inner) = Some((Place::of(&window), why));
    shell.renewing.store(true, Ordering::SeqCst);
    if let Err(error) = window.destroy() {
        shell.renewing.store(false, Ordering::SeqCst);
        tracing::error!(%error, "The window could not be taken away after a lock");
        // Better no window than one that may still show what was open.
        app.exit(1);
    }
}

/// The last window has gone: whether it went only to come again. Then its processes are ended, and
/// a new one is opened.
pub(crate) fn opened_again(app: &AppHandle) -> bool {
    let shell = app.state::<Shell>();
    let again = shell.renewing.swap(false, Ordering::SeqCst);
    if again {
        // This is the main thread, through which every request came in.
        stack::wipe();
        let left = shell.left.lock().unwrap_or_else(PoisonError::into_inner).take();
        let app = app.clone();
        // Not on the main thread, which is still busy with the old one.
        tauri::async_runtime::spawn_blocking(move || {
            web_processes::end_all();
            let (place, why) = left.unzip();
            let page = why.map_or_else(WebviewUrl::default, page_after);
            if let Err(error) = open_at(&app, page, place) {
                tracing::error!(%error, "No window could be opened after a lock");
                app.exit(1);
            }
        });
    }
    again
}

/// The page before the vault says why it was locked, which a new window cannot know.
fn page_after(why: LockWhy) -> WebviewUrl {
    let word = serde_json::to_value(why).ok();
    let word = word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    WebviewUrl::App(format!("index.html?locked={word}").into())
}

/// Brings the window to the front: for a second start of the app, or for a question.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let shown = window.unminimize().and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "The window could not be brought to the front");
        }
    }
}

/// Our own pages, by scheme and host exactly; the dev server only where it serves the pages.
fn is_ours(url: &tauri::Url) -> bool {
    let dev = cfg!(not(feature = "custom-protocol")) && url.port() == Some(5173);
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        ("http", Some("localhost")) => dev,
        ("about", _) => url.as_str() == "about:blank",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_after_a_lock_is_told_why() {
        let WebviewUrl::App(page) = page_after(LockWhy::OtherProgram) else {
            panic!("a page of ours")
        };
        assert_eq!(page.to_str(), Some("index.html?locked=other_program"));
    }

    #[test]
    fn only_our_own_pages_are_shown() {
        let ours = |text: &str| is_ours(&text.parse().expect("a url"));
        assert!(ours("tauri://localhost/index.html"));
        for elsewhere in [
            "https://example.com/",
            "http://tauri.localhost.evil.example/",
            "tauri://localhost.evil.example/",
            "file:///etc/passwd",
            "http://app.evil.example:5174/",
        ] {
            assert!(!ours(elsewhere), "{elsewhere}");
        }
    }
}
