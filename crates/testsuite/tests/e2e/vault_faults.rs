//! A vault or keyring that cannot be used is named; nothing is overwritten or stored in clear.

use usher_sandbox::play;

use crate::scene::Scene;

#[tokio::test]
async fn a_damaged_vault_is_named_and_left_as_it_is() -> anyhow::Result<()> {
    let Scene { window, desk, stage } = Scene::empty().await;
    window.find("first-run").await?;
    play::close_app(&desk, window).await?;
    let vault = desk.session.home().join(".local/share/usher/vault.sqlite");
    let noise = vec![0x55_u8; 8192];
    std::fs::write(&vault, &noise)?;

    let window = desk.open_app().await?;
    window.read("vault-error", "damaged").await?;
    play::picture_of(&desk, play::APP, &crate::scene::screen("e2e-vault-damaged"))?;
    window.click("try-again").await?;
    window.read("vault-error", "damaged").await?;
    assert_eq!(std::fs::read(&vault)?, noise, "it was not overwritten");
    drop(stage);
    Ok(())
}

#[tokio::test]
async fn a_missing_keyring_is_named_and_starting_it_is_enough() -> anyhow::Result<()> {
    let mut scene = Scene::empty().await;
    scene.desk.session.stop_keyring();
    let mut scene = scene.again().await?;
    scene.window.read("error", "keyring").await?;
    scene.keep("e2e-no-keyring");
    scene.desk.session.start_keyring()?;
    scene.window.click("try-again").await?;
    scene.unlock().await?;
    scene.window.find("first-run").await?;
    Ok(())
}

#[tokio::test]
async fn without_the_keyring_the_recovery_kit_still_opens_the_vault() -> anyhow::Result<()> {
    let scene = Scene::at_the_door().await;
    let kit = play::create_vault(&scene.window, &scene.desk.passphrase).await?;
    scene.window.find("first-run").await?;
    let mut scene = scene;
    scene.desk.session.stop_keyring();
    let scene = scene.again().await?;
    scene.window.read("error", "recovery kit").await?;
    scene.window.type_into("unlock-secret", &kit).await?;
    play::choose_passphrase(&scene.window, &usher_sandbox::demo::made_up()).await?;
    scene.keep("e2e-recovery-kit");
    scene.window.click("unlock-go").await?;
    scene.window.find("first-run").await?;
    Ok(())
}
