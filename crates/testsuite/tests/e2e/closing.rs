//! The app is closed while sessions run: who is asked, what becomes of the sessions, what is on record.

use rustix::process::{Pid, Signal, kill_process};
use usher_sandbox::demo::CLIENT;
use usher_sandbox::play;

use crate::scan;
use crate::scene::Scene;

#[tokio::test]
async fn closing_asks_while_a_session_runs_and_ends_it_only_after_a_yes() -> anyhow::Result<()> {
    let scene = Scene::running().await?;
    for (name, key) in [("e2e-close", play::ENTER), ("e2e-close-again", play::ESCAPE)] {
        play::ask_to_close(&scene.desk)?;
        scene.window.read("close-confirm", "1 session is running: NW-DC01.").await?;
        scene.keep(name);
        scene.window.press(&[key]).await?;
        scene.window.gone("close-confirm").await?;
        play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
        play::until_running(&scene.window, "NW-DC01").await?;
    }

    let scene = scene.lock().await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    play::ask_to_close(&scene.desk)?;
    scene.window.read("close-confirm", "1 session is running. Closing").await?;
    scene.keep("e2e-close-locked");
    scene.window.press(&[play::ESCAPE]).await?;
    scene.window.gone("close-confirm").await?;
    let scene = scene.again_without_sessions().await?;
    play::until_no_window(&scene.desk, CLIENT).await?;
    scene.unlock().await?;
    assert_eq!(ends(&scene).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_page_that_does_not_answer_and_a_system_that_shuts_down_end_them_in_order()
-> anyhow::Result<()> {
    let scene = Scene::running().await?;
    let pages = scan::called("WebKitWebProces");
    signal(&pages, Signal::STOP)?;
    let app = play::ask_to_close(&scene.desk)?;
    let Scene { window, desk, stage } = scene;
    play::until_app_ended(app, window).await?;
    // Those that are stopped cannot see that their app has gone.
    signal(&scan::called("WebKitWebProces"), Signal::KILL)?;
    play::until_no_window(&desk, CLIENT).await?;

    let scene = Scene { window: desk.open_app().await?, desk, stage };
    scene.unlock().await?;
    assert_eq!(ends(&scene).await?, 1);
    play::select(&scene.window, "NW-DC01").await?;
    scene.launch(None).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    let app = scan::called("usher");
    assert_eq!(app.len(), 1, "one app");
    signal(&app, Signal::TERM)?;
    let Scene { window, desk, stage } = scene;
    play::until_app_ended(app[0], window).await?;
    play::until_no_window(&desk, CLIENT).await?;

    let scene = Scene { window: desk.open_app().await?, desk, stage };
    scene.unlock().await?;
    assert_eq!(ends(&scene).await?, 2);
    Ok(())
}

/// How many ended sessions the audit log shows.
async fn ends(scene: &Scene) -> anyhow::Result<u64> {
    scene.audited("session_ended", "done").await?;
    scene.count_audited("session_ended").await
}

fn signal(processes: &[u32], signal: Signal) -> anyhow::Result<()> {
    for pid in processes.iter().filter_map(|pid| Pid::from_raw(i32::try_from(*pid).ok()?)) {
        kill_process(pid, signal)?;
    }
    Ok(())
}
