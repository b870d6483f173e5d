//! What an entry says of Remote Desktop: set in the form, read on the page, kept at the launch.

use std::fs;

use usher_sandbox::demo::RECORD;
use usher_sandbox::play;

use crate::scan;
use crate::scene::{Scene, Target};

#[tokio::test]
async fn what_a_session_may_use_is_set_shown_and_asked_of_the_client() -> anyhow::Result<()> {
    let scene = with_session().await?;
    let window = &scene.window;
    window.read("session-clipboard", "Text and pictures").await?;
    window.click("edit").await?;
    window.click("rdp-section").await?;
    for set in ["device-drives", "clipboard-text_and_files", "size-pixels"] {
        window.click(set).await?;
    }
    // They may stand below what is in sight of the form.
    window.find("size-width").await?;
    window.script("document.querySelector(\"[data-testid='size-width']\").scrollIntoView({ block: 'center' })").await?;
    scene.keep("e2e-remote-desktop-open");
    window.type_into("size-width", "1120").await?;
    window.type_into("size-height", "700").await?;
    scene.keep("e2e-remote-desktop");
    window.click("entry-save").await?;
    window.read("session-window", "1120 × 700").await?;
    window.read("session-devices", "Drives").await?;
    window.read("session-clipboard", "Files too").await?;
    scene.keep("e2e-session-page");

    scene.trust_on_page().await?;
    scene.launch(None).await?;
    play::until_running(window, "NW-DC01").await?;
    let clients = scan::called("xfreerdp");
    assert_eq!(clients.len(), 1, "one client");
    let asked = fs::read(format!("/proc/{}/cmdline", clients[0]))?;
    let asked: Vec<_> = asked.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
    assert!(asked.iter().any(|word| word == "/size:1120x700"), "{asked:?}");
    Ok(())
}

#[tokio::test]
async fn a_gateway_is_said_to_be_unsupported_before_the_launch_and_at_it() -> anyhow::Result<()> {
    let scene = with_session().await?;
    let window = &scene.window;
    scene.trust_on_page().await?;
    window.click("edit").await?;
    window.click("rdp-section").await?;
    window.type_into("gateway", "rdgw.contoso.com").await?;
    scene.keep("e2e-gateway-form");
    window.click("entry-save").await?;
    window.read("notice", "the RD Gateway rdgw.contoso.com. This is not supported yet").await?;
    scene.keep("e2e-gateway");

    let before = scene.stage.host.log()?;
    assert!(!before.is_empty(), "the look at the host stands in its log");
    scene.launch(None).await?;
    window.read("toast", "RD Gateways are not supported yet").await?;
    scene.keep("e2e-gateway-refused");
    assert_eq!(scene.stage.host.log()?, before, "nobody came to the host");
    assert_eq!(scene.values_fetched(), 0);
    assert!(scan::called("xfreerdp").is_empty(), "no client was started");
    Ok(())
}

async fn with_session() -> anyhow::Result<Scene> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    Ok(scene)
}
