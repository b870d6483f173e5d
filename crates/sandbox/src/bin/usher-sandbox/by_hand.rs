//! The demo on a person's own desktop: everything is set up, then the person clicks.
#![expect(clippy::disallowed_types, reason = "it starts the app")]
#![expect(clippy::print_stdout, reason = "what the demo did is its output")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use usher_sandbox::demo::Stage;
use usher_sandbox::desk::app_environment;
use usher_sandbox::keyring::PrivateSession;

use crate::seeding;

const SERVICE: &str = "usher-demo";

/// Runs until the app is closed, then removes what it stored.
pub(crate) async fn run(app: &Path) -> anyhow::Result<()> {
    let stage = tokio::task::spawn_blocking(Stage::set_up).await??;
    println!("A stand-in IT Glue account answers at {}", stage.account.base_url());
    println!(
        "A real RDP host with network level authentication listens at {}",
        stage.host.address()
    );
    let folder = tempfile::tempdir()?;
    let Set { session, environment, data } = set_up(&stage, folder.path())?;
    println!("The demo vault has a client with two credential entries and three RDP sessions.");
    println!("Its passphrase, made up for this demo: {}", stage.facts.passphrase);
    println!(
        "Launch \u{201c}NW-DC01 (choose)\u{201d}, pick \u{201c}Domain Admin (NW-DC01)\u{201d}, press Enter."
    );
    // Ctrl+C in the terminal ends the app; the demo goes on to take its keys out of the keyring.
    let interrupted = tokio::spawn(async { while tokio::signal::ctrl_c().await.is_ok() {} });
    let mut child = Command::new(app).envs(environment.iter().cloned()).spawn()?;
    let ended = tokio::task::spawn_blocking(move || child.wait()).await?;
    seeding::forget_in(&environment, &data, SERVICE)?;
    println!("The app was closed; the demo's keys are out of the keyring and its vault is gone.");
    interrupted.abort();
    drop(session);
    drop(stage);
    ended?;
    Ok(())
}

/// A vault that is set up, its data folder, and the session that its keys stand in.
struct Set {
    session: Option<PrivateSession>,
    environment: Vec<(&'static str, OsString)>,
    data: PathBuf,
}

/// Makes the vault: its key in the person's own keyring where there is one that takes it, else in a
/// private one.
fn set_up(stage: &Stage, folder: &Path) -> anyhow::Result<Set> {
    if has_secret_service() {
        match make_vault(stage, &folder.join("own"), None) {
            Ok(set) => {
                println!("Its key stands in your keyring as {SERVICE} until the app is closed.");
                return Ok(set);
            }
            Err(_) => println!("Your keyring is locked or did not take the demo's key."),
        }
    }
    println!("The demo has a private keyring of its own.");
    make_vault(stage, &folder.join("private"), Some(PrivateSession::start()?))
}

fn make_vault(stage: &Stage, data: &Path, session: Option<PrivateSession>) -> anyhow::Result<Set> {
    let mut environment = session.as_ref().map(PrivateSession::environment).unwrap_or_default();
    if session.is_some() {
        environment.extend(still_on_this_screen());
    }
    environment.push(("XDG_DATA_HOME", data.as_os_str().to_owned()));
    environment.extend(app_environment(&stage.account.base_url()));
    seeding::seed_in(&environment, &stage.facts, data, SERVICE)?;
    Ok(Set { session, environment, data: data.to_owned() })
}

/// What finds the person's screen from a session with another home and runtime folder.
fn still_on_this_screen() -> Vec<(&'static str, OsString)> {
    let beneath = |folder: &str, file: OsString| {
        std::env::var_os(folder).map(|folder| Path::new(&folder).join(file).into_os_string())
    };
    let cookie = std::env::var_os("XAUTHORITY").or_else(|| beneath("HOME", ".Xauthority".into()));
    let wayland = std::env::var_os("WAYLAND_DISPLAY");
    let wayland = wayland.and_then(|display| beneath("XDG_RUNTIME_DIR", display));
    let named = [("XAUTHORITY", cookie), ("WAYLAND_DISPLAY", wayland)];
    named.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Whether a Secret Service runs or can be started on this session's bus.
fn has_secret_service() -> bool {
    let names = |method: &str| {
        Command::new("/usr/bin/dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
            ])
            .arg(format!("org.freedesktop.DBus.{method}"))
            .output()
            .is_ok_and(|reply| {
                String::from_utf8_lossy(&reply.stdout).contains("\"org.freedesktop.secrets\"")
            })
    };
    names("ListNames") || names("ListActivatableNames")
}
