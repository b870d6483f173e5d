//! A program of one line, to tell a broken toolchain from our own errors.

use std::{fs, io, path::Path};

use anyhow::{Context, Result, ensure};

use super::{cross::Cross, toolchain::Lacking, wine::Wine};
use crate::place;

const SAYS: &str = "it unwound";
/// What Rust for Windows needs most of the linker's libraries for is to unwind.
const MAIN: &str = r#"fn main() {
    let caught = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new("it unwound")));
    println!("{}", caught.unwrap_err().downcast::<&str>().unwrap());
}
"#;
const MANIFEST: &str = r#"[package]
name = "probe"
version = "0.0.0"
edition = "2024"
[workspace]
"#;

/// Builds it, with the standard library that all the rest then uses, and runs it.
pub(super) fn run() -> Result<(), Lacking> {
    let lacking = |error| Lacking(format!("not even an empty program works: {error:#}"));
    build_and_run(&Cross::windows()).map_err(lacking)
}

fn build_and_run(windows: &Cross) -> Result<()> {
    let folder = windows.target().join("probe");
    write(&folder).with_context(|| format!("cannot write {}", folder.display()))?;
    windows.cargo("build").args(["--quiet"]).dir(&folder).run()?;
    let said = Wine::start()?.program(&windows.built("probe.exe"), 60).read()?;
    ensure!(said.trim() == SAYS, "it said {said:?} under Wine");
    Ok(())
}

/// With our profiles, or the standard library would be built twice.
fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let ours = fs::read_to_string(place::root().join("Cargo.toml"))?;
    let profiles = ours.find("[profile.").and_then(|at| ours.get(at..)).unwrap_or_default();
    fs::write(folder.join("Cargo.toml"), [MANIFEST, profiles].concat())?;
    fs::write(folder.join("src/main.rs"), MAIN)
}
