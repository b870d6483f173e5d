//! People: an administrator lets a technician in, locks what they may launch, and takes them off.

use usher_sandbox::demo::{CLIENT, made_up};
use usher_sandbox::play;

use crate::scene::Scene;

const TECHNICIAN: &str = "Tess Technician";

#[tokio::test]
async fn a_technician_enrols_and_gets_the_session_but_not_the_secret() -> anyhow::Result<()> {
    // The administrator trusts the host; a technician could not.
    let scene = Scene::running().await?;
    play::close_window(&scene.desk, CLIENT)?;
    play::until_ended(&scene.window).await?;

    let code = scene.invite(TECHNICIAN).await?;
    give_view_on_everything(&scene).await?;
    lock_everything(&scene).await?;

    let scene = scene.lock().await?;
    let passphrase = made_up();
    scene.enrol(TECHNICIAN, &code, &passphrase).await?;
    play::select(&scene.window, "NW-DC01").await?;
    scene.keep("e2e-technician");
    scene.window.click("launch").await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    assert_eq!(scene.stage.host.sign_in_attempts()?, 2, "signed in, with the record's password");

    play::select(&scene.window, "Their admin").await?;
    for shut in ["show-password", "copy-password", "edit"] {
        let off = format!("[data-testid='{shut}'][aria-disabled='true']");
        scene.window.see(&off).await?;
    }
    scene.keep("e2e-technician-credential");
    let shown = scene.window.text().await?;
    assert!(shown.contains("Their admin"), "the control: this is the entry's page");
    assert!(!shown.contains(&scene.stage.password()?), "the password is nowhere on the page");
    Ok(())
}

async fn give_view_on_everything(scene: &Scene) -> anyhow::Result<()> {
    let window = &scene.window;
    window.click("root-rights").await?;
    play::choose(window, "grant-add", TECHNICIAN).await?;
    window.read("grant-row", TECHNICIAN).await?;
    scene.keep("e2e-rights");
    window.click("rights-save").await?;
    window.gone("form").await?;
    Ok(())
}

async fn lock_everything(scene: &Scene) -> anyhow::Result<()> {
    let window = &scene.window;
    scene.open_administration("lockdown").await?;
    window.click("lock-everything").await?;
    window.read("lock-person", TECHNICIAN).await?;
    scene.keep("e2e-lock-preview");
    window.click("lock-apply").await?;
    window.gone("lockdown").await?;
    Ok(())
}
