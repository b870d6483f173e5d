//! Debian's packages: asking dpkg, installing by apt-get.

use std::{fs, path::Path, time::Duration};

use anyhow::{Result, bail};

use super::needed::Needed;
use crate::{program, program::Program, say};

/// How to install.
pub(super) struct Apt {
    /// Package lists older than this are fetched anew.
    pub(super) fresh: Duration,
    /// Only say what would be done.
    pub(super) no_install: bool,
    /// Whether packages that stand in the way may go.
    pub(super) may_remove: bool,
}

impl Apt {
    /// Whether one of these is installed.
    pub(super) fn has_any(names: &[&str]) -> bool {
        names.iter().any(|name| {
            let asked = Program::new("dpkg-query").args(["-W", "-f", "${db:Status-Status}", name]);
            asked.ask().is_some_and(|(ok, said)| ok && said == "installed")
        })
    }

    pub(super) fn install(&self, missing: &[&Needed]) -> Result<()> {
        if self.no_install {
            let names: Vec<_> = missing.iter().filter_map(|needed| needed.names.first()).collect();
            let names = names.into_iter().copied().collect::<Vec<_>>().join(" ");
            bail!("not installing; run: apt-get install --no-install-recommends {names}");
        }
        if !self.lists_are_fresh() {
            apt_get(&["update"])?;
        }
        if self.get(&known(missing)).is_ok() {
            return Ok(());
        }
        say::note("Trying again with fresh package lists.");
        apt_get(&["update"])?;
        self.get(&known(missing))
    }

    fn get(&self, names: &[&str]) -> Result<()> {
        let keep: &[&str] = if self.may_remove { &[] } else { &["--no-remove"] };
        apt_get(&[&["install", "-y", "--no-install-recommends"], keep, names].concat())
    }

    fn lists_are_fresh(&self) -> bool {
        let lists = Path::new("/var/lib/apt/lists");
        let mut files = fs::read_dir(lists).into_iter().flatten().flatten();
        let known = files.any(|file| file.file_name().to_string_lossy().contains("_Packages"));
        known && age(lists).is_some_and(|age| age < self.fresh)
    }
}

/// For each need the first package that this release knows, else the first, so that apt names it.
fn known<'needed>(missing: &[&'needed Needed]) -> Vec<&'needed str> {
    let knows = |name: &&&str| {
        let said = Program::new("apt-cache").args(["show", "--no-all-versions", name]).ask();
        said.is_some_and(|(ok, said)| ok && said.contains("Package: "))
    };
    let each =
        missing.iter().map(|needed| needed.names.iter().find(knows).or(needed.names.first()));
    each.flatten().copied().collect()
}

fn apt_get(words: &[&str]) -> Result<()> {
    let is_root = Program::new("id").args(["-u"]).read()?.trim() == "0";
    // sudo hides our environment, so the variable goes through `env`.
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if is_root {
        return Program::new("env").args(quiet.get(1..).unwrap_or_default()).args(words).run();
    }
    if !program::is_installed("sudo") {
        bail!("neither root nor sudo; as root run: apt-get {}", words.join(" "));
    }
    Program::new("sudo").args(quiet).args(words).run()
}

/// How long ago it was changed; nothing if that lies in the future.
fn age(path: &Path) -> Option<Duration> {
    fs::metadata(path).ok()?.modified().ok()?.elapsed().ok()
}
