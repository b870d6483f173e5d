//! The README's first command: everything that the main job needs, on this machine.

use std::{env, process::ExitCode};

use anyhow::Result;

use crate::{args::Args, packages, place, program::Program, say, ui};

/// Builds what the demo needs and becomes it.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    packages::ensure(args.has("--no-install"))?;
    ui::build_if_stale()?;
    build_app(&[])?;
    Program::cargo().args(["build", "-p", "usher-sandbox"]).run()?;
    let headless = args.has("--headless") || !has_display();
    if headless {
        say::line("No window will open: the demo plays the main job itself and saves screenshots.");
    }
    let sandbox = place::target().join("debug").join(place::executable("usher-sandbox"));
    let demo = Program::new(sandbox).args(["demo"]).args(headless.then_some("--headless"));
    let demo = demo.args(["--app".as_ref(), app("debug").as_os_str()]);
    demo.args(["--screens".as_ref(), place::screens().as_os_str()]).become_it()
}

/// Builds the app with the test door, in a place of its own.
pub(crate) fn build_app(more: &[&str]) -> Result<()> {
    let app = Program::cargo().args(["build", "-p", "usher", "--features", "e2e", "--target-dir"]);
    app.args([place::target_e2e()]).args(more).run()
}

/// The app with the test door, as `profile` ("debug" or "release") built it.
pub(crate) fn app(profile: &str) -> std::path::PathBuf {
    place::target_e2e().join(profile).join(place::executable("usher"))
}

/// Windows and macOS always have one.
fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
