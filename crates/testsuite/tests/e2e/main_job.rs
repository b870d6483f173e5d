//! The main job, from an empty vault to the end of a session.

use usher_sandbox::demo::{CLIENT, RECORD, USER};
use usher_sandbox::play;

use crate::scene::{Scene, Target};

#[tokio::test]
async fn a_person_picks_a_credential_and_lands_signed_in() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    window.find("first-run").await?;
    scene.keep("e2e-first-run");
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;

    scene.launch(Some("domain admin")).await?;
    window.find("fingerprint").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 0, "nothing was sent to an unknown host");
    assert_eq!(scene.values_fetched(), 0, "no password was fetched before the client came");
    scene.keep("e2e-trust");
    window.click("trust-accept").await?;

    play::until_running(window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    window.read("running-row", USER).await?;
    assert_eq!(scene.values_fetched(), 1, "one sign-in fetches one password");
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1, "the host saw one sign-in");
    scene.audited("host_accepted", "done").await?;
    scene.keep("readme");

    play::close_window(&scene.desk, CLIENT)?;
    play::until_ended(window).await?;
    window.click("audit-refresh").await?;
    scene.audited("session_ended", "done").await?;
    scene.audited("sign_in", "intended").await?;
    assert_eq!(scene.stage.account.unexpected_requests(), []);
    Ok(())
}

#[tokio::test]
async fn the_vault_is_there_again_after_a_restart_and_the_host_is_known() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    let scene = scene.again_without_sessions().await?;
    scene.unlock().await?;
    play::select(&scene.window, "NW-DC01").await?;
    scene.window.click("launch").await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 2, "one sign-in each");
    Ok(())
}

#[tokio::test]
async fn the_list_is_worked_by_keyboard_alone() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    window.click("launch").await?;
    window.see("[data-testid='picker-ok'][aria-disabled='false']").await?;
    let selected = "return document.querySelector(\"[data-testid='picker-row'][aria-selected='true']\")?.dataset.record";
    let first = window.script(selected).await?;
    window.press(&[play::DOWN]).await?;
    window.see("[data-testid='picker-ok'][aria-disabled='false']").await?;
    assert_ne!(
        window.script(selected).await?,
        first,
        "arrow down moves while the search has the focus"
    );
    window.type_into("picker-search", "nothing like this").await?;
    window.find("picker-empty").await?;
    window.press(&[play::ESCAPE]).await?;
    window.see("[data-testid='picker-row'][aria-selected='true']").await?;
    window.press(&[play::ESCAPE]).await?;
    window.gone("picker").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 0, "Esc is Cancel: nothing was launched");
    Ok(())
}
