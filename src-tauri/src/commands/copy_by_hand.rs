//! `copy_by_hand`: the one-time password of a client that is started by hand goes to the clipboard.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{Code, Detail, Failure, Fault, Reply};

use crate::clipboard;
use crate::shell::Shell;

/// For how long it stands there: as long as such a client is waited for.
const SECONDS: u32 = 120;

/// Copies the one-time password of this launch, while there is time to use it. It waits for nothing, but
/// the clipboard can wait for the main thread, so it must not be on that.
#[tauri::command]
#[specta::specta]
pub async fn copy_by_hand(app: AppHandle, run: String) -> Reply {
    let Some(password) = app.state::<Shell>().clients.handed_out(&run) else {
        return failed(Code::NotFound, Fault::LeaseExpired);
    };
    match clipboard::put(&app, password, SECONDS) {
        Ok(()) => Reply::Done,
        Err(clipboard::Unavailable) => failed(Code::Storage, Fault::ClipboardUnavailable),
    }
}

fn failed(code: Code, fault: Fault) -> Reply {
    Reply::Failed { failure: Failure { code, detail: Detail::Fault { fault } } }
}
