//! The demo on a person's own desktop: everything is set up, then the person clicks.
#![expect(clippy::disallowed_types, reason = "it starts the app")]
#![expect(clippy::print_stdout, reason = "what the demo did is its output")]

use std::ffi::OsString;
use std::path::Path;
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
    let data = folder.path().join("data");
    let (session, mut environment) = session()?;
    environment.push(("XDG_DATA_HOME", data.clone().into_os_string()));
    environment.extend(app_environment(&stage.account.base_url()));
    let connection = seeding::seed_in(&environment, &stage.facts, &data, SERVICE)?;
    println!("The demo vault has a client with two credential entries and three RDP sessions.");
    println!(
        "Launch \u{201c}NW-DC01 (choose)\u{201d}, pick \u{201c}Domain Admin (NW-DC01)\u{201d}, press Enter."
    );
    // Ctrl+C in the terminal ends the app; the demo goes on to take its key out of the keyring.
    let interrupted = tokio::spawn(async { while tokio::signal::ctrl_c().await.is_ok() {} });
    let mut child = Command::new(app).envs(environment.iter().cloned()).spawn()?;
    let ended = tokio::task::spawn_blocking(move || child.wait()).await?;
    seeding::forget_in(&environment, SERVICE, &connection)?;
    println!("The app was closed; the demo's key is out of the keyring and its vault is gone.");
    interrupted.abort();
    drop(session);
    drop(stage);
    ended?;
    Ok(())
}

type Session = (Option<PrivateSession>, Vec<(&'static str, OsString)>);

/// The person's own keyring where there is one, else a private one for the demo.
fn session() -> anyhow::Result<Session> {
    if has_secret_service() {
        println!(
            "Its key stands in your keyring under the name {SERVICE} until the app is closed."
        );
        return Ok((None, Vec::new()));
    }
    println!("No Secret Service answers here, so the demo has a private keyring of its own.");
    let session = PrivateSession::start()?;
    let environment = session.environment();
    Ok((Some(session), environment))
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
