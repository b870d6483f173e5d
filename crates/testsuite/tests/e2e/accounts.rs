//! What an administrator does with an IT Glue account.

use std::time::{Duration, Instant};

use usher_sandbox::demo::{CLIENT, RECORD};
use usher_sandbox::play;

use crate::scene::{Scene, Target};

impl Scene {
    /// Waits until the browser was asked to open this, as the last one.
    async fn opened(&self, address: &str) -> anyhow::Result<()> {
        let started = Instant::now();
        while self.desk.browser.opened()?.last().map(String::as_str) != Some(address) {
            let opened = self.desk.browser.opened()?;
            anyhow::ensure!(started.elapsed() < Duration::from_secs(30), "only {opened:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_pasted_address_chooses_the_region_and_pages_open_there() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    window.click("new-entry").await?;
    window.click("menu-credential").await?;
    window.type_into("account-name", "MSP documentation").await?;
    window.type_into("account-key", "https://northwind.eu.itglue.com/2100001").await?;
    window.press(&[play::TAB]).await?;
    window.read("account-region-told", "northwind.eu.itglue.com").await?;
    let chosen = "return document.querySelector(\"[data-testid='account-region-eu']\").checked";
    assert_eq!(window.script(chosen).await?, true);
    let emptied = window.find("account-key").await?.prop("value").await?;
    assert_eq!(emptied.as_deref(), Some(""), "the address is not kept for a key");
    window.read("account-region", "Europe (api.eu.itglue.com)").await?;
    scene.keep("e2e-account-address");
    assert_eq!(scene.stage.account.requests().len(), 0, "no key, nothing asked");
    window.type_into("account-key", &scene.stage.facts.key).await?;
    window.click("account-save").await?;
    window.read("account-connected", "Connected").await?;
    play::choose(window, "organization", CLIENT).await?;
    window.click("target-specific").await?;
    window.click("password-choose").await?;
    play::filter_list(window, RECORD).await?;
    window.press(&[play::ENTER]).await?;
    window.type_into("entry-name", "Their admin").await?;
    window.click("entry-save").await?;
    window.read("entry-title", "Their admin").await?;

    window.click("open-in-it-glue-record").await?;
    let record = &scene.stage.facts.record;
    let organization = scene.stage.account.edit(|data| {
        let row = record.parse().ok().and_then(|id| data.password(id));
        row.map(|row| row.organization_id)
    });
    let organization = organization.expect("the record is there");
    let page = format!("https://app.eu.itglue.com/{organization}/passwords/{record}");
    scene.opened(&page).await?;
    window.click("accounts-open").await?;
    window.read("account-card", "Europe (api.eu.itglue.com)").await?;
    window.click("open-in-it-glue-account").await?;
    scene.opened("https://app.eu.itglue.com/").await?;
    scene.keep("e2e-account-card");
    Ok(())
}

#[tokio::test]
async fn password_access_is_tested_with_one_record_that_nobody_sees() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    window.click("accounts-open").await?;
    window.see("[data-testid='account-access'][data-access='unknown']").await?;
    window.click("account-test-access").await?;
    play::choose(window, "access-organization", CLIENT).await?;
    window.click("password-choose").await?;
    play::filter_list(window, RECORD).await?;
    window.press(&[play::ENTER]).await?;
    window.read("password-chosen", RECORD).await?;
    assert_eq!(scene.values_fetched(), 0, "not before it is asked for");
    window.click("access-test").await?;
    window.see("[data-testid='access-verdict'][data-access='granted']").await?;
    scene.keep("e2e-access-tested");
    assert_eq!(scene.values_fetched(), 1);
    let record: u64 = scene.stage.facts.record.parse()?;
    let value = scene.stage.account.edit(|data| data.password(record).map(|row| row.value.clone()));
    let value = value.expect("the record is there");
    assert!(!window.text().await?.contains(&value), "nobody sees it");
    window.click("access-test").await?;
    window.see("[data-testid='account-access'][data-access='granted']").await?;
    scene.audited("password_access_tested", "done").await?;
    Ok(())
}

#[tokio::test]
async fn a_key_that_misses_an_organization_does_not_replace_the_old_one() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::List).await?;
    let account = &scene.stage.account;
    let other = account.edit(|data| data.add_key(true));
    // To a key of another account the organization is not there.
    let client = account.edit(|data| {
        let client = data.organizations().find(|row| row.name == CLIENT).map(|row| row.id);
        client.and_then(|id| data.take_organization(id)).expect("the client is there")
    });
    window.click("accounts-open").await?;
    window.click("account-replace").await?;
    window.type_into("account-key", &other).await?;
    window.click("account-save").await?;
    window.read("error", CLIENT).await?;
    scene.keep("e2e-key-misses");
    account.edit(|data| data.put_organization(client));
    window.click("account-save").await?;
    window.read("account-connected", "Connected").await?;
    window.click("account-save").await?;
    window.gone("account-connected").await?;
    scene.audited("key_replaced", "done").await?;
    Ok(())
}
