//! Files that the person asks for: where they say, for their eyes alone.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;
use usher_broker::protocol::{Code, Detail, Failure, Fault};

use crate::window;

/// What became of a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "saved", rename_all = "snake_case")]
pub enum Saved {
    /// It is there.
    Written {
        /// Where.
        path: String,
    },
    /// The person chose no place; nothing was written and nothing was asked of the broker.
    Cancelled,
    /// It was not written.
    Failed {
        /// Why.
        failure: Failure,
    },
}

/// Kinds of files that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// A page to print.
    Page,
}

impl FileKind {
    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Page => "html",
        }
    }
}

/// Asks the person where to; `None` if they would rather not.
pub(crate) async fn ask_where(app: &AppHandle, name: &str, kind: FileKind) -> Option<PathBuf> {
    let extension = kind.extension();
    let file = app.dialog().file().add_filter(extension, &[extension]);
    let mut file = file.set_file_name(format!("{}.{extension}", plain(name)));
    if let Some(window) = app.get_webview_window(window::LABEL) {
        file = file.set_parent(&window);
    }
    let (to, chosen) = oneshot::channel();
    file.save_file(move |path| {
        // Nobody waits any more if the window was closed meanwhile.
        drop(to.send(path));
    });
    chosen.await.ok().flatten()?.into_path().ok()
}

/// A name that a page suggested, without anything that means something to a file system.
fn plain(name: &str) -> String {
    let kept = |letter: char| {
        if letter.is_alphanumeric() || "-_ ".contains(letter) { letter } else { '-' }
    };
    name.chars().take(80).map(kept).collect()
}

/// Writes it whole or not at all, readable for this person alone.
pub(crate) async fn write(path: PathBuf, text: impl AsRef<str> + Send + 'static) -> Saved {
    let shown = path.display().to_string();
    let job = move || write_whole(&path, text.as_ref(), true);
    match tauri::async_runtime::spawn_blocking(job).await {
        Ok(Ok(())) => Saved::Written { path: shown },
        Ok(Err(_)) | Err(_) => failed(Code::Storage, Fault::DiskFailed),
    }
}

/// The same on this thread. What was there before is replaced only where that is wanted.
pub(crate) fn write_whole(path: &Path, text: &str, replace: bool) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    if replace { file.persist(path) } else { file.persist_noclobber(path) }?;
    Ok(())
}

pub(crate) fn failed(code: Code, fault: Fault) -> Saved {
    Saved::Failed { failure: Failure { code, detail: Detail::Fault { fault } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_cannot_lead_elsewhere() {
        assert_eq!(plain("../../etc/passwd"), "------etc-passwd");
        assert_eq!(plain("Contoso 2026-11\n"), "Contoso 2026-11-");
        assert_eq!(plain(&"x".repeat(200)).len(), 80);
    }

    #[test]
    fn a_file_is_there_whole_and_for_this_person_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.csv");
        write_whole(&path, "one", false).expect("writes");
        assert!(write_whole(&path, "two", false).is_err(), "nothing is replaced unasked");
        assert_eq!(std::fs::read_to_string(&path).expect("reads"), "one");
        write_whole(&path, "two", true).expect("writes");
        assert_eq!(std::fs::read_to_string(&path).expect("reads"), "two");
        assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 1, "nothing is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.metadata().expect("is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
