//! `launch`: opens the injector and starts the person's own RDP client with the Handoff alone, or
//! shows what a client is started with by hand.

mod client;
mod windows;

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{
    Failure, Handoff, HeldBack, Launch, Reply, Request, SecretText, StaleCredential, TicketForm,
    TypedForm,
};
use usher_clients::RunningClient;

use crate::shell::Shell;

/// Launches a session. The page learns that it was started, or what is in the way; with `by_hand` it
/// gets the one-time credential, which is worthless outside this session.
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
    // Before anything is asked for: nothing is fetched for a client that could not sign in.
    let forced = match windows::person_types(&app, by_hand).await {
        Ok(forced) => forced,
        Err(failure) => return Reply::Failed { failure },
    };
    let by_hand = by_hand || forced;
    let launch = Request::Launch { session, credential, choice, ticket, proof, typed, by_hand };
    let reply = app.state::<Shell>().ask(launch).await;
    let Reply::Launch { launch: Launch::Opened { run, handoff, seconds, host } } = reply else {
        return reply;
    };
    let stale = windows::stale(&host);
    let started = if by_hand {
        hand_out(&app, &run, (handoff, forced), (seconds, stale)).await
    } else {
        start(&app, &run, handoff, stale).await
    };
    match started {
        Ok(launch) => Reply::Launch { launch },
        Err(failure) => {
            tell(&app, Request::ClientMissing { run }).await;
            Reply::Failed { failure }
        }
    }
}

/// Any program of this OS user may come now, or the one that we start and that asks the person; what it
/// is started with goes to the page.
async fn hand_out(
    app: &AppHandle,
    run: &str,
    (handoff, forced): (Handoff, bool),
    (seconds, stale): (u32, Vec<StaleCredential>),
) -> Result<Launch, Failure> {
    let (address, user) = (handoff.address.clone(), handoff.user.clone());
    let password = handoff.password.into_text();
    let process = if forced {
        let password = SecretText::new(password.clone());
        asking_client(app, run, Handoff { password, ..handoff }).await
    } else {
        None
    };
    // Nobody knows which client will come: the entry decides, and the person.
    serve(app, run, process, &[]).await?;
    app.state::<Shell>().clients.hand_out(run.to_owned(), password.clone());
    forget(app.clone(), run.to_owned(), Duration::from_secs(u64::from(seconds)));
    let (run, password) = (run.to_owned(), SecretText::new(password));
    Ok(Launch::ByHand { run, address, user, password, seconds, stale })
}

/// mstsc without a stored credential, which asks the person; only it is served then.
#[cfg(windows)]
async fn asking_client(app: &AppHandle, run: &str, handoff: Handoff) -> Option<u32> {
    let client = crate::mstsc::started_to_ask(app, handoff).await?;
    watch(app, run, client).id()
}

/// Elsewhere clients take their credential from us.
#[cfg(not(windows))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
async fn asking_client(_: &AppHandle, _: &str, _: Handoff) -> Option<u32> {
    None
}

/// Takes the password back when nobody can use it any more.
fn forget(app: AppHandle, run: String, after: Duration) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(after).await;
        app.state::<Shell>().clients.take_back(&run);
    });
}

/// Starts a client; only it and what it starts is served.
async fn start(
    app: &AppHandle,
    run: &str,
    handoff: Handoff,
    stale: Vec<StaleCredential>,
) -> Result<Launch, Failure> {
    let residue = app.state::<Shell>().clients.residue.clone();
    let (client, held_back) = client::started(handoff, &residue).await?;
    let client = watch(app, run, client);
    let served = match client.id() {
        Some(id) => serve(app, run, Some(id), &held_back).await,
        // It has ended already; whoever watches it tells.
        None => Ok(()),
    };
    if let Err(failure) = served {
        client.end_now();
        return Err(failure);
    }
    Ok(Launch::Started { run: run.to_owned(), held_back, stale })
}

async fn serve(
    app: &AppHandle,
    run: &str,
    process: Option<u32>,
    held_back: &[HeldBack],
) -> Result<(), Failure> {
    let clipboard_files = !held_back.contains(&HeldBack::ClipboardFiles);
    let started = Request::ClientStarted { run: run.to_owned(), process, clipboard_files };
    let reply = app.state::<Shell>().ask(started).await;
    if let Reply::Failed { failure } = reply { Err(failure) } else { Ok(()) }
}

/// Tells the broker when the client has ended; one that never signed in will not any more.
fn watch(app: &AppHandle, run: &str, client: RunningClient) -> Arc<RunningClient> {
    let client = app.state::<Shell>().clients.started(run.to_owned(), client);
    let (app, run, watched) = (app.clone(), run.to_owned(), Arc::clone(&client));
    tauri::async_runtime::spawn(async move {
        let exit = watched.wait().await;
        tracing::info!(?exit, "A client has ended");
        app.state::<Shell>().clients.left(&run);
        tell(&app, Request::ClientExited { run }).await;
    });
    client
}

async fn tell(app: &AppHandle, what: Request) {
    if let Reply::Failed { failure } = app.state::<Shell>().ask(what).await {
        tracing::info!(code = ?failure.code, "The launch was over already");
    }
}
