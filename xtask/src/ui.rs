//! The pages in `ui/`: installed and built only when something changed.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Result;

use crate::{place, program::Program};

/// The exact packages of the lock file.
pub(crate) fn install() -> Result<()> {
    Program::npm().args(["ci", "--no-audit", "--no-fund"]).run()
}

/// Builds `ui/dist` if it is missing or older than what it is made of.
pub(crate) fn build_if_stale() -> Result<()> {
    let ui = place::root().join("ui");
    if older(&ui.join("node_modules/.package-lock.json"), &[ui.join("package-lock.json")]) {
        install()?;
    }
    // The app's build script leaves a placeholder page; only a real build has assets.
    if older(&ui.join("dist/assets"), &sources(&ui)) {
        Program::npm().args(["run", "build"]).run()?;
    }
    Ok(())
}

fn sources(ui: &Path) -> Vec<PathBuf> {
    let names = ["src", "public", "index.html", "package-lock.json", "vite.config.ts"];
    names.iter().map(|name| ui.join(name)).collect()
}

/// Whether `made` is missing or older than the newest of `from`.
fn older(made: &Path, from: &[PathBuf]) -> bool {
    let made = fs::metadata(made).and_then(|data| data.modified());
    let newest = from.iter().filter_map(|path| newest(path)).max();
    made.map_or(true, |made| newest.is_some_and(|newest| newest > made))
}

fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|data| data.modified()).ok()?;
    let inner = fs::read_dir(path).into_iter().flatten().flatten();
    let inner = inner.filter_map(|entry| newest(&entry.path())).max();
    Some(inner.map_or(own, |inner| inner.max(own)))
}
