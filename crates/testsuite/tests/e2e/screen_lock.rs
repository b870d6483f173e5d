//! The desktop's screen is locked: the vault locks, what was open of it goes, and sessions go on.

use std::time::{Duration, Instant};

use usher_sandbox::demo::{CLIENT, RECORD};
use usher_sandbox::play;

use crate::scan;
use crate::scene::{Scene, Target};

/// K3: from the screen's lock to the vault's.
const LIMIT: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_screen_lock_takes_window_processes_and_clipboard_and_leaves_the_session()
-> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    play::select(&scene.window, "Their admin").await?;
    scene.window.click("copy-password").await?;
    scene.prove().await?;
    let password = scene.stage.password()?;
    let copied = || Ok(play::clipboard(&scene.desk, "UTF8_STRING")? == password);
    until(PATIENCE, copied).await?;
    let before = scan::called("WebKitWebProces");
    assert!(!before.is_empty(), "the window has a process for its page");

    scene.desk.session.lock_screen()?;
    let gone = || Ok(scan::called("WebKitWebProces").iter().all(|pid| !before.contains(pid)));
    until(LIMIT, gone).await?;
    until(PATIENCE, || Ok(play::clipboard(&scene.desk, "UTF8_STRING")?.is_empty())).await?;
    scene.window.follow("unlock").await?;
    scene.keep("e2e-screen-locked");
    assert!(!scene.window.text().await?.contains("NW-DC01"), "nothing of the vault is shown");
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;

    scene.unlock().await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1, "it is the same session");
    Ok(())
}

/// For what does not depend on the lock alone.
const PATIENCE: Duration = Duration::from_secs(45);

async fn until(
    limit: Duration,
    mut so: impl FnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let started = Instant::now();
    while !so()? {
        anyhow::ensure!(started.elapsed() < limit, "it never came about");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
