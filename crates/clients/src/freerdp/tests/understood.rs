//! The client that is installed here understands every command line that we give it.

use std::process::Stdio;

use tokio::process::Command;
use usher_core::entry::{DevicePolicy, Display as Window};
use usher_core::ports::Handoff;

use super::super::find_rdp;
use super::golden::{displays, policies};
use super::handoff;
use crate::Residue;
use crate::support::{Display, free_address};

/// Below it are the codes by which `FreeRDP` says that it does not understand its command line
/// (`xf_exit_code_from_disconnect_reason`); above it those of a connection that did not come about.
const NOT_CONNECTED: i32 = 128;

async fn code(display: &Display, devices: DevicePolicy, window: Window) -> Option<i32> {
    let address = free_address().await;
    let handoff = Handoff { address, devices, display: window, ..handoff("NOBODY THERE") };
    let home = std::env::temp_dir();
    let environment = [("HOME", home.into_os_string()), ("DISPLAY", (&display.name).into())];
    let environment = environment.map(|(name, value)| (name.into(), value));
    let (client, residue) = (find_rdp().expect("FreeRDP is installed"), Residue::nowhere());
    let able = client.abilities_in(environment.clone().into_iter()).await;
    let started = client.start_in(environment.into_iter(), handoff, &able, &residue).await;
    started.expect("it starts").wait().await.code
}

#[tokio::test]
async fn every_policy_and_window_is_understood() {
    let display = Display::start().await;
    let plain = policies().map(|(name, policy)| (name, policy, Window::default()));
    let windows = displays().map(|(name, window)| (name, DevicePolicy::nothing(), window));
    for (name, policy, window) in plain.into_iter().chain(windows) {
        let code = code(&display, policy, window).await;
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
