//! The tests with xrdp: root only, since that host signs people in through PAM, for which a user is
//! made. User and configuration are known in namespaces of the host's own alone.

use std::path::Path;

use anyhow::Result;

use super::outcome::Run;
use crate::{packages, place, program::Program};

/// The test target's name in the testsuite.
pub(super) const NAME: &str = "xrdp";

pub(super) fn run(run: &mut Run) -> Result<()> {
    if let Some(why) = lacking(run.no_install) {
        run.skip(why);
        return Ok(());
    }
    let tests = ["test", "--workspace", "--no-fail-fast", "--test", NAME];
    let tests = Program::cargo().args(tests).args(["--", "--test-threads=1"]);
    let tests = tests.env("USHER_SCREENS", place::screens());
    tests.run_reading(&mut |line| run.counts.read(line))
}

/// Why the tests cannot run on this machine.
pub(crate) fn lacking(no_install: bool) -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("xrdp runs on Linux".to_owned());
    }
    if !says("id", &["-u"], "0") {
        return Some("not root: xrdp needs a user and namespaces of its own".to_owned());
    }
    if !says("unshare", &["--mount", "--pid", "--fork", "--mount-proc", "echo", "yes"], "yes") {
        return Some("the system gives no namespaces, not even to root".to_owned());
    }
    // Installed as a service it would listen on port 3389 of every address.
    let starts_services = Path::new("/run/systemd/system").exists();
    let packages = packages::for_xrdp(no_install || starts_services);
    packages.err().map(|error| format!("xrdp is not installed: {error:#}"))
}

fn says(program: &str, words: &[&str], wanted: &str) -> bool {
    Program::new(program).args(words).ask().is_some_and(|(ok, said)| ok && said.trim() == wanted)
}
