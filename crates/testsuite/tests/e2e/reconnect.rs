//! A line that is cut while the vault is locked: the session waits for its person.

#[path = "../suite/fixture/cutter.rs"]
mod cutter;

use std::time::Duration;

use usher_sandbox::demo::{CLIENT, RECORD};
use usher_sandbox::play;

use self::cutter::Cutter;
use crate::scene::{Scene, Target, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_whose_line_was_cut_waits_for_the_unlock_and_goes_on() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let line = Cutter::start(u32::from(scene.stage.host.address().port())).await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session_at(u16::try_from(line.place().1)?).await?;
    scene.trust_and_launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;

    let scene = scene.lock().await?;
    line.cut();
    scene.window.read("session-waits", "A session waits for you to unlock.").await?;
    scene.keep("e2e-session-waits");
    assert!(!scene.window.text().await?.contains("NW-DC01"), "which one is not said");
    assert_eq!(scene.values_fetched(), 1, "nothing is fetched while it is locked");
    scene.unlock().await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    until(PATIENCE, || Ok(scene.stage.host.sign_in_attempts()? == 2)).await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    assert_eq!(scene.values_fetched(), 2, "fetched anew");
    scene.window.click("audit-open").await?;
    scene.window.see("[data-testid='audit-row'][data-what='connection_lost']").await?;
    scene.keep("e2e-connection-lost");
    Ok(())
}

const PATIENCE: Duration = Duration::from_secs(40);
