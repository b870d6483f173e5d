//! The client that is installed here understands every command line that we give it.

use std::ffi::OsString;
use std::process::Stdio;

use tokio::process::Command;
use usher_core::entry::{DevicePolicy, Display as Window};
use usher_core::ports::Handoff;

use super::super::find_rdp;
use super::golden::{displays, policies};
use super::handoff;
use crate::Residue;
use crate::abilities::Abilities;
use crate::support::{Display, free_address};

/// Below it are the codes by which `FreeRDP` says that it does not understand its command line
/// (`xf_exit_code_from_disconnect_reason`); above it those of a connection that did not come about.
const NOT_CONNECTED: i32 = 128;

fn environment(display: &Display) -> impl Iterator<Item = (OsString, OsString)> + Clone {
    let home = std::env::temp_dir();
    let environment = [("HOME", home.into_os_string()), ("DISPLAY", (&display.name).into())];
    environment.map(|(name, value)| (name.into(), value)).into_iter()
}

async fn able(display: &Display) -> Abilities {
    find_rdp().expect("FreeRDP is installed").abilities_in(environment(display)).await
}

async fn code(
    display: &Display,
    able: &Abilities,
    devices: DevicePolicy,
    window: Window,
) -> Option<i32> {
    let address = free_address().await;
    let handoff = Handoff { address, devices, display: window, ..handoff("NOBODY THERE") };
    let (client, residue) = (find_rdp().expect("FreeRDP is installed"), Residue::nowhere());
    let started = client.start_in(environment(display), handoff, able, &residue).await;
    started.expect("it starts").wait().await.code
}

#[tokio::test]
async fn every_policy_and_window_is_understood() {
    let display = Display::start().await;
    let able = able(&display).await;
    let plain = policies().map(|(name, policy)| (name, policy, Window::default()));
    let windows = displays().map(|(name, window)| (name, DevicePolicy::nothing(), window));
    for (name, policy, window) in plain.into_iter().chain(windows) {
        let code = code(&display, &able, policy, window).await;
        assert!(code.is_some_and(|code| code >= NOT_CONNECTED), "{name}: {code:?}");
    }
}

/// Nobody is there, so this version may be asked for what only a later one is trusted with.
#[tokio::test]
async fn what_a_trusted_version_is_asked_for_is_understood_as_well() {
    let display = Display::start().await;
    let trusted = Abilities { drives_and_files: true, ..able(&display).await };
    for (name, policy) in policies() {
        let code = code(&display, &trusted, policy, Window::default()).await;
        assert!(code.is_some_and(|code| code >= NOT_CONNECTED), "{name}: {code:?}");
    }
}

#[tokio::test]
async fn control_what_is_no_option_of_the_client_is_told_by_its_code() {
    let (display, client) = (Display::start().await, find_rdp().expect("FreeRDP is installed"));
    let mut untold = Command::new(client.program());
    untold.args(["/v:127.0.0.1:9", "/no-option-of-any-version", "/from-stdin:force"]);
    untold.env("DISPLAY", &display.name).env("HOME", std::env::temp_dir());
    untold.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let ended = untold.status().await.expect("it ends");
    assert!(ended.code().is_some_and(|code| (1..NOT_CONNECTED).contains(&code)), "{ended}");
}
