//! What of the client's computer a host is offered, with a client that asks for everything.
//!
//! The host names each static channel that it reads in the client's request.

use usher_core::entry::{Clipboard, Device, DevicePolicy};
use usher_testsuite::Result;

use crate::scene::Scene;

/// Drives, printers, ports and smart cards: all of them one channel. Sound needs it as well
/// (MS-RDPEA), so by default it is there and the relay strikes the devices inside it; Debian 12's
/// client and host do not agree on drives at all, so that shows in the rdp room's tests only.
const DEVICES: &str = "rdpdr";
const CLIPBOARD: &str = "cliprdr";

fn asks(scene: &Scene) -> Vec<String> {
    let drive = format!("/drive:home,{}", scene.screen.home().display());
    let rest = ["/smartcard", "/serial:COM1,/dev/null", "/printer:none", "+clipboard", "/sound"];
    [drive].into_iter().chain(rest.map(str::to_owned)).collect()
}

fn asked_with(devices: DevicePolicy) -> Result<Vec<String>> {
    let scene = Scene::start()?;
    let asks = asks(&scene);
    let asks: Vec<&str> = asks.iter().map(String::as_str).collect();
    let (_client, _injected) = scene.injected(devices, &asks)?;
    scene.desktop_is_shown();
    Ok(scene.host.channels()?)
}

fn holds(channels: &[String], name: &str) -> bool {
    channels.iter().any(|channel| channel == name)
}

#[test]
fn control_the_host_reads_what_the_client_asks_for() -> Result<()> {
    let scene = Scene::start()?;
    let asks = asks(&scene);
    let _client = scene.direct(&asks.iter().map(String::as_str).collect::<Vec<_>>())?;
    scene.desktop_is_shown();
    let channels = scene.host.channels()?;
    assert!(holds(&channels, DEVICES) && holds(&channels, CLIPBOARD), "{channels:?}");
    Ok(())
}

#[test]
fn without_devices_and_sound_the_host_gets_no_channel_for_them() -> Result<()> {
    let channels = asked_with(DevicePolicy::new([], Clipboard::Text))?;
    assert!(!holds(&channels, DEVICES), "{channels:?}");
    assert!(holds(&channels, CLIPBOARD), "text is allowed: {channels:?}");
    Ok(())
}

#[test]
fn with_nothing_allowed_the_host_gets_no_clipboard_either() -> Result<()> {
    let channels = asked_with(DevicePolicy::nothing())?;
    assert!(!holds(&channels, DEVICES) && !holds(&channels, CLIPBOARD), "{channels:?}");
    Ok(())
}

#[test]
fn where_the_entry_allows_drives_the_host_gets_the_channel() -> Result<()> {
    let channels = asked_with(DevicePolicy::new([Device::Drives], Clipboard::Off))?;
    assert!(holds(&channels, DEVICES), "{channels:?}");
    assert!(!holds(&channels, CLIPBOARD), "{channels:?}");
    Ok(())
}
