//! Cargo for another system than this one. Rust's own builds of the standard library are not on this
//! machine, so it is built from its source, which wants the very compiler that it came with.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{place, program::Program};

/// Of Debian's `rustc-web`; rustup's is another version than the source that Debian has.
pub(super) const RUSTC: &str = "/usr/bin/rustc";
const CLIPPY: &str = "/usr/bin/cargo-clippy";

/// One system to compile for.
pub(super) struct Cross {
    triple: &'static str,
    /// A place of its own: another compiler would build everything anew each time.
    target: PathBuf,
    env: Vec<(&'static str, PathBuf)>,
}

impl Cross {
    /// Windows, by mingw.
    pub(super) fn windows() -> Self {
        Self::to("x86_64-pc-windows-gnu", "windows")
    }

    /// Another system, built below `target/PLACE`.
    pub(super) fn to(triple: &'static str, place: &str) -> Self {
        Self { triple, target: place::target().join(place), env: Vec::new() }
    }

    /// The same with one more variable for the compilers.
    pub(super) fn env(mut self, key: &'static str, value: PathBuf) -> Self {
        self.env.push((key, value));
        self
    }

    /// Where all of this system lies.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// A program that was built, unoptimised.
    pub(super) fn built(&self, name: &str) -> PathBuf {
        self.target.join(self.triple).join("debug").join(name)
    }

    /// This command of cargo's; arguments can follow.
    pub(super) fn cargo(&self, command: &str) -> Program {
        self.with_std(Program::cargo().args([command]))
    }

    /// Clippy's lints.
    pub(super) fn clippy(&self, words: &[&str]) -> Result<()> {
        self.with_std(Program::new(CLIPPY).args(["clippy"])).args(words).run()
    }

    fn with_std(&self, program: Program) -> Program {
        let std = ["-Z", "build-std=std,panic_unwind,panic_abort", "--target", self.triple];
        let program = program.args(std).env("RUSTC", RUSTC).env("CARGO_TARGET_DIR", &self.target);
        // For -Z. It opens unstable features to all crates; the other stages' compiler does not.
        let program = program.env("RUSTC_BOOTSTRAP", "1").env("CARGO_PROFILE_DEV_DEBUG", "false");
        self.env.iter().fold(program, |program, (key, value)| program.env(key, value))
    }
}
