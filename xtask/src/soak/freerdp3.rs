//! The tests with real clients, with `FreeRDP` 3, which Debian has from 13 on: the `/usr` of its root is
//! laid over this machine's, in a mount namespace of the tests' own. So they run as they are, and the
//! product finds the client at the path where Debian 13 has it, with the libraries of Debian 13. The
//! hosts are this machine's.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{begins, told};
use crate::{packages, place, program::Program, say, test};

/// What enters the room, in the repository.
const ROOM: &str = "xtask/src/soak/room.sh";
/// Where the product looks first, and what some tests name themselves.
const CLIENTS: [&str; 2] = ["/usr/bin/xfreerdp3", "/usr/bin/xfreerdp"];
/// What has tests with a real client, apart from those that need a host of their own.
const TESTS: [&[&str]; 3] = [
    &["-p", "usher-clients"],
    &["-p", "usher-rdp", "--test", "suite"],
    &["-p", "usher-testsuite", "--test", "soak"],
];
const XRDP: &[&str] = &["-p", "usher-testsuite", "--test", "xrdp"];
/// For each of them; several times what they take.
const MINUTES: u32 = 15;

/// Says that it is skipped, and why, where this machine lacks what it needs.
pub(super) fn run() -> Result<()> {
    packages::ensure(false)?;
    let root = match possible().and_then(|()| root()) {
        Ok(root) => root,
        Err(why) => {
            say::line(format!("freerdp3: SKIPPED: {why:#}"));
            return Ok(());
        }
    };
    let mut seen = vec![format!("seen: {}", clients(&root)?)];
    let mut tests = TESTS.to_vec();
    match test::lacking_for_xrdp(false) {
        None => tests.push(XRDP),
        Some(why) => seen.push(format!("seen: xrdp: SKIPPED: {why}")),
    }
    let done: Vec<_> = tests.into_iter().map(|tests| tried(&root, tests, &mut seen)).collect();
    say::heading("summary");
    seen.iter().for_each(say::line);
    done.into_iter().collect()
}

fn possible() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("it needs namespaces, which Linux has");
    }
    if Program::new("id").args(["-u"]).read()?.trim() != "0" {
        bail!("not root: it needs a root of Debian 13 and a namespace of its own");
    }
    if Path::new(CLIENTS[0]).exists() {
        bail!("this machine's own client is FreeRDP 3, and all other tests run with it");
    }
    packages::for_freerdp3(false)
}

/// Debian 13's root, made once. A failure is this machine's or the network's.
fn root() -> Result<PathBuf> {
    let root = place::target().join("debian13");
    if !root.exists() {
        make(&root).context("no root of Debian 13 could be made")?;
    }
    let entered = inside(&root).args(["true"]).ask();
    match entered {
        Some((true, _)) => Ok(root),
        Some((false, said)) => bail!("no /usr can be laid over another: {}", said.trim()),
        None => bail!("`unshare` could not be started"),
    }
}

/// About two minutes and 330 MB.
fn make(root: &Path) -> Result<()> {
    let partial = root.with_extension("partial");
    removed(&partial)?;
    // In a namespace, so that none of its mounts outlives it.
    let debootstrap = Program::new("unshare").args(["--mount", "/usr/sbin/debootstrap"]);
    let debootstrap = debootstrap.args(["--variant=minbase", "--force-check-gpg"]);
    debootstrap.args(["--include=freerdp3-x11", "trixie"]).args([&partial]).run()?;
    for folder in ["var/cache/apt/archives", "var/lib/apt/lists"] {
        removed(&partial.join(folder))?;
    }
    Ok(fs::rename(partial, root)?)
}

fn removed(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What is given to it next runs with Debian 13's `/usr` over this machine's.
fn inside(root: &Path) -> Program {
    entering(Program::new("unshare"), root)
}

fn entering(unshare: Program, root: &Path) -> Program {
    unshare.env("ROOT", root).args(["--mount", "sh", ROOM])
}

/// The control: which client the tests meet under each name. It tells only with a display.
fn clients(root: &Path) -> Result<String> {
    let mut all = Vec::new();
    for client in CLIENTS {
        let asked = inside(root).args(["xvfb-run", "--auto-servernum", client, "--version"]);
        let said = asked.ask().unwrap_or_default().1;
        let Some(version) = said.lines().find(|line| is_three(line)) else {
            bail!("{client} is not FreeRDP 3 in there; it says: {}", said.trim());
        };
        all.push(format!("{client}: {version}"));
    }
    Ok(all.join("; "))
}

fn is_three(line: &str) -> bool {
    let said = line.strip_prefix("This is FreeRDP version ");
    let number = |said: &str| said.split(' ').any(|word| word.starts_with("3."));
    said.is_some_and(number)
}

/// Builds these tests outside, and runs them inside, one after another.
fn tried(root: &Path, what: &[&str], seen: &mut Vec<String>) -> Result<()> {
    let cargo = ["test", "--no-fail-fast"];
    Program::cargo().args(cargo).args(what).args(["--no-run"]).run()?;
    let run = entering(Program::within(MINUTES, "unshare"), root).args([Program::cargo_path()]);
    let run = run.args(cargo).args(what).args(["--", "--nocapture", "--test-threads=1"]);
    let mut began = String::new();
    let ended = run.run_reading(&mut |line| {
        if let Some(test) = begins(line) {
            test.clone_into(&mut began);
        }
        seen.extend(told(line).map(|said| format!("{}: {said}", what.join(" "))));
    });
    if ended.is_err() {
        seen.push(format!("not done: {}; the last test that began: {began}", what.join(" ")));
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::is_three;

    #[test]
    fn both_ways_of_telling_are_known_and_no_older_version_is_taken() {
        for (said, three) in [
            ("This is FreeRDP version 3.15.0 (n/a)", true),
            ("This is FreeRDP version [/usr/bin/xfreerdp3] 3.16.0 (3.16.0)", true),
            ("This is FreeRDP version 2.11.7 (2.11.7)", false),
            ("3.15.0", false),
        ] {
            assert_eq!(is_three(said), three, "{said}");
        }
    }
}
