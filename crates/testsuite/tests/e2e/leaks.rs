//! The real password is in no command line, environment, client memory, log, database or file.

use usher_sandbox::demo::{CLIENT, made_up};
use usher_sandbox::play;

use crate::scan::{self, Watch};
use crate::scene::{Scene, Target};

#[tokio::test]
async fn the_real_password_is_nowhere_that_the_technician_can_look() -> anyhow::Result<()> {
    assert!(!rustix::process::geteuid().is_root(), "root may read everything: run it unprivileged");
    let scene = Scene::empty().await;
    scene.add_credential(Target::List).await?;
    scene.add_session().await?;
    let password = scene.stage.password()?;
    let watch = Watch::start(&password);
    scene.trust_and_launch(Some("domain admin")).await?;
    play::until_running(&scene.window, "NW-DC01").await?;
    play::until_desktop(&scene.desk, &scene.stage.host, CLIENT).await?;
    let (found, looks) = watch.end();
    assert!(found.is_empty(), "command lines and environments: {found:?}");
    assert!(looks > 1_000, "the watch has looked: {looks}");

    let clients = scan::called("xfreerdp");
    assert!(!clients.is_empty(), "the client runs");
    let pages = scan::called("WebKitWebProces");
    let holds = |pid, text| scan::in_memory(pid, text).expect("one's own process can be read");
    for pid in clients.iter().chain(&pages) {
        assert!(!holds(*pid, &password), "memory of process {pid}");
    }
    let one_time = clients.iter().any(|pid| holds(*pid, "ot-"));
    assert!(one_time, "the same look finds the one-time user in the client");
    let apps = scan::called("usher");
    assert!(!apps.is_empty(), "the app runs");
    for app in apps {
        assert!(scan::in_memory(app, &password).is_err(), "nobody may read the app's memory");
    }
    let home = scene.desk.session.home();
    assert_eq!(
        scan::files(&home, &password),
        Vec::<std::path::PathBuf>::new(),
        "files in the home"
    );
    assert!(home.join("app.log").is_file(), "the log was among them");
    assert_eq!(
        scan::files(&home, &scene.stage.facts.key),
        Vec::<std::path::PathBuf>::new(),
        "the key"
    );

    let written = home.join("control");
    std::fs::write(&written, &password)?;
    assert_eq!(scan::files(&home, &password), [written], "the scan of files works");
    Ok(())
}

/// The control: what a careless program does, the same looks do find.
#[tokio::test]
#[expect(clippy::disallowed_types, reason = "it starts the client the careless way")]
async fn control_a_password_on_the_command_line_and_in_memory_is_found() -> anyhow::Result<()> {
    let scene = Scene::empty().await;
    let password = made_up();
    let watch = Watch::start(&password);
    let mut client = std::process::Command::new("/usr/bin/xfreerdp")
        .arg(format!("/v:{}", scene.stage.host.address()))
        .args(["/u:nobody", "/cert:ignore", "/sec:nla"])
        .arg(format!("/p:{password}"))
        .env("DISPLAY", scene.desk.display.name())
        .env("HOME", scene.desk.session.home())
        .spawn()?;
    let in_memory = loop {
        if scan::in_memory(client.id(), &password).is_ok_and(|found| found) {
            break true;
        }
        if client.try_wait()?.is_some() {
            break false;
        }
    };
    client.wait()?;
    let (found, _) = watch.end();
    assert!(in_memory, "the scan of memory works");
    assert!(!found.is_empty(), "the watch of command lines works");
    Ok(())
}
