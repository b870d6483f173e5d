//! What a person gets when a launch does not work out.

use usher_sandbox::account::Fault;
use usher_sandbox::demo::{RECORD, made_up};
use usher_sandbox::play;

use crate::scene::{Scene, Target};

#[tokio::test]
async fn a_wrong_password_in_it_glue_is_refused_told_and_on_record() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    make_wrong(&scene)?;
    scene.trust_and_launch(Some("domain admin")).await?;

    window.read("toast", "the host refused the sign-in").await?;
    window.read("toast", RECORD).await?;
    window.read("toast", "last changed in IT Glue").await?;
    window.find("toast-action").await?;
    scene.keep("e2e-refused");
    scene.audited("host_refused", "refused").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 1, "the record was sent once and not again");
    Ok(())
}

/// What IT Glue holds is not the host's password any more.
fn make_wrong(scene: &Scene) -> anyhow::Result<()> {
    let record: u64 = scene.stage.facts.record.parse()?;
    let wrong = made_up();
    scene.stage.account.edit(|data| data.rotate(record, &wrong)).expect("the record is there");
    Ok(())
}

#[tokio::test]
async fn a_second_refusal_of_the_same_record_warns_of_a_lock_out() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    make_wrong(&scene)?;
    scene.trust_and_launch(None).await?;
    window.read("toast", "the host refused the sign-in").await?;
    assert!(!window.text().await?.contains("locked out"), "not at the first");

    play::select(window, "NW-DC01").await?;
    scene.launch(None).await?;
    window.read("toast", "refused twice, the account may be locked out").await?;
    window.read("toast", "twice within 10 minutes; another wrong try may lock it").await?;
    scene.keep("e2e-refused-twice");
    assert_eq!(scene.stage.host.sign_in_attempts()?, 2, "once for each click");
    Ok(())
}

#[tokio::test]
async fn a_refused_key_names_what_it_can_be_and_keeps_what_was_typed() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.stage.account.set_fault(Fault::KeyRevoked).expect("a fault that can be set");
    window.click("new-entry").await?;
    window.click("menu-credential").await?;
    window.type_into("account-name", "MSP documentation").await?;
    window.type_into("account-key", &scene.stage.facts.key).await?;
    window.click("account-save").await?;
    for cause in ["another region", "revoked", "IP addresses", "plan"] {
        window.read("error", cause).await?;
    }
    scene.keep("e2e-key-refused");
    let kept = window.find("account-name").await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some("MSP documentation"), "nothing typed is lost");
    scene.stage.account.clear_fault().expect("the fault ends");
    window.click("account-save").await?;
    window.read("account-connected", "Connected").await?;
    Ok(())
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_said_to_be_so_and_nothing_is_fetched()
-> anyhow::Result<()> {
    let mut scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.stage.host.stop();
    scene.launch(None).await?;
    scene.window.read("toast", "Nothing listens").await?;
    scene.keep("e2e-unreachable");
    scene.audited("launch", "failed").await?;
    assert_eq!(scene.values_fetched(), 0);
    Ok(())
}

#[tokio::test]
async fn a_changed_certificate_stops_the_launch_and_shows_old_and_new() -> anyhow::Result<()> {
    let mut scene = Scene::empty().await;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    scene.window.click("running-end").await?;
    play::until_ended(&scene.window).await?;
    scene.stage.host.renew_certificate()?;
    let before = scene.stage.host.sign_in_attempts()?;
    play::select(&scene.window, "NW-DC01").await?;
    scene.launch(None).await?;
    scene.window.find("trust").await?;
    let shown = scene
        .window
        .script("return document.querySelectorAll(\"[data-testid='trust'] [data-testid='fingerprint']\").length")
        .await?;
    assert_eq!(shown, 2, "old and new side by side");
    scene.keep("e2e-certificate-changed");
    assert_eq!(scene.stage.host.sign_in_attempts()?, before, "nothing was sent");
    scene.window.click("trust-cancel").await?;
    scene.window.gone("trust").await?;
    Ok(())
}

#[tokio::test]
async fn a_key_without_password_access_shows_itself_at_the_first_launch() -> anyhow::Result<()> {
    let mut scene = Scene::empty().await;
    scene.stage.facts.key = scene.stage.account.api_key_without_password_access();
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    scene.trust_and_launch(None).await?;
    scene.window.read("toast", "Password Access").await?;
    scene.keep("e2e-no-password-access");
    scene.window.click("accounts-open").await?;
    scene.window.see("[data-testid='account-access'][data-access='missing']").await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 0, "nothing was sent to the host");
    Ok(())
}
