//! What a program and all that it starts asked of the system: programs and files.
#![expect(clippy::disallowed_types, reason = "strace runs the programs that are looked at")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use usher_testsuite::Result;

use crate::room::Room;

/// A command that runs a program of a room and writes down every program that is started, with its
/// whole environment, and every file that is opened or made.
pub(crate) fn traced(room: &Room, program: &str, to: &Path) -> Command {
    let mut command = room.command("/usr/bin/strace");
    command.args(["-f", "--seccomp-bpf", "-qq", "-v", "-s", "65535", "-e"]);
    command
        .arg("trace=execve,execveat,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,symlink");
    command.arg("-o").arg(to).arg(program);
    command
}

/// What was written down.
pub(crate) struct Trace(String);

impl Trace {
    pub(crate) fn read(from: &Path) -> Result<Self> {
        Ok(Self(String::from_utf8_lossy(&fs::read(from)?).into_owned()))
    }

    /// The calls that start a program, each with all its arguments and its environment.
    pub(crate) fn starts(&self) -> impl Iterator<Item = &str> {
        self.0.lines().filter(|line| line.contains("execve("))
    }

    /// The programs that were started.
    pub(crate) fn programs(&self) -> BTreeSet<&str> {
        let done = self.starts().filter(|line| line.ends_with("= 0"));
        done.filter_map(|line| line.split('"').nth(1)).collect()
    }

    /// The files that were made, and where others were moved to.
    pub(crate) fn made(&self) -> BTreeSet<PathBuf> {
        let makes = |line: &&str| {
            line.contains("O_CREAT")
                || ["creat(", "mkdir", "rename", "symlink("].iter().any(|call| line.contains(call))
        };
        let done = self.0.lines().filter(makes).filter(|line| !line.contains(" = -1 "));
        // The last path is the one that is new.
        let paths = done.filter_map(|line| line.split('"').rfind(|part| part.starts_with('/')));
        paths.map(PathBuf::from).collect()
    }
}
