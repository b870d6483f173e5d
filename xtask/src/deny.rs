//! Bans, licences and sources of all dependencies, by cargo-deny in one pinned version.

use anyhow::Result;

use crate::{program::Program, tool::Tool};

const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2", debug: true };

/// What can be checked without the network. Advisories are a soak.
pub(crate) fn run() -> Result<()> {
    tool()?.args(["check", "bans", "licenses", "sources"]).run()
}

/// cargo-deny, about to be started.
pub(crate) fn tool() -> Result<Program> {
    Ok(Program::new(DENY.find()?))
}
