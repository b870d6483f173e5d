//! A vault of the first release: asked for a passphrase once, brought up, with a copy beside it.

use usher_sandbox::play;

use crate::scan;
use crate::scene::{self, Scene};

/// A vault as the first release left it.
const SCHEMA_1: &[u8] = include_bytes!("../../../vault/tests/it/old/vault.schema-1.sqlite");
/// A host in it.
const HOST: &str = "dc01.corp.example";

#[tokio::test]
async fn an_older_vault_asks_for_a_passphrase_once_and_keeps_its_entries() -> anyhow::Result<()> {
    let (stage, desk) = scene::set_up().await;
    let data = scene::data_of(&desk);
    std::fs::create_dir_all(&data)?;
    std::fs::write(data.join("vault.sqlite"), SCHEMA_1)?;
    let scene = Scene { window: desk.open_app().await?, desk, stage };
    let window = &scene.window;
    window.find("upgrade-vault").await?;
    scene.keep("e2e-upgrade");
    window.type_into("administrator-name", play::ADMINISTRATOR).await?;
    play::choose_passphrase(window, &scene.desk.passphrase).await?;
    window.click("vault-save").await?;
    play::put_kit_away(window).await?;
    play::select(window, "DC01").await?;
    window.read("session-address", HOST).await?;
    scene.keep("e2e-upgraded");

    let holding = scan::files(&data, HOST);
    let [copy] = holding.as_slice() else { panic!("not one copy: {holding:?}") };
    assert_ne!(*copy, data.join("vault.sqlite"), "the vault itself tells nothing any more");

    let scene = scene.again().await?;
    scene.window.find("unlock").await?;
    scene.unlock().await?;
    play::select(&scene.window, "DC01").await?;
    scene.audited("vault_upgraded", "done").await?;
    Ok(())
}
