//! `show_password`: the one command whose answer carries a password.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{Reply, Request, RevealForm, SecretText, TicketForm};

use crate::shell::Shell;

/// The password of an entry, to be shown for as long as the answer says.
#[tauri::command]
#[specta::specta]
pub async fn show_password(
    app: AppHandle,
    credential: String,
    proof: Option<SecretText>,
    ticket: Option<TicketForm>,
) -> Reply {
    let form = RevealForm { credential, proof, ticket };
    app.state::<Shell>().ask(Request::ShowPassword(form)).await
}
