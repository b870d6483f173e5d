//! `launch`: opens the injector and starts the person's own RDP client with the Handoff alone.

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{
    Code, Detail, Failure, Fault, Handoff, Launch, Reply, Request, SecretText, TicketForm,
    TypedForm,
};
use usher_clients::RunningClient;

use crate::shell::Shell;

/// Launches a session. The page learns that it was started, or what is in the way.
#[tauri::command]
#[specta::specta]
#[expect(clippy::too_many_arguments, reason = "each is a field of the request")]
pub async fn launch(
    app: AppHandle,
    session: String,
    credential: Option<String>,
    choice: Option<String>,
    ticket: Option<TicketForm>,
    proof: Option<SecretText>,
    typed: Option<TypedForm>,
    by_hand: bool,
) -> Reply {
    let launch = Request::Launch { session, credential, choice, ticket, proof, typed, by_hand };
    let reply = app.state::<Shell>().ask(launch).await;
    let Reply::Launch { launch: Launch::Opened { run, handoff, .. } } = reply else {
        return reply;
    };
    match start(handoff).await {
        Ok(client) => {
            watch(app, run.clone(), client);
            Reply::Launch { launch: Launch::Started { run } }
        }
        Err(failure) => {
            let told = app.state::<Shell>().ask(Request::ClientMissing { run }).await;
            if let Reply::Failed { failure } = told {
                tracing::warn!(code = ?failure.code, "A launch without client could not be ended");
            }
            Reply::Failed { failure }
        }
    }
}

async fn start(handoff: Handoff) -> Result<RunningClient, Failure> {
    let missing = Failure { code: Code::ClientMissing, detail: Detail::Plain };
    let client = usher_clients::find_rdp().map_err(|_| missing)?;
    let broken = || Failure {
        code: Code::ClientMissing,
        detail: Detail::Fault { fault: Fault::ClientDidNotStart },
    };
    let handoff = usher_broker::received(handoff).ok_or_else(broken)?;
    client.start(handoff).await.map_err(|error| {
        tracing::warn!(%error, "The client did not start");
        broken()
    })
}

/// Tells the broker when the client has ended; one that never signed in will not any more.
fn watch(app: AppHandle, run: String, mut client: RunningClient) {
    tauri::async_runtime::spawn(async move {
        let exit = client.wait().await;
        tracing::info!(?exit, "A client has ended");
        let told = app.state::<Shell>().ask(Request::ClientExited { run }).await;
        if let Reply::Failed { failure } = told {
            tracing::info!(code = ?failure.code, "The launch was over already");
        }
    });
}
