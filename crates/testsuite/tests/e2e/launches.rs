//! Launch after launch: every one signs in, and nothing is left behind.

use std::time::Duration;

use usher_sandbox::demo::{CLIENT, RECORD};
use usher_sandbox::play;

use crate::scan;
use crate::scene::{Scene, Target, until};

/// A few launches in the suite; `cargo xtask soak launches` says how many more.
fn how_many() -> usize {
    let wanted = std::env::var("USHER_SOAK").ok();
    wanted.map_or(3, |number| number.parse().expect("USHER_SOAK is a number"))
}

#[tokio::test]
async fn every_launch_signs_in_once_and_leaves_nothing_behind() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let window = &scene.window;
    scene.add_credential(Target::One(RECORD)).await?;
    scene.add_session().await?;
    let password = scene.stage.password()?;
    for launch in 1..=how_many() {
        if launch == 1 {
            scene.trust_and_launch(None).await?;
        } else {
            scene.launch(None).await?;
        }
        play::until_running(window, "NW-DC01").await?;
        assert_eq!(scene.stage.host.sign_in_attempts()?, launch, "one sign-in a launch");
        assert_eq!(scene.values_fetched(), launch, "one password a launch");
        window.click("running-end").await?;
        play::until_ended(window).await?;
        window.click("running-dismiss").await?;
        window.gone("running-row").await?;
        play::until_no_window(&scene.desk, CLIENT).await?;
    }
    // The window goes a moment before its program has ended.
    until(Duration::from_secs(10), || Ok(scan::called("xfreerdp").is_empty())).await?;
    let held = scan::files(&scene.desk.session.home(), &password);
    assert!(held.is_empty(), "no file holds the password: {held:?}");
    Ok(())
}
