//! The demo without a display: it plays the main job itself and keeps pictures of each step.
#![expect(clippy::print_stdout, reason = "what the demo did is its output")]

use std::path::Path;

use usher_sandbox::demo::{ADMINISTRATOR, CLIENT, Stage};
use usher_sandbox::desk::Desk;
use usher_sandbox::play;
use usher_sandbox::window::Window;

use crate::keep::Album;
use crate::seeding;

/// The keyring service of the desk's app environment.
const SERVICE: &str = "usher-demo";

/// Plays the main job.
pub(crate) async fn play(app: &Path, screens: &Path) -> anyhow::Result<()> {
    let app = app.to_owned();
    let (stage, desk) = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
        let stage = Stage::set_up()?;
        let desk = Desk::set_up(&app, &stage.account)?;
        Ok((stage, desk))
    })
    .await??;
    println!("A stand-in IT Glue account answers at {}", stage.account.base_url());
    println!(
        "A real RDP host with network level authentication listens at {}",
        stage.host.address()
    );
    let data = desk.session.home().join(".local/share");
    seeding::seed_in(&desk.environment(), &stage.facts, &data, SERVICE)?;
    println!("The demo vault has a client with two credential entries and three RDP sessions.");
    let mut album = Album::begin(screens)?;
    launch(&stage, &desk, &mut album).await?;
    seeding::forget_in(&desk.environment(), &data, SERVICE)?;
    println!("Done: the technician got the session, not the secret.");
    Ok(())
}

async fn launch(stage: &Stage, desk: &Desk, album: &mut Album) -> anyhow::Result<()> {
    let window = desk.open_app().await?;
    let played = steps(stage, desk, &window, album).await;
    if played.is_err() {
        // What stands on screen tells more than the error.
        album.window(desk, "stopped-here")?;
        album.display(desk, "stopped-here-display")?;
    }
    let closed = play::close_app(desk, window).await;
    played.and(closed)
}

async fn steps(
    stage: &Stage,
    desk: &Desk,
    window: &Window,
    album: &mut Album,
) -> anyhow::Result<()> {
    play::unlock(window, ADMINISTRATOR, &stage.facts.passphrase).await?;
    play::select(window, "NW-DC01 (choose)").await?;
    println!("The app is open; a session is selected that asks for a credential at launch.");
    album.window(desk, "main")?;
    window.click("launch").await?;
    play::filter_list(window, "domain adm").await?;
    println!("The IT Glue credentials list is open and filtered by typing.");
    album.window(desk, "list")?;
    window.press(&[play::ENTER]).await?;
    window.find("trust-accept").await?;
    println!("The host's certificate is new: nothing was sent yet, the person is asked.");
    album.window(desk, "trust")?;
    window.click("trust-accept").await?;
    play::until_running(window, "NW-DC01 (choose)").await?;
    play::until_desktop(desk, &stage.host, CLIENT).await?;
    println!("FreeRDP shows the remote desktop, signed in with a one-time credential.");
    album.display(desk, "desktop")?;
    album.window(desk, "running")?;
    window.click("running-end").await?;
    play::until_ended(window).await?;
    window.click("audit-open").await?;
    window.find("audit-row").await?;
    println!("The audit log has what happened, the host's answer included.");
    album.window(desk, "audit")?;
    Ok(())
}
