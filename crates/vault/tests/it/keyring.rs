//! The keyring, against a real gnome-keyring on a session bus of its own with a HOME of its own.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Stdio;
#[expect(clippy::disallowed_types, reason = "the keyring service and this program again")]
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use usher_core::Secret;
use usher_core::entry::KeyId;
use usher_core::error::KeyringError;
use usher_core::ids::ConnectionId;
use usher_core::ports::ApiKeys;
use usher_vault::Keyring;

use crate::child::{self, ARGUMENTS, FOLDER, PART};
use crate::specimen;
use crate::support::full;

const CONNECTION: KeyId = KeyId::Account(specimen::CONNECTION);
const PERSON_KEY: KeyId = KeyId::Person(specimen::PERSON_KEY);
const OTHER: KeyId = KeyId::Account(ConnectionId::from_bytes([0x77; 16]));

/// A bus that knows no program to start for a name, so that "no service" stays that.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=FOLDER</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

/// The shape of an IT Glue key, made here and now.
fn canary() -> String {
    let tail = tempfile::Builder::new().rand_bytes(40).tempfile().expect("a random name");
    let name = tail.path().file_name().expect("a name").to_string_lossy().into_owned();
    format!("ITG.{}", name.trim_start_matches('.'))
}

/// Starts this program again, alone in the world but for the folder and what is said.
#[expect(clippy::disallowed_types, reason = "the keyring service and this program again")]
fn alone(program: &Path, part: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", folder);
    command.env("XDG_RUNTIME_DIR", folder).env("XDG_DATA_HOME", folder.join("data"));
    command.env(PART, part).env(FOLDER, folder).stdin(Stdio::null());
    command
}

fn this_program() -> std::path::PathBuf {
    std::env::current_exe().expect("this program has a path")
}

#[test]
fn keys_live_in_the_keyring_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let bus = folder.path().join("bus.conf");
    let place = folder.path().display().to_string();
    std::fs::write(&bus, BUS.replace("FOLDER", &place)).expect("writes");
    let mut command = alone(Path::new("/usr/bin/dbus-run-session"), "keyring", folder.path());
    command.arg("--config-file").arg(&bus).arg("--").arg(this_program()).args(ARGUMENTS);
    let output = command.output().expect("dbus-run-session is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains("says done"), "{text}{errors}");
}

#[test]
fn without_a_session_bus_there_is_no_service() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = alone(&this_program(), "no keyring", folder.path()).args(ARGUMENTS).output();
    let output = output.expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("says no service"), "{text}");
}

/// A service that takes the call and never answers.
#[test]
fn a_keyring_that_does_not_answer_times_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("bus");
    let _mute = UnixListener::bind(&socket).expect("listens");
    let address = format!("unix:path={}", socket.display());
    let mut command = alone(&this_program(), "no keyring", folder.path());
    let output = command.env("DBUS_SESSION_BUS_ADDRESS", address).args(ARGUMENTS).output();
    let output = output.expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains("says timed out"), "{text}");
}

/// The part of a child whose bus is not there, or mute.
pub(crate) async fn without_a_bus() {
    let keyring = Keyring::new("usher-test").with_patience(Duration::from_millis(1_500));
    child::say(match failure(keyring.get(CONNECTION).await) {
        KeyringError::NoService => "no service",
        KeyringError::TimedOut => "timed out",
        other @ (KeyringError::Locked | KeyringError::NoKey | KeyringError::Failed) => {
            panic!("{other:?}")
        }
    });
}

/// The part of the child on the private bus: one keyring's life, from before its service runs.
pub(crate) async fn part() {
    let folder = child::folder();
    let keyring = Keyring::new("usher-test");
    let key = canary();
    let secret = || Secret::new(key.clone());

    assert_eq!(keyring.put(CONNECTION, secret()).await, Err(KeyringError::NoService));
    assert_eq!(failure(keyring.get(CONNECTION).await), KeyringError::NoService);

    let mut service = start(&["--unlock"]);
    settle(&keyring, |outcome| outcome == Err(KeyringError::NoKey)).await;
    keeps_and_forgets(&keyring, &key).await;

    keyring.put(CONNECTION, secret()).await.expect("kept");
    nothing_in_the_files(&folder, &key).await;
    service.kill().and_then(|()| service.wait()).expect("ends");

    // The same keyring value, a service started again: first locked, for nobody can be asked.
    let mut service = start(&[]);
    settle(&keyring, |outcome| outcome == Err(KeyringError::Locked)).await;
    assert_eq!(keyring.put(OTHER, secret()).await, Err(KeyringError::Locked));
    service.kill().and_then(|()| service.wait()).expect("ends");

    let mut service = start(&["--unlock"]);
    settle(&keyring, |outcome| outcome.is_ok()).await;
    assert_eq!(exposed(keyring.get(CONNECTION).await), key);
    keyring.put(PERSON_KEY, secret()).await.expect("kept");
    keyring.remove_all([CONNECTION, OTHER, PERSON_KEY]).await.expect("removes");
    for id in [CONNECTION, PERSON_KEY] {
        assert_eq!(failure(keyring.get(id).await), KeyringError::NoKey);
    }
    service.kill().and_then(|()| service.wait()).expect("ends");
    child::say("done");
}

async fn keeps_and_forgets(keyring: &Keyring, key: &str) {
    keyring.put(CONNECTION, Secret::new(key.to_owned())).await.expect("kept");
    assert_eq!(exposed(keyring.get(CONNECTION).await), key);
    let newer = Secret::new(format!("{key}2"));
    keyring.put(CONNECTION, newer).await.expect("replaced");
    assert_eq!(exposed(keyring.get(CONNECTION).await), format!("{key}2"));
    assert_eq!(failure(keyring.get(OTHER).await), KeyringError::NoKey);
    let elsewhere = Keyring::new("usher-test-other");
    assert_eq!(failure(elsewhere.get(CONNECTION).await), KeyringError::NoKey);
    let own = Secret::new(format!("{key}3"));
    keyring.put(PERSON_KEY, own).await.expect("kept");
    assert_eq!(exposed(keyring.get(CONNECTION).await), format!("{key}2"), "each has its own place");
    assert_eq!(exposed(keyring.get(PERSON_KEY).await), format!("{key}3"));
    keyring.remove(PERSON_KEY).await.expect("removed");
    assert_eq!(failure(keyring.get(PERSON_KEY).await), KeyringError::NoKey);
    for length in [0, 2561] {
        let refused = keyring.put(OTHER, Secret::new("k".repeat(length))).await;
        assert_eq!(refused, Err(KeyringError::Failed), "{length}");
    }
    keyring.put(OTHER, Secret::new("k".repeat(2560))).await.expect("the largest is kept");
    for _ in 0..2 {
        keyring.remove(CONNECTION).await.expect("removing what is gone is fine");
        keyring.remove(OTHER).await.expect("removing what is gone is fine");
    }
    assert_eq!(failure(keyring.get(CONNECTION).await), KeyringError::NoKey);
}

async fn nothing_in_the_files(folder: &Path, key: &str) {
    let files = folder.join("usher");
    full(&files.join("vault.sqlite")).await;
    let holds = |text: &str| {
        let entries = std::fs::read_dir(&files).expect("lists");
        let bytes = entries.map(|e| std::fs::read(e.expect("an entry").path()).expect("reads"));
        let found = |bytes: &Vec<u8>| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        bytes.filter(found).count()
    };
    assert_eq!(holds("IT Glue of Northwind"), 1, "the control is found where it must be");
    assert_eq!(holds(key), 0);
}

#[expect(clippy::disallowed_types, reason = "the keyring service and this program again")]
fn start(how: &[&str]) -> Child {
    let mut command = Command::new("/usr/bin/gnome-keyring-daemon");
    command.args(["--foreground", "--components=secrets"]).args(how);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut service = command.spawn().expect("gnome-keyring is installed");
    let mut input = service.stdin.take().expect("piped");
    input.write_all(b"test").expect("takes the keyring's own password");
    service
}

/// Asks until the answer is the one to come; the deadline makes waiting in vain a failure.
async fn settle(keyring: &Keyring, wanted: impl Fn(Result<(), KeyringError>) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let outcome = keyring.get(CONNECTION).await.map(drop);
        if wanted(outcome) {
            return;
        }
        assert!(Instant::now() < deadline, "still {outcome:?}");
        tokio::task::yield_now().await;
    }
}

fn failure(outcome: Result<Secret, KeyringError>) -> KeyringError {
    outcome.map(drop).expect_err("no key may come")
}

fn exposed(outcome: Result<Secret, KeyringError>) -> String {
    // EXPOSE: the test compares what went in with what comes out
    outcome.expect("a key").expose().to_owned()
}
