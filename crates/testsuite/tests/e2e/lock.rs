//! Locking, by the person and by the desktop: what goes, what goes on, and what is left in memory.

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
    scene.window.follow().await?;
    scene.window.find("unlock").await?;
    scene.keep("e2e-screen-locked");
    assert!(!scene.window.text().await?.contains("NW-DC01"), "nothing of the vault is shown");
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;

    scene.unlock().await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1, "it is the same session");
    Ok(())
}

#[tokio::test]
async fn a_lock_takes_the_window_away_and_leaves_the_session() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    let pages = scan::called("WebKitWebProces");
    assert!(!pages.is_empty(), "the window has a process of its own");

    let scene = scene.lock().await?;
    let left = scan::called("WebKitWebProces");
    assert!(pages.iter().all(|pid| !left.contains(pid)), "the old window's processes are gone");
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    assert!(!scene.window.text().await?.contains("NW-DC01"), "nothing of the vault is shown");

    play::unlock(&scene.window, play::ADMINISTRATOR, "not the passphrase").await?;
    scene.window.find("error").await?;
    scene.unlock().await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    assert_eq!(
        scene.stage.host.sign_in_attempts()?,
        1,
        "the session went on; nothing was sent again"
    );
    scene.audited("locked", "done").await?;
    scene.audited("unlock_refused", "refused").await?;
    Ok(())
}

/// M2 of the security programme, as far as it holds: five seconds after the lock, what was typed, used
/// and shown is in no process but the app's own. There buffers of the web engine below us can keep it
/// (`SECURITY.md`); nobody else may read that process. The control: before the lock the same look
/// finds it.
#[tokio::test]
async fn nothing_secret_is_left_outside_the_app_after_a_lock() -> anyhow::Result<()> {
    let scene = Scene::readable().await;
    scene.add_credential(Target::One(RECORD)).await?;
    let password = scene.stage.password()?;
    scene.window.click("show-password").await?;
    scene.prove().await?;
    scene.window.read("shown-password", &password).await?;
    let key = scene.stage.facts.key.clone();
    assert!(!scan::holders(&password).is_empty(), "control: a shown password is in memory");
    assert!(!scan::holders(&key).is_empty(), "control: so is a key that is in use");

    let passphrase = scene.desk.passphrase.clone();
    let scene = scene.lock().await?;
    let locked = Instant::now();
    let secrets = [("passphrase", passphrase), ("key", key), ("password", password)];
    let left = || secrets.iter().map(|(what, text)| (*what, scan::holders(text)));
    let outside = |holders: Vec<String>| -> Vec<String> {
        holders.into_iter().filter(|holder| !holder.starts_with("usher ")).collect()
    };
    let left = || {
        let left = left().map(|(what, holders)| (what, outside(holders)));
        left.filter(|(_, holders)| !holders.is_empty()).collect::<Vec<_>>()
    };
    while !left().is_empty() && locked.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(left(), [], "five seconds after the lock");
    drop(scene);
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
