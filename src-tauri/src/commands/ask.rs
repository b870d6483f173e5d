//! `ask`: every request that a page may make, passed on.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{Code, Detail, Failure, Fault, Reply, Request};

use crate::shell::Shell;

/// Asks the broker. What only the shell may ask is refused here and asked by its own command.
#[tauri::command]
#[specta::specta]
pub async fn ask(app: AppHandle, request: Request) -> Reply {
    if !request.is_for_pages() {
        let detail = Detail::Fault { fault: Fault::Internal };
        return Reply::Failed { failure: Failure { code: Code::Denied, detail } };
    }
    app.state::<Shell>().ask(request).await
}
