//! Show password and Copy, through policy, with their ends.

use std::time::Duration;

use usher_sandbox::demo::RECORD;
use usher_sandbox::play;

use crate::scene::{Scene, Target, until};

#[tokio::test]
async fn a_shown_password_goes_by_itself_and_both_deeds_are_on_record() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    let password = scene.stage.password()?;
    assert!(!window.text().await?.contains(&password), "nothing is shown unasked");
    window.click("show-password").await?;
    window.find("proof").await?;
    assert!(
        !window.text().await?.contains(&password),
        "nothing is shown before the person proved who they are"
    );
    scene.prove().await?;
    window.read("shown-password", &password).await?;
    window.gone("shown-password").await?;
    assert!(!window.text().await?.contains(&password), "it has gone after 15 seconds");
    scene.audited("password_shown", "done").await?;
    Ok(())
}

#[tokio::test]
async fn a_copied_password_is_marked_as_secret_and_cleared() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    let password = scene.stage.password()?;
    window.click("copy-password").await?;
    scene.prove().await?;
    let text = |kind: &'static str| play::clipboard(&scene.desk, kind);
    until(PATIENCE, || Ok(text("UTF8_STRING")? == password)).await?;
    assert!(!window.text().await?.contains(&password), "it never came to the page");
    assert_eq!(text("x-kde-passwordManagerHint")?, "secret");
    until(PATIENCE, || Ok(text("UTF8_STRING")?.is_empty())).await?;
    scene.audited("password_copied", "done").await?;
    Ok(())
}

/// Longer than a copy stays.
const PATIENCE: Duration = Duration::from_secs(45);
