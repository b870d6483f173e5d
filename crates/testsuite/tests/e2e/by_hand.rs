//! A client that the person starts themselves, with what the window shows.

use usher_sandbox::demo::RECORD;
use usher_sandbox::play;
use usher_testsuite::freerdp::{Screen, Way};

use crate::scene::{Scene, Target, screen, until};

const DESKTOP: (u32, u32) = (1024, 768);

#[tokio::test]
async fn another_client_signs_in_with_what_the_dialog_shows() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_on_page().await?;
    window.click("more").await?;
    window.click("more-by-hand").await?;
    let way = shown(&scene).await?;
    scene.keep("e2e-by-hand");
    assert_eq!(scene.values_fetched(), 0, "nothing is fetched before a client comes");

    let theirs = tokio::task::spawn_blocking(|| Screen::new(DESKTOP.0, DESKTOP.1)).await?;
    let theirs = theirs.expect("a display for the client");
    let mut client = theirs.start(&way, &["/f"]).expect("the client starts");
    window.gone("by-hand").await?;
    play::until_running(window, "NW-DC01").await?;
    let pattern = scene.stage.host.pattern();
    until(PATIENCE, || Ok(pattern.fills(&theirs.display.picture()?))).await?;
    theirs.display.screenshot(&screen("e2e-by-hand-client"))?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1);
    assert_eq!(scene.values_fetched(), 1);
    assert!(!window.text().await?.contains(&way.password), "the page has forgotten the sign-in");

    window.click("running-open").await?;
    window.read("run-card", "By hand").await?;
    scene.keep("e2e-by-hand-running");
    window.click("run-end").await?;
    play::until_ended(window).await?;
    until(PATIENCE, || Ok(!client.runs().expect("a client of ours"))).await?;
    Ok(())
}

/// What the dialog says; the certificate is Usher's own, and nothing is said of it.
async fn shown(scene: &Scene) -> anyhow::Result<Way> {
    let text = async |id: &str| anyhow::Ok(scene.window.find(id).await?.text().await?);
    let address = text("by-hand-address").await?.parse()?;
    let (user, password) = (text("by-hand-user").await?, text("by-hand-password").await?);
    Ok(Way { address, user, password, certificate_sha256: None, security: "/sec:nla" })
}

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(40);
