//! A list while IT Glue's limit is used up.

use usher_sandbox::account::Fault;
use usher_sandbox::play;

use crate::scene::{Scene, Target};

#[tokio::test]
async fn a_list_waits_for_the_limit_says_so_and_goes_on_or_is_cancelled() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    let account = &scene.stage.account;
    account.set_fault(Fault::RateLimited { retry_after: Some(120) }.times(1))?;
    account.forget_requests();
    window.click("launch").await?;
    window.read("picker-waiting", "Waiting for IT Glue").await?;
    scene.keep("e2e-waiting");
    assert_eq!(account.requests().len(), 1);
    window.click("picker-cancel").await?;
    window.gone("picker").await?;

    // The pause holds for every other request, and a person who waits for one reads how long.
    window.click("accounts-open").await?;
    window.click("account-check").await?;
    window.find("error").await?;
    scene.keep("e2e-paused");
    assert_eq!(account.requests().len(), 1, "the list has ended, and nobody asks in the pause");
    Ok(())
}

#[tokio::test]
async fn a_short_wait_is_over_by_itself() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    scene.stage.account.set_fault(Fault::RateLimited { retry_after: Some(3) }.times(1))?;
    window.click("launch").await?;
    window.find("picker-waiting").await?;
    play::filter_list(window, "domain admin").await?;
    window.gone("picker-waiting").await?;
    Ok(())
}
