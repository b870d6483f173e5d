//! Looking for input that harms a reader, with cargo-fuzz in one pinned version.

use anyhow::Result;

use crate::{place, program::Program, say};

const VERSION: &str = "0.13.2";
/// One per file in `fuzz/fuzz_targets`.
const TARGETS: [&str; 1] = ["itglue_answer"];
/// For each target, unless `USHER_FUZZ_SECONDS` says otherwise.
const SECONDS: &str = "1800";

/// Runs every target for its time; what harms a reader is left in `fuzz/artifacts`.
pub(crate) fn run() -> Result<()> {
    let seconds = std::env::var("USHER_FUZZ_SECONDS").unwrap_or_else(|_| SECONDS.to_owned());
    let tool = tool()?;
    for target in TARGETS {
        say::line(format!("{target}: {seconds} s"));
        let limit = format!("-max_total_time={seconds}");
        // No sanitizer: it needs another compiler, and our own code has no unsafe block to look at.
        let run = ["fuzz", "run", "--sanitizer", "none", target];
        // What it finds on the way is not for the repository: a corpus of ours comes second.
        let found = place::target().join("fuzz-corpus").join(target);
        std::fs::create_dir_all(&found)?;
        let ours = place::root().join("fuzz/corpus").join(target);
        Program::new(&tool)
            .args(run)
            .args([found, ours])
            .args(["--", &limit, "-max_len=65536", "-timeout=10", "-print_final_stats=1"])
            .run()?;
    }
    Ok(())
}

/// cargo-fuzz of this version, under `target/tools`.
fn tool() -> Result<std::path::PathBuf> {
    let own = place::target().join("tools");
    let binary = own.join("bin").join(place::executable("cargo-fuzz"));
    let said = Program::new(&binary).args(["--version"]).ask();
    if !said.is_some_and(|(ok, said)| ok && said.trim().ends_with(VERSION)) {
        say::line(format!("Installing cargo-fuzz {VERSION} into {}", own.display()));
        let install = ["install", "cargo-fuzz", "--locked", "--force", "--version", VERSION];
        let install = Program::cargo().args(install).args(["--root".as_ref(), own.as_os_str()]);
        install.env("CARGO_TARGET_DIR", own.join("build")).run()?;
    }
    Ok(binary)
}
