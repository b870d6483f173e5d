//! Bans, licences and sources of all dependencies, by cargo-deny in one pinned version.

use anyhow::Result;

use crate::{place, program::Program, say};

const VERSION: &str = "0.20.2";

/// What can be checked without the network. Advisories are a soak.
pub(crate) fn run() -> Result<()> {
    tool()?.args(["check", "bans", "licenses", "sources"]).run()
}

/// cargo-deny: the installed one if it is this version, else one of our own under `target/tools`,
/// built without optimisation (it takes about a minute, and the check four seconds).
pub(crate) fn tool() -> Result<Program> {
    let own = place::target().join("tools");
    let binary = own.join("bin").join(place::executable("cargo-deny"));
    if is_pinned(Program::new("cargo-deny")) {
        return Ok(Program::new("cargo-deny"));
    }
    if !is_pinned(Program::new(&binary)) {
        say::line(format!("Installing cargo-deny {VERSION} into {}", own.display()));
        let install =
            ["install", "cargo-deny", "--locked", "--debug", "--force", "--version", VERSION];
        let install = Program::cargo().args(install).args(["--root".as_ref(), own.as_os_str()]);
        install.env("CARGO_TARGET_DIR", own.join("build")).run()?;
    }
    Ok(Program::new(binary))
}

fn is_pinned(tool: Program) -> bool {
    let said = tool.args(["--version"]).ask();
    said.is_some_and(|(ok, said)| ok && said.trim().ends_with(VERSION))
}
