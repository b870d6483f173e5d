//! The product's own client, with the arguments that an entry has by itself: what a person meets.
#![expect(clippy::disallowed_types, reason = "the holder is a program of this crate's")]

use std::fs;
use std::process::Command;

use usher_testsuite::Result;
use usher_testsuite::holder::{Holder, Opened};

use crate::clipboard::text_passes_both_ways;
use crate::scene::{Scene, USER, until};

/// What the holder gives each session, as a pattern: xdotool reads no dots in the middle of a line
/// without a locale.
const TITLE: &str = "CLIENT .* HOST .* ACCOUNT";

/// Client and injector, in a process of their own that has this display.
fn launched(scene: &Scene) -> Result<(Holder, Opened)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_holder"));
    command.env("DISPLAY", scene.screen.display.name()).env("HOME", scene.screen.home());
    let mut holder = Holder::start(&mut command)?;
    let opened = holder.launch(scene.host.address().port(), (USER, &scene.password))?;
    Ok((holder, opened))
}

fn ended(mut holder: Holder, opened: &Opened) -> Result<()> {
    holder.end(opened.session)?;
    holder.hear(opened.session, "Ended(EndedByPerson")?;
    Ok(())
}

#[test]
fn it_shows_the_desktop_and_was_told_the_one_time_user_alone() -> Result<()> {
    let scene = Scene::start()?;
    let (mut holder, opened) = launched(&scene)?;
    scene.desktop_is_shown();
    holder.hear(opened.session, "HostAccepted")?;
    assert_eq!((scene.host.sign_ins()?, scene.host.refusals()?), (1, 0));
    let process = opened.process.ok_or("a client's process")?;
    let arguments = fs::read_to_string(format!("/proc/{process}/cmdline"))?;
    assert!(arguments.contains(&format!("/u:{}", opened.user)), "control: {arguments:?}");
    assert!(!arguments.contains(USER), "{arguments:?}");
    assert!(!arguments.contains(&scene.password) && !arguments.contains(&opened.password));
    ended(holder, &opened)
}

#[test]
fn its_window_is_found_by_its_title_shares_text_and_the_desktop_follows_its_size() -> Result<()> {
    let scene = Scene::start()?;
    let (holder, opened) = launched(&scene)?;
    scene.desktop_is_shown();
    let session = scene.session();
    text_passes_both_ways(&scene, &session)?;
    assert_ne!(session.size()?, (900, 640), "control");
    scene.screen.display.resize(TITLE, 900, 640)?;
    until("the remote desktop's new size", || {
        (session.size().expect("a size") == (900, 640)).then_some(())
    });
    ended(holder, &opened)
}
