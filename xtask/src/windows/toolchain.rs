//! Whether this machine can build for Windows at all, and what it lacks if not.

use std::{env, fmt, fs, path::Path};

use super::{cross::RUSTC, probe, wine};
use crate::{packages, place, program::Program};

/// What this machine lacks, or cannot do.
#[derive(Debug, PartialEq)]
pub(crate) struct Lacking(pub(super) String);

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Installs what Debian has for it, then builds and runs a program of one line: what fails there is
/// this machine's fault, what fails later is ours.
pub(crate) fn find(no_install: bool) -> Result<(), Lacking> {
    if env::consts::ARCH != "x86_64" {
        return Err(Lacking("Wine runs programs for x86-64 on such a machine only".to_owned()));
    }
    packages::for_windows(no_install).map_err(|error| Lacking(format!("{error:#}")))?;
    recent_enough()?;
    wine::is_there()?;
    probe::run()
}

fn recent_enough() -> Result<(), Lacking> {
    let said = Program::new(RUSTC).args(["--version"]).ask().unwrap_or_default().1;
    let manifest = fs::read_to_string(place::root().join("Cargo.toml")).unwrap_or_default();
    let source = Path::new("/usr/lib/rustlib/src/rust/library");
    let needed = needed(&manifest).ok_or_else(|| Lacking("Cargo.toml names no Rust".to_owned()))?;
    match version(&said) {
        Some(found) if found < needed => Err(Lacking(format!(
            "{RUSTC} is {}.{}, and {}.{} is needed",
            found.0, found.1, needed.0, needed.1
        ))),
        Some(_) if source.is_dir() => Ok(()),
        Some(_) => Err(Lacking(format!("{} is not there", source.display()))),
        None => Err(Lacking(format!("{RUSTC} does not run"))),
    }
}

/// `rustc 1.96.0 (ac68faa20 2026-05-25)` is 1.96.
fn version(said: &str) -> Option<(u32, u32)> {
    numbers(said.strip_prefix("rustc ")?)
}

/// The workspace's `rust-version = "1.95"`.
fn needed(manifest: &str) -> Option<(u32, u32)> {
    let mut lines = manifest.lines();
    numbers(lines.find_map(|line| line.strip_prefix("rust-version = \""))?)
}

fn numbers(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(|character: char| !character.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{needed, version};

    #[test]
    fn a_compiler_is_compared_with_what_the_workspace_needs() {
        assert_eq!(
            version("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a tarball)"),
            Some((1, 96))
        );
        assert_eq!(version("bash: rustc: command not found"), None);
        assert_eq!(needed("edition = \"2024\"\nrust-version = \"1.95\"\n"), Some((1, 95)));
        assert!(version("rustc 1.100.2") > needed("rust-version = \"1.95\""));
    }
}
