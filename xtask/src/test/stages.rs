//! The stages, in order. What is quick and what others build on comes first.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Result, bail};

use super::{e2e, outcome::Run, xrdp};
use crate::{demo, deny, deps, packages, place, program::Program, tidy, ui, windows};

/// One stage.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// A stage of tests in which none ran fails.
    pub(super) has_tests: bool,
    pub(super) run: fn(&mut Run) -> Result<()>,
}

const fn check(name: &'static str, what: &'static str, run: fn(&mut Run) -> Result<()>) -> Stage {
    Stage { name, what, has_tests: false, run }
}

const fn tests(name: &'static str, what: &'static str, run: fn(&mut Run) -> Result<()>) -> Stage {
    Stage { name, what, has_tests: true, run }
}

/// All of them.
pub(super) const STAGES: &[Stage] = &[
    check("packages", "system packages that the rest needs", |run| {
        packages::ensure(run.no_install)
    }),
    check("fmt", "Rust is formatted", |_| cargo(&["fmt", "--all", "--check"])),
    check("tidy", "what no linter looks at", |_| tidy::run()),
    check("deps", "who may know whom", |_| deps::run()),
    check("ui-install", "the pages' packages, as locked", |_| ui::install()),
    tests("ui", "the pages: lint, types, tests, build", pages),
    check("deny", "bans, licences and sources of dependencies", |_| deny::run()),
    check("clippy", "lints, warnings denied", |_| {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }),
    check("doc", "the documentation builds without warnings", doc),
    tests("unit", "tests beside the code, and examples in the documentation", unit),
    tests("suite", "integration tests of all crates, without a window", suite),
    tests("xrdp", "a real host without network level authentication; needs root", xrdp::run),
    check("app", "the app with the test door", |_| demo::build_app(&[])),
    tests("e2e", "the real window, a real RDP client and host", |run| {
        e2e::run(&mut run.counts, &[])
    }),
    tests(
        "windows",
        "for Windows: everything compiles, the rooms' tests run under Wine",
        on_windows,
    ),
];

fn cargo(words: &[&str]) -> Result<()> {
    Program::cargo().args(words).run()
}

fn pages(run: &mut Run) -> Result<()> {
    for script in ["lint", "check", "test", "build"] {
        let npm = Program::npm().args(["run", script]).env("NO_COLOR", "1");
        npm.run_reading(&mut |line| run.counts.read(line))?;
    }
    Ok(())
}

fn doc(_: &mut Run) -> Result<()> {
    let doc = Program::cargo().args(["doc", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings").run()
}

// All test stages select the whole workspace and then the targets in it: so the dependencies have
// the same features in each of them, and are built once.

fn unit(run: &mut Run) -> Result<()> {
    cargo_test(run, &["--lib", "--bins"])?;
    cargo_test(run, &["--doc"])
}

fn suite(run: &mut Run) -> Result<()> {
    let names = integration_tests(&place::root().join("crates"));
    if names.is_empty() {
        bail!("no integration test was found below crates/*/tests");
    }
    // Some tests start them, and choosing tests by name builds none.
    cargo(&["build", "--workspace", "--examples"])?;
    let words: Vec<&str> = names.iter().flat_map(|name| ["--test", name]).collect();
    cargo_test(run, &words)
}

fn cargo_test(run: &mut Run, words: &[&str]) -> Result<()> {
    let cargo = Program::cargo().args(["test", "--workspace", "--no-fail-fast"]).args(words);
    cargo.run_reading(&mut |line| run.counts.read(line))
}

/// The names of all integration tests but those with a stage of their own: `tests/NAME.rs` and
/// `tests/NAME/main.rs`.
fn integration_tests(crates: &Path) -> BTreeSet<String> {
    let rooms = fs::read_dir(crates).into_iter().flatten().flatten();
    let files =
        rooms.flat_map(|room| fs::read_dir(room.path().join("tests")).into_iter().flatten());
    let tests = files.flatten().map(|file| file.path());
    let tests = tests.filter(|path| path.join("main.rs").is_file() || is_rust(path));
    let names = tests.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    names.filter(|name| ![e2e::NAME, xrdp::NAME].contains(&name.as_str())).collect()
}

fn on_windows(run: &mut Run) -> Result<()> {
    match windows::find(run.no_install) {
        Ok(()) => windows::test(&mut |line| run.counts.read(line)),
        Err(lacking) => {
            run.skip(lacking.to_string());
            Ok(())
        }
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}
