//! Figures, each with its goal and the figure of a peer measured in the same run.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};

use crate::{
    args::Args, bench::figure::Figure, demo, packages, place, program::Program, say, table, ui,
};

mod figure;

/// What can be measured.
const NAMES: &[(&str, &str)] = &[
    ("spine", "connecting through the injector, listing 3,000 passwords, start to first paint"),
    (RDP, "the injector: connecting, 10 s of updates, throughput, 50 sessions at once"),
    (VAULT, "unlocking, saving and listing 10,000 entries, the log with a million rows"),
    (ITGLUE, "listing 20,000 passwords with and without latency, and the memory for it"),
];
/// This needs a host and a client, but not the app.
const RDP: &str = "rdp";
/// These need neither the app nor a display.
const ITGLUE: &str = "itglue";
const VAULT: &str = "vault";

/// Builds in release, measures, prints. With `--check` a missed goal ends non-zero.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let known = args.name().filter(|name| NAMES.iter().any(|(known, _)| known == name));
    let Some(name) = known else {
        let list = NAMES.iter().map(|(name, what)| format!("  {name}: {what}"));
        bail!("name what to measure:\n{}", list.collect::<Vec<_>>().join("\n"));
    };
    let printed = measure(name, args.has("--no-install"))?;
    let figures = printed.lines().filter(|line| line.starts_with('{'));
    let figures = figures.map(Figure::parse).collect::<Result<Vec<_>>>()?;
    report(&figures, args.has("--json"), &printed)?;
    let missed = figures.iter().filter(|figure| !figure.meets_goal()).count();
    let refused = args.has("--check") && missed > 0;
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn measure(name: &str, no_install: bool) -> Result<String> {
    match name {
        ITGLUE | VAULT => {}
        RDP => packages::ensure(no_install)?,
        _ => build_windows(no_install)?,
    }
    let bench = ["run", "--release", "-p", "usher-testsuite", "--bin", "bench", "--"];
    let bench = Program::cargo().args(bench).args([name, "--json"]);
    bench
        .env("USHER_E2E_APP", demo::app("release"))
        .env("USHER_BARE_WINDOW", bare_window())
        .read()
        .context("the measurement failed")
}

/// The app, and what its start is compared with.
fn build_windows(no_install: bool) -> Result<()> {
    packages::ensure(no_install)?;
    ui::build_if_stale()?;
    demo::build_app(&["--release"])?;
    build_bare_window()
}

/// Builds the peer of the app's start, in release and beside it.
fn build_bare_window() -> Result<()> {
    let peer = Program::cargo().args(["build", "-p", "usher-bare-window", "--release"]);
    peer.args(["--target-dir".as_ref(), place::target_e2e().as_os_str()]).run()
}

fn bare_window() -> PathBuf {
    let built = place::target_e2e().join("release");
    built.join(place::executable("usher-bare-window"))
}

fn report(figures: &[Figure], json: bool, printed: &str) -> Result<()> {
    if figures.is_empty() {
        bail!("nothing was measured");
    }
    if json {
        say::line(printed.trim_end());
        return Ok(());
    }
    let mut rows = vec![Figure::HEAD.map(str::to_owned).to_vec()];
    rows.extend(figures.iter().map(Figure::row));
    say::line(table::text(&rows));
    Ok(())
}
