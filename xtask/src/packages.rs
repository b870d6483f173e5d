//! The system packages that building, running and testing need, and Node.

use std::{fs, time::Duration};

use anyhow::{Result, bail};
use apt::Apt;
use needed::{FOR_FREERDP3, FOR_WINDOWS, FOR_XRDP, NEEDED, Needed};

use crate::{program, program::Program, say};

mod apt;
mod needed;

/// The oldest Node that the pages' tools run on.
const NODE: u32 = 20;
/// Package lists older than this are fetched anew before installing.
const FRESH: Duration = Duration::from_hours(24);

/// Installs what is missing, saying what and why; `no_install` makes it an error instead. Where
/// there is no apt it names what to install and lets the work go on.
pub(crate) fn ensure(no_install: bool) -> Result<()> {
    node()?;
    if !is_debian(&os_release()) {
        return elsewhere();
    }
    install(NEEDED, &Apt { fresh: FRESH, no_install, may_remove: true })
}

/// The same for building and testing for Windows, which can be done without. An error where there
/// is no apt, and where it would have to remove a package, such as another compiler.
pub(crate) fn for_windows(no_install: bool) -> Result<()> {
    if !is_debian(&os_release()) {
        bail!("only Debian and what is like it has the compilers as packages");
    }
    install(FOR_WINDOWS, &Apt { fresh: FRESH, no_install, may_remove: false })
}

/// The same for a host of one stage of the tests.
pub(crate) fn for_xrdp(no_install: bool) -> Result<()> {
    if !is_debian(&os_release()) {
        bail!("only Debian and what is like it has it as these packages");
    }
    install(FOR_XRDP, &Apt { fresh: FRESH, no_install, may_remove: false })
}

/// The same for a root of Debian 13, of which one client is wanted.
pub(crate) fn for_freerdp3(no_install: bool) -> Result<()> {
    if !is_debian(&os_release()) {
        bail!("only Debian and what is like it makes such a root with these packages");
    }
    install(FOR_FREERDP3, &Apt { fresh: FRESH, no_install, may_remove: false })
}

fn install(needed: &[Needed], apt: &Apt) -> Result<()> {
    let missing: Vec<&Needed> =
        needed.iter().filter(|needed| !Apt::has_any(needed.names)).collect();
    if missing.is_empty() {
        say::note(format!("All {} system packages are installed.", needed.len()));
        return Ok(());
    }
    for needed in &missing {
        say::note(format!("missing: {} ({})", needed.names.join(" or "), needed.why));
    }
    apt.install(&missing)
}

fn os_release() -> String {
    fs::read_to_string("/etc/os-release").unwrap_or_default()
}

fn is_debian(os_release: &str) -> bool {
    let value = |line: &str, key| line.strip_prefix(key).map(|rest| rest.replace('"', ""));
    let kinds =
        os_release.lines().filter_map(|line| value(line, "ID=").or(value(line, "ID_LIKE=")));
    kinds.into_iter().any(|kinds| kinds.split(' ').any(|kind| matches!(kind, "debian" | "ubuntu")))
}

#[expect(clippy::unnecessary_wraps, reason = "the other branch of `ensure` can fail")]
fn elsewhere() -> Result<()> {
    if cfg!(target_os = "linux") {
        say::note("Not Debian or Ubuntu: please install what these packages hold there.");
        for needed in NEEDED {
            say::note(format!("  {} ({})", needed.names.join(" or "), needed.why));
        }
    } else {
        say::note("Only Rust, a C compiler and Node are needed to build here.");
        say::note("The RDP host of the demo and the end to end tests run on Linux.");
    }
    Ok(())
}

fn node() -> Result<()> {
    let said = Program::new("node").args(["--version"]).ask().unwrap_or_default().1;
    let major = major_of(&said);
    let npm = program::is_installed("npm") || cfg!(windows);
    if major.is_some_and(|major| major >= NODE) && npm {
        return Ok(());
    }
    let found = if major.is_some() { said.trim() } else { "none" };
    bail!(
        "Node {NODE} or later with npm is needed to build the pages (found: {found}). \
         Debian 13 and Ubuntu 25.04 have it as `nodejs npm`; for older ones, Windows and macOS \
         it is at https://nodejs.org/en/download"
    );
}

/// `v20.11.1` is 20.
fn major_of(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{is_debian, major_of};

    #[test]
    fn debian_and_what_is_like_it_is_recognised() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nVARIANT_ID=debian\n"));
        assert!(!is_debian(""));
    }

    #[test]
    fn a_node_version_has_a_major() {
        assert_eq!(major_of("v20.20.2\n"), Some(20));
        assert_eq!(major_of("command not found"), None);
    }
}
