//! The page of what runs: who, where, how much; signed in again, brought to the front, ended.

use std::time::Duration;

use usher_sandbox::demo::{CLIENT, USER};
use usher_sandbox::play;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, MapState};

use crate::scan;
use crate::scene::{Scene, screen, until};

#[tokio::test]
async fn a_running_session_is_described_shown_signed_in_again_and_ended() -> anyhow::Result<()> {
    let scene = Scene::running().await?;
    let window = &scene.window;
    let client = scan::called("xfreerdp");
    assert_eq!(client.len(), 1, "one client");
    window.click("running-open").await?;
    for said in [CLIENT, "127.0.0.1", USER, "Their admin"] {
        window.read("run-card", said).await?;
    }
    until_bytes(&scene).await?;
    scene.keep("e2e-running");

    let in_front = foremost(scene.desk.display.name())?;
    assert!(in_front.starts_with(play::APP), "control: the app is in front: {in_front}");
    window.click("run-show").await?;
    until(PATIENCE, || Ok(foremost(scene.desk.display.name())?.contains(CLIENT))).await?;
    scene.desk.display.screenshot(&screen("e2e-show-window"))?;

    window.click("run-sign-in-again").await?;
    window.find("sign-in-again").await?;
    scene.keep("e2e-sign-in-again");
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1, "nothing before the yes");
    window.click("confirm-yes").await?;
    until(PATIENCE, || Ok(scene.stage.host.sign_in_attempts()? == 2)).await?;
    window.see("[data-testid='run-card'][data-state='active']").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    assert_eq!(scan::called("xfreerdp"), client, "the same client");
    assert_eq!(scene.values_fetched(), 2, "fetched anew");

    window.click("run-end").await?;
    window.see("[data-testid='run-card'][data-state='ended']").await?;
    play::until_no_window(&scene.desk, CLIENT).await?;
    scene.keep("e2e-running-ended");
    scene.audited("session_ended", "done").await?;
    assert_eq!(scene.count_audited("host_accepted").await?, 2, "each sign-in is on record");
    Ok(())
}

/// Waits until bytes have passed both ways.
async fn until_bytes(scene: &Scene) -> anyhow::Result<()> {
    scene.window.read("run-traffic", "B · ").await?;
    let shown = scene.window.find("run-traffic").await?.text().await?;
    let numbers = shown.split(" · ").map(|part| part.split(' ').next().unwrap_or_default().parse());
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
    assert_eq!(numbers.len(), 2, "{shown}");
    assert!(numbers.iter().all(|number| *number > 0.0), "{shown}");
    Ok(())
}

/// The title of the window in front of all others.
fn foremost(display: &str) -> anyhow::Result<String> {
    let (server, screen) = x11rb::connect(Some(display))?;
    let name = server.intern_atom(false, b"_NET_WM_NAME")?.reply()?.atom;
    let tree = server.query_tree(server.setup().roots[screen].root)?.reply()?;
    for window in tree.children.into_iter().rev() {
        // One that has gone meanwhile is in front of nothing.
        let Ok(about) = server.get_window_attributes(window)?.reply() else { continue };
        let title = server.get_property(false, window, name, AtomEnum::ANY, 0, u32::MAX)?;
        let Ok(title) = title.reply() else { continue };
        if about.map_state == MapState::VIEWABLE && !title.value.is_empty() {
            return Ok(String::from_utf8(title.value)?);
        }
    }
    anyhow::bail!("no window has a title")
}

const PATIENCE: Duration = Duration::from_secs(40);
