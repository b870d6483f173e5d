//! Looking for input that harms a reader, with cargo-fuzz in one pinned version.

use std::{env, fs, path::Path};

use anyhow::{Result, ensure};

use crate::{place, program::Program, say, tool::Tool};

const FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2", debug: false };
/// For each target, unless `USHER_FUZZ_SECONDS` says otherwise.
const SECONDS: &str = "1800";

/// Runs every target for its time; what harms a reader is left in `fuzz/artifacts`.
pub(crate) fn run() -> Result<()> {
    let seconds = env::var("USHER_FUZZ_SECONDS").unwrap_or_else(|_| SECONDS.to_owned());
    let tool = FUZZ.find()?;
    let targets = targets()?;
    ensure!(!targets.is_empty(), "there is no target");
    for target in targets {
        say::line(format!("{target}: {seconds} s"));
        look(&tool, &target, &seconds)?;
    }
    Ok(())
}

fn look(tool: &Path, target: &str, seconds: &str) -> Result<()> {
    // What it finds on the way is not for the repository: a corpus of ours comes second.
    let found = place::target().join("fuzz-corpus").join(target);
    fs::create_dir_all(&found)?;
    let ours = place::root().join("fuzz/corpus").join(target);
    let limit = format!("-max_total_time={seconds}");
    // No sanitizer: it needs another compiler, and our own code has no unsafe block to look at.
    Program::new(tool)
        .args(["fuzz", "run", "--sanitizer", "none", target])
        .args([found, ours])
        .args(["--", &limit, "-max_len=65536", "-timeout=10", "-print_final_stats=1"])
        .run()
}

/// One per file in `fuzz/fuzz_targets`.
fn targets() -> Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(place::root().join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    targets.sort();
    Ok(targets)
}
