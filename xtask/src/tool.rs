//! Cargo's own helpers in pinned versions, installed under `target/tools` when they are missing.

use std::path::PathBuf;

use anyhow::Result;

use crate::{place, program::Program, say};

/// A program that cargo installs, in the one version that is used.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Built without optimisation: it takes a minute less, and the tool has little to do.
    pub(crate) debug: bool,
}

impl Tool {
    /// The machine's own if it is this version, else one under `target/tools`.
    pub(crate) fn find(&self) -> Result<PathBuf> {
        let own = place::target().join("tools");
        let binary = own.join("bin").join(place::executable(self.name));
        if self.is(Program::new(self.name)) {
            return Ok(PathBuf::from(self.name));
        }
        if !self.is(Program::new(&binary)) {
            say::line(format!("Installing {} {} into {}", self.name, self.version, own.display()));
            let install = ["install", self.name, "--locked", "--force", "--version", self.version];
            let install = Program::cargo().args(install).args(["--root".as_ref(), own.as_os_str()]);
            let profile: &[&str] = if self.debug { &["--debug"] } else { &[] };
            install.args(profile).env("CARGO_TARGET_DIR", own.join("build")).run()?;
        }
        Ok(binary)
    }

    fn is(&self, program: Program) -> bool {
        let said = program.args(["--version"]).ask();
        said.is_some_and(|(ok, said)| ok && said.trim().ends_with(self.version))
    }
}
