//! The keyring, against a real gnome-keyring on a session bus of its own with a HOME of its own.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Stdio;
#[expect(clippy::disallowed_types, reason = "the keyring service and this program again")]
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};

use usher_core::entry::KeyId;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ports::{Access, AccessError, ApiKeys, Door, Store};
use usher_vault::{Device, Keyring, Vault};

use crate::access::house::{FOUNDER, House, canary, refusal, secret};
use crate::child::{self, ARGUMENTS, FOLDER, PART};
use crate::kept::{ITEM, OTHER, keeps_and_forgets};
use crate::specimen;
use crate::support::bytes_in;

/// A bus that knows no program to start for a name, so that "no service" stays that.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=FOLDER</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

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
fn what_the_device_keeps_lives_in_a_real_keyring_and_a_vault_opens_by_it() {
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
pub(crate) fn without_a_bus() {
    let keyring = Keyring::new("usher-test").with_patience(Duration::from_millis(1_500));
    child::say(match keyring.get(ITEM).expect_err("nothing may come") {
        KeyringError::NoService => "no service",
        KeyringError::TimedOut => "timed out",
        other @ (KeyringError::Locked | KeyringError::NoKey | KeyringError::Failed) => {
            panic!("{other:?}")
        }
    });
}

/// The part of the child on the private bus: one keyring's life, from before its service runs, and
/// that of a vault beside it.
pub(crate) async fn part() {
    let keyring = Keyring::new("usher-test");
    let house = House::empty();
    let vault = house.vault_on(Arc::new(keyring.clone()));
    assert_eq!(keyring.put(ITEM, b"value"), Err(KeyringError::NoService));
    assert_eq!(keyring.get(ITEM).map(drop), Err(KeyringError::NoService));
    let refused = refusal(house.found(&vault, FOUNDER).await);
    assert_eq!(refused, AccessError::Keyring(KeyringError::NoService));
    assert_eq!(vault.door().await, Ok(Door::NoVault));

    let mut service = start(&["--unlock"]);
    settle(&keyring, |outcome| outcome == Ok(()));
    keeps_and_forgets(&keyring);
    keyring.put(ITEM, b"value").expect("kept");
    house.found(&vault, FOUNDER).await.expect("founds");
    vault.set_pin(FOUNDER, Some(secret("483091"))).await.expect("sets");
    let key = canary();
    vault.put(specimen_key(), secret(&key)).await.expect("puts");
    vault.lock(FOUNDER).await;
    nothing_in_the_files(&house, &keyring);
    service.kill().and_then(|()| service.wait()).expect("ends");
    shut(&house, &vault, KeyringError::NoService, &keyring).await;

    // The same keyring value, a service started again: first locked, for nobody can be asked.
    let mut service = start(&[]);
    settle(&keyring, |outcome| outcome == Err(KeyringError::Locked));
    assert_eq!(keyring.put(OTHER, b"value"), Err(KeyringError::Locked));
    shut(&house, &vault, KeyringError::Locked, &keyring).await;
    service.kill().and_then(|()| service.wait()).expect("ends");

    let mut service = start(&["--unlock"]);
    settle(&keyring, |outcome| outcome.is_ok());
    House::by_pin(&vault, FOUNDER, "483091").await.expect("opens by PIN");
    vault.lock(FOUNDER).await;
    House::open(&vault, FOUNDER, house.words(FOUNDER)).await.expect("opens");
    // EXPOSE: the test compares what went in with what comes out
    assert_eq!(vault.get(specimen_key()).await.expect("a key").expose(), key);
    vault.lock(FOUNDER).await;
    let items = items(&house, &keyring);
    assert!(items.len() == 3 && items.iter().all(|(_, value)| value.is_some()));
    vault.forget_device().await.expect("forgets");
    assert!(self::items(&house, &keyring).iter().all(|(_, value)| value.is_none()));
    let refused = refusal(House::open(&vault, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, AccessError::UnknownDevice);
    service.kill().and_then(|()| service.wait()).expect("ends");
    child::say("done");
}

const fn specimen_key() -> KeyId {
    KeyId::Account(specimen::CONNECTION)
}

/// With the keyring like this the vault stays shut, and says why.
async fn shut(house: &House, vault: &Vault, why: KeyringError, keyring: &Keyring) {
    settle(keyring, |outcome| outcome == Err(why));
    let door = Door::Vault { people: Vec::new(), keyring: Some(why) };
    assert_eq!(vault.door().await, Ok(door));
    let refused = refusal(House::open(vault, FOUNDER, house.words(FOUNDER)).await);
    assert_eq!(refused, AccessError::Keyring(why));
    assert_eq!(vault.book().await, Err(StoreError::Locked));
}

/// The items that the device keeps for the vault.
fn items(house: &House, keyring: &Keyring) -> Vec<(String, Option<Vec<u8>>)> {
    let id = house.witness.vault().expect("known");
    let names = [format!("device:{id}"), format!("anchor:{id}"), format!("door:{id}:{FOUNDER}")];
    let value = |name: &str| keyring.get(name).expect("answers").map(|value| value.to_vec());
    names.into_iter().map(|name| (name.clone(), value(&name))).collect()
}

fn nothing_in_the_files(house: &House, keyring: &Keyring) {
    let (_, secret) = items(house, keyring).swap_remove(0);
    let secret = secret.expect("the device's secret");
    let hexadecimal = secret.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let files = bytes_in(house.folder.path());
    let holds = |what: &[u8]| files.iter().any(|(_, f)| f.windows(what.len()).any(|w| w == what));
    assert!(holds(b"argon2id-19"), "the control is found where it must be");
    assert!(!holds(&secret) && !holds(hexadecimal.as_bytes()));
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
fn settle(keyring: &Keyring, wanted: impl Fn(Result<(), KeyringError>) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let outcome = keyring.get(ITEM).map(drop);
        if wanted(outcome) {
            return;
        }
        assert!(Instant::now() < deadline, "still {outcome:?}");
        std::thread::yield_now();
    }
}
