//! `launch`: opens the injector and starts the person's own RDP client with the Handoff alone, or
//! shows what a client is started with by hand.

use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use usher_broker::protocol::{
    Code, Detail, Failure, Fault, Handoff, HeldBack, Launch, Reply, Request, SecretText,
    TicketForm, TypedForm,
};
use usher_clients::{Residue, RunningClient};

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
    // On Windows policy may have the person type.
    #[cfg(windows)]
    let forced = !by_hand && crate::mstsc::person_types(&app).await;
    #[cfg(not(windows))]
    let forced = false;
    let by_hand = by_hand || forced;
    let launch = Request::Launch { session, credential, choice, ticket, proof, typed, by_hand };
    let reply = app.state::<Shell>().ask(launch).await;
    let Reply::Launch { launch: Launch::Opened { run, handoff, seconds } } = reply else {
        return reply;
    };
    let started = if by_hand {
        hand_out(&app, &run, (handoff, forced), seconds).await
    } else {
        start(&app, &run, handoff).await
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
    seconds: u32,
) -> Result<Launch, Failure> {
    let (address, user) = (handoff.address.clone(), handoff.user.clone());
    let password = handoff.password.into_text();
    let process = if forced {
        let password = SecretText::new(password.clone());
        asking_client(app, run, Handoff { password, ..handoff }).await
    } else {
        None
    };
    serve(app, run, process).await?;
    app.state::<Shell>().clients.hand_out(run.to_owned(), password.clone());
    forget(app.clone(), run.to_owned(), Duration::from_secs(u64::from(seconds)));
    let (run, password) = (run.to_owned(), SecretText::new(password));
    Ok(Launch::ByHand { run, address, user, password, seconds })
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
async fn start(app: &AppHandle, run: &str, handoff: Handoff) -> Result<Launch, Failure> {
    let residue = app.state::<Shell>().clients.residue.clone();
    let (client, held_back) = client(handoff, &residue).await?;
    let client = watch(app, run, client);
    let served = match client.id() {
        Some(id) => serve(app, run, Some(id)).await,
        // It has ended already; whoever watches it tells.
        None => Ok(()),
    };
    if let Err(failure) = served {
        client.end_now();
        return Err(failure);
    }
    Ok(Launch::Started { run: run.to_owned(), held_back })
}

async fn client(
    handoff: Handoff,
    residue: &Residue,
) -> Result<(RunningClient, Vec<HeldBack>), Failure> {
    let missing = Failure { code: Code::ClientMissing, detail: Detail::Plain };
    let client = usher_clients::find_rdp().map_err(|_| missing)?;
    let broken = || Failure {
        code: Code::ClientMissing,
        detail: Detail::Fault { fault: Fault::ClientDidNotStart },
    };
    let handoff = usher_broker::received(handoff).ok_or_else(broken)?;
    let held_back = client.abilities().await.held_back(&handoff.devices);
    let started = client.start(handoff, residue).await.map_err(|error| {
        tracing::warn!(%error, "The client did not start");
        broken()
    })?;
    Ok((started, held_back.into_iter().map(told).collect()))
}

fn told(held: usher_clients::HeldBack) -> HeldBack {
    match held {
        usher_clients::HeldBack::Drives => HeldBack::Drives,
        usher_clients::HeldBack::ClipboardFiles => HeldBack::ClipboardFiles,
        usher_clients::HeldBack::Clipboard => HeldBack::Clipboard,
        usher_clients::HeldBack::Camera => HeldBack::Camera,
    }
}

async fn serve(app: &AppHandle, run: &str, process: Option<u32>) -> Result<(), Failure> {
    let started = Request::ClientStarted { run: run.to_owned(), process };
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
