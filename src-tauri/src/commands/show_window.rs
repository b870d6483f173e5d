//! `show_window`: brings a session's window to the front.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{Code, Detail, Failure, Fault, Reply};
use usher_clients::NotRaised;

use crate::shell::Shell;

/// Brings the window of the client that we started for this launch to the front.
#[tauri::command]
#[specta::specta]
pub async fn show_window(app: AppHandle, run: String) -> Reply {
    let client = app.state::<Shell>().clients.of(&run);
    let raised = match client {
        Some(client) => client.raise().await,
        None => Err(NotRaised::Ended),
    };
    raised.map_or_else(|why| Reply::Failed { failure: failure(why) }, |()| Reply::Done)
}

fn failure(why: NotRaised) -> Failure {
    tracing::info!(%why, "A client's window did not come to the front");
    let (code, fault) = match why {
        NotRaised::Ended | NotRaised::NoWindow => (Code::NotFound, Fault::ClientHasNoWindow),
        NotRaised::NoDesktop | NotRaised::Wayland | NotRaised::Refused | NotRaised::NotYet => {
            (Code::Conflict, Fault::WindowStaysBehind)
        }
    };
    Failure { code, detail: Detail::Fault { fault } }
}
