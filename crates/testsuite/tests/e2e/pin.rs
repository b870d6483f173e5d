//! Coming back by PIN: quick, not enough to administer, gone after five wrong tries, and of no use
//! after a restart.

use std::time::{Duration, Instant};

use crate::scene::Scene;

/// Tries before only the passphrase helps.
const TRIES: usize = 5;

#[tokio::test]
async fn a_pin_opens_while_the_app_runs_and_does_not_administer_and_can_be_used_up()
-> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let pin = digits();
    set_pin(&scene, &pin).await?;
    let scene = scene.lock().await?;
    scene.keep("e2e-pin-unlock");
    try_pin(&scene, &pin).await?;
    scene.window.read("person", "by PIN").await?;

    scene.window.click("administration-open").await?;
    scene.window.find("prove").await?;
    scene.keep("e2e-pin-prove");
    scene.window.click("prove-cancel").await?;
    scene.window.gone("person-row").await?;
    scene.window.click("audit-open").await?;
    scene.window.type_into("prove-passphrase", &scene.desk.passphrase).await?;
    scene.window.click("prove-go").await?;
    scene.window.see("[data-testid='audit-row'][data-what='pin_set']").await?;

    let scene = scene.lock().await?;
    let wrong: String = pin.chars().rev().collect();
    for _ in 0..TRIES {
        try_pin(&scene, &wrong).await?;
        until_emptied(&scene).await?;
    }
    try_pin(&scene, &pin).await?;
    scene.window.read("error", "The passphrase is needed first").await?;
    scene.window.gone("way-pin").await?;
    scene.window.see("[data-testid='unlock-secret']:focus").await?;
    scene.keep("e2e-pin-spent");
    scene.unlock().await?;
    scene.window.find("first-run").await?;
    scene.audited("unlock_refused", "refused").await?;

    let scene = scene.again().await?;
    scene.window.read("pin-later", "Use your passphrase once").await?;
    scene.window.gone("way-pin").await?;
    scene.keep("e2e-pin-later");
    scene.unlock().await?;
    scene.window.find("first-run").await?;
    Ok(())
}

/// A PIN that is another one backwards.
fn digits() -> String {
    format!("1{:05}8", uuid::Uuid::new_v4().as_u128() % 100_000)
}

async fn set_pin(scene: &Scene, pin: &str) -> anyhow::Result<()> {
    let window = &scene.window;
    window.click("person").await?;
    window.click("own-pin").await?;
    window.type_into("own-current", &scene.desk.passphrase).await?;
    window.type_into("own-new-pin", pin).await?;
    window.type_into("own-new-pin-again", pin).await?;
    scene.keep("e2e-pin-set");
    window.click("own-save").await?;
    window.gone("form").await?;
    Ok(())
}

async fn try_pin(scene: &Scene, pin: &str) -> anyhow::Result<()> {
    scene.window.type_into("unlock-secret", pin).await?;
    scene.window.click("unlock-go").await?;
    Ok(())
}

/// Waits until the page has taken a PIN away that was not right.
async fn until_emptied(scene: &Scene) -> anyhow::Result<()> {
    let started = Instant::now();
    while scene.window.find("unlock-secret").await?.prop("value").await?.as_deref() != Some("") {
        anyhow::ensure!(
            started.elapsed() < Duration::from_secs(30),
            "the PIN is still being tried"
        );
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    Ok(())
}
