//! The end to end tests, never as root: a scan for leaks that may read everything proves nothing,
//! and the app is not meant for root.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{counts::Counts, private_room::Room};
use crate::{demo, packages, place, program::Program, say, ui};

/// The test target's name in the testsuite.
pub(super) const NAME: &str = "e2e";

/// Everything the end to end tests need, then the tests, with these variables set.
pub(crate) fn end_to_end(env: &[(&str, &str)]) -> Result<()> {
    packages::ensure(false)?;
    ui::build_if_stale()?;
    demo::build_app(&[])?;
    let mut counts = Counts::default();
    run(&mut counts, env)?;
    if counts.is_empty() {
        bail!("no test ran");
    }
    say::line(format!("{} passed, {} failed", counts.passed, counts.failed));
    Ok(())
}

/// Builds and runs the tests. They are told by `USHER_E2E_APP` which app to start, and by
/// `USHER_SCREENS` where pictures go.
pub(super) fn run(counts: &mut Counts, env: &[(&str, &str)]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!(
            "the end to end tests need an X display and FreeRDP's server: they run on Linux only"
        );
    }
    let app = demo::app("debug");
    if !app.is_file() {
        bail!("{} is not built; run the stage `app` first", app.display());
    }
    let room = Room::open(&test_binary()?, &app, &place::screens())?;
    let tests = room.test(env).args(["--test-threads=1"]);
    let done = tests.run_reading(&mut |line| counts.read(line));
    let closed = room.close();
    done.and(closed)
}

/// Where cargo put the compiled tests.
fn test_binary() -> Result<PathBuf> {
    let cargo = ["test", "--workspace", "--test", NAME, "--no-run"];
    let cargo = Program::cargo().args(cargo).args(["--message-format=json-render-diagnostics"]);
    let messages = cargo.read()?;
    let mut found = messages.lines().filter_map(executable_of);
    found.next().context("cargo built no end to end test")
}

/// The executable that this message of cargo's announces, if it is the test's.
fn executable_of(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_ours = message.pointer("/target/name")?.as_str()? == NAME;
    let executable = message.get("executable")?.as_str()?;
    is_ours.then(|| PathBuf::from(executable))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::executable_of;

    #[test]
    fn only_the_tests_own_executable_is_taken() {
        let ours =
            r#"{"reason":"compiler-artifact","target":{"name":"e2e"},"executable":"/a/e2e-1"}"#;
        let other =
            r#"{"reason":"compiler-artifact","target":{"name":"main"},"executable":"/a/m"}"#;
        let lib = r#"{"reason":"compiler-artifact","target":{"name":"e2e"},"executable":null}"#;
        assert_eq!(executable_of(ours), Some(PathBuf::from("/a/e2e-1")));
        assert_eq!(executable_of(other), None);
        assert_eq!(executable_of(lib), None);
    }
}
