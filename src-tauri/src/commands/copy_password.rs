//! `copy_password`: the password goes to the clipboard and never to the page.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{
    Code, Detail, Failure, Fault, Reply, Request, RevealForm, SecretText, TicketForm,
};

use crate::clipboard;
use crate::shell::Shell;

/// Copies the password of an entry.
#[tauri::command]
#[specta::specta]
pub async fn copy_password(
    app: AppHandle,
    credential: String,
    proof: Option<SecretText>,
    ticket: Option<TicketForm>,
) -> Reply {
    let form = RevealForm { credential, proof, ticket };
    let reply = app.state::<Shell>().ask(Request::CopyPassword(form)).await;
    let Reply::Revealed { revealed } = reply else {
        return reply;
    };
    let put = clipboard::put(&app, revealed.password.into_text(), revealed.seconds);
    if put.is_ok() {
        return Reply::Done;
    }
    let detail = Detail::Fault { fault: Fault::ClipboardUnavailable };
    Reply::Failed { failure: Failure { code: Code::Storage, detail } }
}
