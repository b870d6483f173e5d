//! A technician is given one entry, works with it, and leaves: what they could use is listed.

use usher_sandbox::demo::{CLIENT, made_up};
use usher_sandbox::play;

use crate::scene::{Scene, Target};

const TECHNICIAN: &str = "Tess Technician";

#[tokio::test]
async fn one_entry_is_shared_alone_and_listed_when_its_technician_leaves() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    let code = scene.invite(TECHNICIAN).await?;
    give_view(&scene, "Their admin").await?;

    let scene = scene.lock().await?;
    scene.enrol(TECHNICIAN, &code, &made_up()).await?;
    play::select(&scene.window, "Their admin").await?;
    scene.keep("e2e-one-entry");
    let named = "return document.querySelectorAll(\"[data-testid='tree-row'][data-name='NW-DC01']\").length";
    assert_eq!(scene.window.script(named).await?, 0, "the session beside it is not theirs to see");
    for shut in ["show-password", "edit", "delete"] {
        let off = format!("[data-testid='{shut}'][aria-disabled='true']");
        scene.window.see(&off).await?;
    }

    let scene = scene.lock().await?;
    scene.unlock().await?;
    let sheet = offboard(&scene).await?;
    let row = sheet.lines().find(|line| line.contains(CLIENT)).expect("the client's list");
    assert!(row.contains("Their admin"), "{row}");
    scene.audited("person_revoked", "done").await?;
    let scene = scene.lock().await?;
    scene.window.read("door-only", play::ADMINISTRATOR).await?;
    assert!(!scene.window.text().await?.contains(TECHNICIAN), "they come in no more");
    Ok(())
}

/// Rights of its own for this entry: View for the technician beside what holds already.
async fn give_view(scene: &Scene, entry: &str) -> anyhow::Result<()> {
    let window = &scene.window;
    play::select(window, entry).await?;
    window.click("more").await?;
    window.click("more-rights").await?;
    window.click("rights-own").await?;
    play::choose(window, "grant-add", TECHNICIAN).await?;
    window.read("rights-difference", TECHNICIAN).await?;
    scene.keep("e2e-entry-rights");
    window.click("rights-save").await?;
    window.gone("form").await?;
    window.click("more").await?;
    window.click("more-rights").await?;
    window.click("rights-tab-effective").await?;
    window.read("effective-row", TECHNICIAN).await?;
    scene.keep("e2e-entry-effective");
    window.press(&[play::ESCAPE]).await?;
    window.gone("form").await?;
    Ok(())
}

/// Offboards the technician; the saved list of passwords to change.
async fn offboard(scene: &Scene) -> anyhow::Result<String> {
    let window = &scene.window;
    scene.open_administration("people").await?;
    let row = format!("[data-testid='person-row'][data-name='{TECHNICIAN}']");
    window.see(&format!("{row} [data-testid='person-offboard']")).await?.click().await?;
    window.find("offboard-confirm").await?;
    scene.keep("e2e-offboard");
    window.click("confirm-yes").await?;
    window.read("rotation-row", CLIENT).await?;
    scene.keep("e2e-rotation");
    window.click("rotation-export").await?;
    let sheet = scene.saved("to-change.csv").await?;
    window.click("rotation-done").await?;
    window.read("person-row", "Offboarded").await?;
    Ok(sheet)
}
