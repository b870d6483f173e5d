//! Windows: whether mstsc signs in by itself, which may need the loopback certificate trusted once, or
//! the person types a code.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons};
use tokio::sync::oneshot;
use usher_broker::KeptCertificate;
use usher_broker::protocol::Handoff;
use usher_clients::RunningClient;
use usher_clients::windows_policy::Verdict;

use crate::shell::Shell;

/// What the person reads before Windows asks in its own words.
const WHY: &str = "Remote Desktop signs in to Usher on this computer, and Usher to the server. So that \
    Remote Desktop knows Usher and need not warn, Windows can trust a certificate that Usher has made \
    here. It is good for Usher's own addresses on this computer (127.77.0.1 to 127.77.0.64) and for \
    nothing else; its key never leaves your account.\n\nWindows will ask you once, in a window of its own.";

/// Asked once while the program runs, whatever the answer.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How mstsc signs in to us on this computer. Offers to have the loopback certificate trusted, where that
/// is of any use.
pub(crate) async fn verdict(app: &AppHandle) -> Verdict {
    let facts = usher_clients::policy();
    let folder = app.state::<Shell>().folder.clone();
    let trusted = is_trusted(folder.as_deref());
    let verdict = facts.verdict(trusted);
    let of_use = !trusted && !facts.no_user_roots && verdict != Verdict::NtlmDenied;
    if of_use && trust(app).await { facts.verdict(true) } else { verdict }
}

/// Whether the certificate that sessions show is among the person's trusted roots.
pub(crate) fn is_trusted(folder: Option<&Path>) -> bool {
    let kept = folder.map(KeptCertificate::open);
    let trusted = kept.map(|kept| kept.and_then(|kept| kept.is_trusted()));
    trusted.is_some_and(|trusted| trusted.unwrap_or(false))
}

/// Explains, and if the person agrees, has Windows ask.
async fn trust(app: &AppHandle) -> bool {
    let Some(folder) = app.state::<Shell>().folder.clone() else { return false };
    if ASKED.swap(true, Ordering::SeqCst) || !agreed(app).await {
        return false;
    }
    let trusted =
        tauri::async_runtime::spawn_blocking(move || KeptCertificate::open(&folder)?.trust());
    match trusted.await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::info!(%error, "The loopback certificate is not trusted");
            false
        }
        Err(_) => false,
    }
}

async fn agreed(app: &AppHandle) -> bool {
    let (answer, answered) = oneshot::channel();
    let buttons = MessageDialogButtons::OkCancelCustom("Trust".to_owned(), "Not now".to_owned());
    let question = app.dialog().message(WHY).title("Usher").buttons(buttons);
    question.show(move |yes| {
        if answer.send(yes).is_err() {
            tracing::debug!("Nobody waits for the answer any more");
        }
    });
    answered.await.unwrap_or(false)
}

/// Starts mstsc without a credential: it asks the person, who reads the code in our window. `None`
/// where it did not start; the person can still start it, as with any other client.
pub(crate) async fn started_to_ask(app: &AppHandle, handoff: Handoff) -> Option<RunningClient> {
    let residue = app.state::<Shell>().clients.residue.clone();
    let (client, handoff) = (usher_clients::find_rdp().ok()?, usher_broker::received(handoff)?);
    match client.start_by_hand(handoff, &residue).await {
        Ok(client) => Some(client),
        Err(error) => {
            tracing::warn!(%error, "The client did not start");
            None
        }
    }
}
