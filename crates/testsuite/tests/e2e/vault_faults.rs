//! A vault or keyring that cannot be used is named; nothing is overwritten or stored in clear.

use usher_sandbox::play;

use crate::scene::Scene;

#[tokio::test]
async fn a_damaged_vault_is_named_and_left_as_it_is() -> anyhow::Result<()> {
    let Scene { window, desk, stage } = Scene::empty().await;
    window.find("first-run").await?;
    window.close().await?;
    play::until_no_window(&desk, play::APP).await?;
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
    scene.window.click("new-entry").await?;
    scene.window.click("menu-credential").await?;
    scene.window.type_into("account-name", "MSP documentation").await?;
    scene.window.type_into("account-key", &scene.stage.facts.key).await?;
    scene.window.click("account-save").await?;
    scene.window.read("error", "keyring").await?;
    scene.keep("e2e-no-keyring");
    scene.desk.session.start_keyring()?;
    scene.window.click("account-save").await?;
    scene.window.read("account-connected", "Connected").await?;
    Ok(())
}
