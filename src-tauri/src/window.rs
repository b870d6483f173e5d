//! The one window.

#[cfg(not(feature = "e2e"))]
use tauri::Manager;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, WebviewUrl, WebviewWindowBuilder};

/// The window's label; the capability file names it and no other.
pub(crate) const LABEL: &str = "main";

/// Opens the window on our own pages. It goes nowhere else and opens nothing.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let title = if cfg!(feature = "e2e") { "Usher \u{b7} TEST" } else { "Usher" };
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(title)
        .inner_size(1180.0, 760.0)
        .min_inner_size(900.0, 600.0)
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Brings the window to the front, for a second start of the app.
#[cfg(not(feature = "e2e"))]
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
