//! The host's certificate on the session's page: unknown, trusted, changed.

use usher_sandbox::demo::RECORD;
use usher_sandbox::play;

use crate::scene::{Scene, Target};

#[tokio::test]
async fn a_host_is_looked_at_trusted_and_stops_the_launch_once_it_changed() -> anyhow::Result<()> {
    let mut scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.host_is("unknown").await?;
    let met = fingerprints(&scene).await?;
    assert_eq!(met.len(), 1, "the one that it shows: {met:?}");
    scene.keep("e2e-host-unknown");
    scene.trust_on_page().await?;
    assert_eq!(fingerprints(&scene).await?, met);
    scene.keep("e2e-host-trusted");
    assert_eq!(scene.stage.host.sign_in_attempts()?, 0, "a look sends no credential");

    scene.launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    scene.window.click("running-end").await?;
    play::until_ended(&scene.window).await?;
    scene.window.click("running-dismiss").await?;
    scene.stage.host.renew_certificate()?;
    let before = scene.stage.host.sign_in_attempts()?;
    scene.window.click("host-look").await?;
    scene.host_is("changed").await?;
    let both = fingerprints(&scene).await?;
    assert_eq!((both.len(), both.first()), (2, met.first()), "old and new side by side");
    assert_ne!(both.first(), both.last());
    scene.window.find("certificate-change").await?;
    scene.keep("e2e-host-changed");

    scene.launch(None).await?;
    scene.window.find("trust").await?;
    scene.window.click("trust-cancel").await?;
    scene.window.gone("trust").await?;
    scene.audited("launch", "stopped").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, before, "nothing was sent");
    Ok(())
}

/// SHA-256 of the certificates on the page, from the left.
async fn fingerprints(scene: &Scene) -> anyhow::Result<Vec<String>> {
    let all = "return [...document.querySelectorAll(\"[data-testid='host-card'] [data-testid='fingerprint']\")].map((shown) => shown.dataset.sha256)";
    Ok(serde_json::from_value(scene.window.script(all).await?)?)
}
