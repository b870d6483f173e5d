//! C6 in the window: a row that somebody changed is named, an administrator may look, and may accept
//! what there is.

use usher_sandbox::play;

use crate::scene::{Scene, Target, change_a_row};

#[tokio::test]
async fn a_changed_row_is_named_looked_at_read_only_and_accepted() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    let vault = scene.data().join("vault.sqlite");
    let Scene { window, desk, stage } = scene;
    play::close_app(&desk, window).await?;
    let changed = change_a_row(&vault, "session")?;

    let scene = Scene { window: desk.open_app().await?, desk, stage };
    let window = &scene.window;
    scene.unlock().await?;
    window.read("error", "session").await?;
    window.read("error", &changed).await?;
    scene.keep("e2e-edited");
    window.click("open-as-found").await?;
    window.find("read-only").await?;
    play::select(window, "Their admin").await?;
    let rows = "return document.querySelectorAll(\"[data-testid='tree-row'][data-name='NW-DC01']\").length";
    assert_eq!(window.script(rows).await?, 0, "what does not verify is left out");
    for shut in ["edit", "delete"] {
        window.see(&format!("[data-testid='{shut}'][aria-disabled='true']")).await?;
    }
    scene.keep("e2e-as-found");

    window.click("accept-as-found").await?;
    window.find("accept-confirm").await?;
    scene.keep("e2e-accept-as-found");
    window.click("confirm-yes").await?;
    window.gone("read-only").await?;
    scene.add_session().await?;
    scene.audited("opened_as_found", "done").await?;
    scene.audited("accepted_as_found", "done").await?;
    let scene = scene.again().await?;
    scene.unlock().await?;
    play::select(&scene.window, "NW-DC01").await?;
    scene.window.gone("read-only").await?;
    Ok(())
}
