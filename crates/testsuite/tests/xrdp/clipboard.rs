//! The clipboard of the client's computer and of the remote desktop.

use usher_core::entry::{Clipboard, DevicePolicy};
use usher_sandbox::xrdp_host::Session;
use usher_testsuite::Result;
use uuid::Uuid;

use crate::scene::{Scene, until};

const XCLIP: &str = "/usr/bin/xclip";
const FILES: &str = "text/uri-list";
const CLIENT: &[&str] = &["+clipboard"];

/// The formats that the remote desktop's clipboard offers.
fn offered(session: &Session<'_>) -> Vec<String> {
    let said = session.read(&[XCLIP, "-selection", "clipboard", "-o", "-t", "TARGETS"]);
    said.unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Puts a file on the client's clipboard, as a file manager does, and waits until the remote
/// desktop's clipboard offers what of it may pass.
fn formats_of_a_file(scene: &Scene) -> Result<Vec<String>> {
    scene.desktop_is_shown();
    let session = scene.session();
    let file = scene.screen.home().join("plan.txt");
    std::fs::write(&file, "what a file holds")?;
    let before = offered(&session);
    scene.screen.display.copy(FILES, &format!("file://{}\n", file.display()))?;
    Ok(until("a change of the remote clipboard", || {
        let now = offered(&session);
        (now != before).then_some(now)
    }))
}

/// Copies at the client and pastes at the host, and the other way round.
pub(crate) fn text_passes_both_ways(scene: &Scene, session: &Session<'_>) -> Result<()> {
    let (there, back) = (Uuid::new_v4().to_string(), Uuid::new_v4().to_string());
    scene.screen.display.copy("UTF8_STRING", &there)?;
    until("the client's text at the host", || {
        let pasted = session.read(&[XCLIP, "-selection", "clipboard", "-o"]);
        pasted.is_ok_and(|pasted| pasted == there).then_some(())
    });
    session.write(&[XCLIP, "-selection", "clipboard", "-i"], &back)?;
    until("the host's text at the client", || {
        let pasted = scene.screen.display.paste();
        pasted.is_ok_and(|pasted| pasted == back).then_some(())
    });
    Ok(())
}

#[test]
fn text_passes_to_the_host_and_back() -> Result<()> {
    let scene = Scene::start()?;
    let (_client, _injected) = scene.injected(DevicePolicy::default(), CLIENT)?;
    scene.desktop_is_shown();
    text_passes_both_ways(&scene, &scene.session())
}

#[test]
fn control_a_file_is_offered_to_the_host_without_the_injector() -> Result<()> {
    let scene = Scene::start()?;
    let _client = scene.direct(CLIENT)?;
    let formats = formats_of_a_file(&scene)?;
    assert!(formats.iter().any(|format| format == FILES), "{formats:?}");
    Ok(())
}

#[test]
fn a_file_is_offered_where_the_entry_allows_it() -> Result<()> {
    let scene = Scene::start()?;
    let files = DevicePolicy::new([], Clipboard::TextAndFiles);
    let (_client, _injected) = scene.injected(files, CLIENT)?;
    let formats = formats_of_a_file(&scene)?;
    assert!(formats.iter().any(|format| format == FILES), "{formats:?}");
    Ok(())
}

#[test]
fn a_file_is_not_offered_by_default() -> Result<()> {
    let scene = Scene::start()?;
    let (_client, _injected) = scene.injected(DevicePolicy::default(), CLIENT)?;
    scene.desktop_is_shown();
    let session = scene.session();
    let file = scene.screen.home().join("plan.txt");
    std::fs::write(&file, "what a file holds")?;
    scene.screen.display.copy(FILES, &format!("file://{}\n", file.display()))?;
    // Text that is copied after it and has arrived: what was copied before has been dealt with.
    let later = Uuid::new_v4().to_string();
    let mut seen = offered(&session);
    scene.screen.display.copy("UTF8_STRING", &later)?;
    until("the later text at the host", || {
        seen.extend(offered(&session));
        let pasted = session.read(&[XCLIP, "-selection", "clipboard", "-o"]);
        pasted.is_ok_and(|pasted| pasted == later).then_some(())
    });
    assert!(!seen.iter().any(|format| format == FILES), "{seen:?}");
    Ok(())
}
