//! A session that asks the person: typed, sent once, and kept nowhere.

use usher_sandbox::demo::USER;
use usher_sandbox::play;

use crate::scan;
use crate::scene::Scene;

#[tokio::test]
async fn what_is_typed_signs_in_once_and_stands_nowhere_afterwards() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.begin_session(scene.stage.host.address().port()).await?;
    window.click("credentials-ask_me").await?;
    window.find("credentials-ask-me").await?;
    scene.keep("e2e-ask-me-form");
    window.click("entry-save").await?;
    window.read("session-credential", "Ask me").await?;
    scene.trust_on_page().await?;

    let password = scene.stage.password()?;
    scene.launch(None).await?;
    window.type_into("typed-user", USER).await?;
    window.type_into("typed-password", &password).await?;
    assert!(page_holds(&scene, &password).await?, "control: it stands in its field");
    scene.keep("e2e-ask-me");
    window.click("typed-go").await?;
    window.gone("typed").await?;
    play::until_running(window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, USER).await?;
    window.read("running-row", USER).await?;
    assert!(!page_holds(&scene, &password).await?, "no field and no text holds it");
    assert_eq!(
        scan::files(&scene.desk.session.home(), &password),
        Vec::<std::path::PathBuf>::new()
    );
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1);
    assert!(scene.stage.account.requests().is_empty(), "IT Glue is not asked");
    scene.keep("e2e-ask-me-running");

    scene.audited("typed_by_person", "done").await?;
    scene.audited("host_accepted", "done").await?;
    scene.keep("e2e-ask-me-audit");
    Ok(())
}

/// Whether the page holds this, as text, as an attribute or in a field.
async fn page_holds(scene: &Scene, text: &str) -> anyhow::Result<bool> {
    let all = "return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join()";
    let all = scene.window.script(all).await?;
    Ok(all.as_str().unwrap_or_default().contains(text))
}
