//! `save_audit`: the audit log, into a file that the person chooses.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{AuditFilter, Code, ExportFormat, Fault, Reply, Request};

use crate::save::{self, FileKind, Saved};
use crate::shell::Shell;

/// Asks where to, then for the export, which is on record itself, and writes it.
#[tauri::command]
#[specta::specta]
pub async fn save_audit(app: AppHandle, filter: AuditFilter, format: ExportFormat) -> Saved {
    let kind = match format {
        ExportFormat::Csv => FileKind::Csv,
        ExportFormat::JsonLines => FileKind::JsonLines,
    };
    let Some(path) = save::ask_where(&app, "Usher audit", kind).await else {
        return Saved::Cancelled;
    };
    let reply = app.state::<Shell>().ask(Request::AuditExport { filter, format }).await;
    if let Reply::Failed { failure } = reply {
        return Saved::Failed { failure };
    }
    let Reply::Exported { text } = reply else {
        return save::failed(Code::Storage, Fault::Internal);
    };
    save::write(path, text).await
}
