//! `save_text`: a report, a list or a recovery kit that a page has made, into a file that the person
//! chooses.

use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use usher_broker::protocol::SecretText;

use crate::save::{self, FileKind, Saved};

/// Asks where to and writes it. The text may be a recovery kit, so it is wiped. `open`: shows the
/// page in the person's browser, where it can be printed.
#[tauri::command]
#[specta::specta]
pub async fn save_text(
    app: AppHandle,
    name: String,
    kind: FileKind,
    text: SecretText,
    open: bool,
) -> Saved {
    let Some(path) = save::ask_where(&app, &name, kind).await else {
        return Saved::Cancelled;
    };
    let saved = save::write(path.clone(), text.into_text()).await;
    let shown = open && kind == FileKind::Page && matches!(saved, Saved::Written { .. });
    if shown && let Err(error) = app.opener().open_path(path.to_string_lossy(), None::<&str>) {
        tracing::warn!(%error, "The page was written but not shown");
    }
    saved
}
