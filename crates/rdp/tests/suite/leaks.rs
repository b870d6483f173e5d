//! The real password is nowhere but between the injector and the host; each scan has a control.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use memchr::memmem;
use tracing_subscriber::fmt::MakeWriter;
use usher_core::ports::{Acceptance, Outcome};

use crate::support::{
    DESKTOP, Display, HostKey, PATIENCE, Script, ShadowHost, StubClient, StubHost, TestLease, Then,
    auth_only, canary, careless_client, desktop, opened, proc, session, shown_key, sign_in,
};

fn spellings(text: &str) -> [Vec<u8>; 2] {
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes().to_vec(), utf16]
}

fn count(haystack: &[u8], text: &str) -> usize {
    spellings(text).iter().map(|needle| memmem::find_iter(haystack, needle).count()).sum()
}

/// Every readable, writable mapping of a process of the same user.
fn memory(pid: u32) -> Vec<u8> {
    let maps = fs::read_to_string(proc(pid, "maps")).expect("maps");
    let mut mem = File::open(proc(pid, "mem")).expect("memory of a process of the same user");
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').expect("a range");
        let (from, to) = range.split_once('-').expect("a range");
        let from = u64::from_str_radix(from, 16).expect("hex");
        let length = u64::from_str_radix(to, 16).expect("hex") - from;
        if mem.seek(SeekFrom::Start(from)).is_ok() {
            // A mapping that vanished meanwhile holds nothing any more.
            mem.by_ref().take(length).read_to_end(&mut all).unwrap_or_default();
        }
    }
    all
}

fn everywhere(pid: u32, text: &str) -> [usize; 3] {
    let file = |what| fs::read(proc(pid, what)).expect("readable");
    [count(&file("cmdline"), text), count(&file("environ"), text), count(&memory(pid), text)]
}

#[tokio::test]
async fn the_client_never_holds_the_real_password() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    let (mut client, display, home) = desktop(&handoff, &control).await;
    assert_eq!(watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));
    display.until_it_shows(DESKTOP).await;

    let pid = client.id().expect("running");
    assert_eq!(everywhere(pid, &password), [0, 0, 0], "cmdline, environ, memory");
    // EXPOSE: the one-time password is what the scan must find, or it finds nothing at all
    let one_time = handoff.password.expose();
    assert!(count(&memory(pid), one_time) > 0, "the scan works here");
    control.end();
    let left = tokio::time::timeout(PATIENCE, client.wait()).await;
    left.expect("the client leaves").expect("waited");
    for secret in [password.as_str(), one_time] {
        assert_eq!(files_with(home.path(), secret), Vec::<PathBuf>::new());
    }
    let settings = home.path().join(".config/freerdp");
    // `FreeRDP` 2 makes it at each start, 3 once it has something to keep.
    fs::create_dir_all(&settings).expect("made");
    let planted = settings.join("planted");
    fs::write(&planted, one_time).expect("written");
    assert_eq!(files_with(home.path(), one_time), [planted], "the control");
}

/// Every file below a folder that holds this text.
fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).expect("lists").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if fs::read(&path).is_ok_and(|bytes| count(&bytes, text) > 0) {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn control_the_scan_finds_a_password_that_was_an_argument() {
    let password = canary("Careless");
    let host = ShadowHost::start(&canary("Real")).await;
    let display = Display::start("800x600x24").await;
    let address = ([127, 0, 0, 1], host.port).into();
    let client = careless_client(address, host.user, &password, &display);
    let pid = client.id().expect("running");
    let found = async {
        loop {
            let seen = fs::read(proc(pid, "cmdline")).unwrap_or_default();
            if count(&seen, &password) > 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, found).await.expect("the control must be found");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// As a span's return value sspi prints bytes as numbers: `82, 0, 101, 0, ...`.
fn in_log(log: &Log, password: &str) -> bool {
    let log = String::from_utf8_lossy(&log.0.lock().expect("log")).into_owned();
    let numbers = |bytes: &[u8]| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    log.contains(password) || spellings(password).iter().any(|bytes| log.contains(&numbers(bytes)))
}

#[tokio::test]
async fn no_log_level_shows_the_real_password() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).expect("no other subscriber");

    let control = canary("Control");
    let stub = StubHost::start(HostKey::genuine(), ("adm", &control), Then::Record).await;
    assert!(StubClient::new("adm", &control).sign_in(stub.address).await.is_ok());
    assert!(in_log(&log, &control), "sspi by itself does log it, so the scan can find it");

    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    assert_eq!(auth_only(&handoff, &control).await, 0);
    let (outcomes, _) = watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]);
    assert!(!in_log(&log, &password), "nothing of the real password in the log");
    // EXPOSE: the one-time password must not be logged either
    assert!(!in_log(&log, handoff.password.expose()));
}
