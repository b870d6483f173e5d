//! What is taken, launched for good: the product's own client is started with it, and a host reads it.
#![expect(clippy::disallowed_types, reason = "the holder is a program of this crate's")]

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};
use usher_broker::protocol::{
    CredentialsRow, HostLook, Launch, Reply, Request, RunState, SessionForm,
};
use usher_sandbox::display::Display;
use usher_testsuite::freerdp::{Screen, Way};
use usher_testsuite::holder::Holder;
use usher_testsuite::stub::host::{StubHost, Then};

use super::{ONE_LINE, is_several_lines};
use crate::ask_me::typed;
use crate::fixture::client::shown;
use crate::fixture::{Stage, eventually, forms};

/// Clients of the product's, with its own arguments.
struct Clients {
    holder: Holder,
    _display: Display,
    _home: tempfile::TempDir,
}

impl Clients {
    fn new() -> Self {
        let display = Display::start(1024, 768).expect("a display");
        let home = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_holder"));
        command.env_clear().env("DISPLAY", display.name()).env("HOME", home.path());
        let holder = Holder::start(&mut command).expect("a holder");
        Self { holder, _display: display, _home: home }
    }
}

/// A client's process, ended with the test.
struct Process(u32);

impl Process {
    fn environment(&self) -> Vec<u8> {
        fs::read(format!("/proc/{}/environ", self.0)).expect("it runs")
    }
}

/// A program that was started a moment ago has none yet.
async fn arguments(process: u32) -> Vec<String> {
    let line = eventually("its arguments", async || {
        let line = fs::read(format!("/proc/{process}/cmdline")).expect("it runs");
        (!line.is_empty()).then_some(line)
    });
    let line = String::from_utf8(line.await).expect("text");
    line.split_terminator('\0').skip(1).map(str::to_owned).collect()
}

impl Drop for Process {
    fn drop(&mut self) {
        let process = i32::try_from(self.0).ok().and_then(Pid::from_raw);
        // It may have ended by itself.
        process.map(|process| kill_process(process, Signal::KILL).ok());
    }
}

/// What is different in every launch.
const EACH: [&str; 3] = ["/v:127.", "/u:ot-", "/cert:fingerprint:sha256:"];

/// The title, and options that a client of a harmless entry does not get.
fn read(arguments: &[String], harmless: &[String]) -> (Option<String>, Vec<String>) {
    let title = arguments.iter().find_map(|one| one.strip_prefix("/t:")).map(str::to_owned);
    let known = |one: &&String| {
        one.starts_with("/t:")
            || EACH.iter().any(|each| one.starts_with(each))
            || harmless.contains(one)
    };
    let strays = arguments.iter().filter(|one| !known(one)).cloned().collect();
    (title, strays)
}

/// A session that asks the person, in a folder of this name.
async fn session(stage: &Stage, folder: &str, host: &StubHost) -> String {
    let form = forms::plain_folder(folder);
    let parent = stage.root.clone();
    let folder = stage.me.created(Request::CreateFolder { parent, form }).await;
    let form = SessionForm {
        credentials: CredentialsRow::AskMe,
        ..forms::bare_session(&format!("{folder} DC01"), "127.0.0.1", port(host))
    };
    let session = stage.me.created(Request::CreateSession { folder, form }).await;
    if let HostLook::Unknown { shown, .. } = stage.me.looks(&session).await {
        let (session, sha256) = (session.clone(), shown.sha256);
        stage.me.done(Request::TrustCertificate { session, sha256 }).await;
    }
    session
}

fn port(host: &StubHost) -> u32 {
    u32::from(host.address.port())
}

/// The client's arguments and environment, and the user and password that the host was given.
type Arrived = ((Vec<String>, Vec<u8>), (String, String));

/// Launches an entry in a folder of this name, with this typed as user and as password.
async fn launched(stage: &Stage, clients: &mut Clients, host: &StubHost, text: &str) -> Arrived {
    let session = session(stage, text, host).await;
    let reply = stage.me.ask(typed(("127.0.0.1", port(host)), &session, text, text)).await;
    let Reply::Launch { launch: Launch::Opened { run, handoff, .. } } = reply else {
        panic!("not opened: {}", shown(&reply))
    };
    let handoff = usher_broker::received(handoff).expect("a handoff");
    let before = host.seen().credentials.len();
    let client = Process(clients.holder.start_client(&handoff).expect("it starts"));
    // Nobody serves it yet, so it is there to be looked at.
    let started = (arguments(client.0).await, client.environment());
    let process = Some(client.0);
    stage
        .me
        .done(Request::ClientStarted { run: run.clone(), process, clipboard_files: true })
        .await;
    // It shows a desktop and, without network level authentication, says nothing of a sign-in.
    stage.room.events.is(&run, &RunState::DesktopOnly).await;
    let given = eventually("a credential", async || host.seen().credentials.get(before).cloned());
    let given = given.await;
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    stage.room.events.ended(&run).await;
    (started, given)
}

/// As the host reads it: a domain in front of a backslash stands in a field of its own.
fn user(text: &str) -> &str {
    text.split_once('\\').map_or(text, |(_, user)| user)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_is_one_argument_at_the_client_and_the_same_bytes_at_the_host() {
    let stage = Stage::new().await;
    let host = StubHost::start(Then::NamesTheUser).await.expect("a host");
    let mut clients = Clients::new();
    let ((harmless, _), _) = launched(&stage, &mut clients, &host, "Contoso").await;
    assert!(harmless.contains(&"/t:Contoso \u{b7} 127.0.0.1 \u{b7} Contoso".to_owned()));
    for text in ONE_LINE {
        assert!(!is_several_lines(text));
        let arrived = launched(&stage, &mut clients, &host, text).await;
        let ((arguments, environment), given) = arrived;
        let title = format!("{text} \u{b7} 127.0.0.1 \u{b7} {text}");
        assert_eq!(read(&arguments, &harmless), (Some(title), vec![]), "{text:?}");
        assert_eq!(arguments.len(), harmless.len(), "{text:?}");
        let leaked = memchr::memmem::find(&environment, text.as_bytes());
        assert_eq!(leaked, None, "{text:?}: nothing of an entry is in the environment");
        assert_eq!(given, (user(text).to_owned(), text.to_owned()));
    }
}

/// A starter that puts the title into a line and splits it at spaces, as a shell would.
#[tokio::test]
async fn control_a_title_that_falls_apart_is_found() {
    let screen = Screen::new(1024, 768).expect("a display");
    // Nobody answers there, so the clients stay.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let way = Way {
        address: silent.local_addr().expect("bound"),
        user: "adm".to_owned(),
        password: "x".to_owned(),
        certificate_sha256: None,
        security: "/sec:tls",
    };
    let line = "/t:/v:10.0.0.1 +drives";
    let harmless = screen.start(&way, &["/t:Contoso"]).expect("it starts");
    let careless = screen.start(&way, &line.split(' ').collect::<Vec<_>>()).expect("it starts");
    let (harmless, given) = (arguments(harmless.id()).await, arguments(careless.id()).await);
    let (title, strays) = read(&given, &harmless);
    assert_eq!(title.as_deref(), Some("/v:10.0.0.1"), "only a part of it");
    assert_eq!(strays, ["+drives"]);
}
