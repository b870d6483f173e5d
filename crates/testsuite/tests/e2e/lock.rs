//! Locking, by the person and by the desktop: what goes, what goes on, and what is left in memory.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use usher_sandbox::demo::{CLIENT, RECORD};
use usher_sandbox::play;

use crate::scan::{self, Fragments};
use crate::scene::{Scene, Target, until};

/// K3: from the screen's lock to the vault's.
const LIMIT: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_screen_lock_takes_window_processes_and_clipboard_and_leaves_the_session()
-> anyhow::Result<()> {
    let scene = Scene::running().await?;
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
    let scene = Scene::running().await?;
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

/// M2 of the security programme: five seconds after the lock nothing that was typed, used or shown is
/// in any process, not in parts either. The controls: before the lock each is found.
#[tokio::test]
async fn nothing_secret_is_left_in_any_process_after_a_lock() -> anyhow::Result<()> {
    let scene = Scene::readable().await;
    scene.add_credential(Target::One(RECORD)).await?;
    let (passphrase, key) = (scene.desk.passphrase.clone(), scene.stage.facts.key.clone());
    let mut secrets = vec![("passphrase", passphrase), ("key", key)];
    for _ in 0..how_many_shown() {
        secrets.push(("password", shown(&scene).await?));
    }
    scene.window.click("show-password").await?;
    scene.window.type_into("proof", &scene.desk.passphrase).await?;
    let typed = Fragments::of(&secrets).held();
    let found: BTreeSet<_> = typed.into_iter().map(|(what, _)| what).collect();
    assert_eq!(Vec::from_iter(found), ["key", "passphrase", "password"], "control");
    scene.window.click("confirm-yes").await?;
    scene.window.find("shown-password").await?;

    let scene = scene.lock().await?;
    let locked = Instant::now();
    let fragments = Fragments::of(&secrets);
    while !fragments.held().is_empty() && locked.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(Vec::from_iter(fragments.held()), [], "five seconds after the lock");
    drop(scene);
    Ok(())
}

/// The record gets another password, which is shown and hidden again.
async fn shown(scene: &Scene) -> anyhow::Result<String> {
    let password = scene.stage.change_password()?;
    scene.window.click("show-password").await?;
    scene.prove().await?;
    scene.window.read("shown-password", &password).await?;
    scene.window.click("hide-password").await?;
    Ok(password)
}

/// A few passwords in the suite, 100 in `cargo xtask soak launches`.
fn how_many_shown() -> usize {
    if std::env::var_os("USHER_SOAK").is_some() { 100 } else { 5 }
}

/// For what does not depend on the lock alone.
const PATIENCE: Duration = Duration::from_secs(45);
