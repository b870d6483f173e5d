//! What a program and all that it starts asked of the system: programs and files.
#![expect(clippy::disallowed_types, reason = "strace runs the programs that are looked at")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use usher_testsuite::Result;

use crate::room::Room;

/// Calls that make a file, or move one to a new place. Those with `?` are not there on every processor.
const MAKING: &str = "?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,?renameat,renameat2,\
                      ?symlink,symlinkat,?link,linkat,?mknod,mknodat";
/// Calls that change what a path without a folder means.
const MOVING: &str = "chdir,fchdir";

/// A command that runs a program of a room and writes down every program that is started, with its
/// whole environment, and every file that is opened or made, with the folder that its path begins at.
pub(crate) fn traced(room: &Room, program: &str, to: &Path) -> Command {
    let mut command = room.command("/usr/bin/strace");
    command.args(["-f", "-y", "--seccomp-bpf", "-qq", "-v", "-s", "65535", "-e"]);
    command.arg(format!("trace=execve,execveat,{MAKING},{MOVING}"));
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

    /// The files that were made, and where others were moved to; of a file without a name, its folder.
    /// Where a path does not say its folder, it counts in each that any process of the trace was in.
    pub(crate) fn made(&self) -> BTreeSet<PathBuf> {
        let folders = self.folders();
        let done = self.0.lines().filter(|line| makes(line) && !line.contains(" = -1 "));
        done.filter_map(NewPath::of).flat_map(|path| path.places(&folders)).collect()
    }

    /// Where relative paths may begin. Every program opens its libraries first, and strace tells its
    /// folder then.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let begun = self.0.lines().filter_map(|line| between(line, "AT_FDCWD<", ">"));
        let mut folders: BTreeSet<_> = begun.map(PathBuf::from).collect();
        for line in self.0.lines() {
            let moved = match call(line) {
                "chdir" => NewPath::of(line).map(|path| path.places(&folders)),
                "fchdir" => between(line, "<", ">").map(|to| vec![PathBuf::from(to)]),
                _ => None,
            };
            folders.extend(moved.into_iter().flatten());
        }
        folders
    }
}

/// The call of a line: `12 openat(AT_FDCWD</home>, ...`.
fn call(line: &str) -> &str {
    let name = line.split_once('(').map_or("", |(name, _)| name);
    name.rsplit(' ').next().unwrap_or_default()
}

fn makes(line: &str) -> bool {
    let call = call(line);
    let opens = ["open", "openat", "openat2"].contains(&call);
    let asked = ["O_CREAT", "O_TMPFILE"].iter().any(|flag| line.contains(flag));
    let others = ["creat", "mkdir", "rename", "symlink", "link", "mknod"];
    (opens && asked) || others.iter().any(|other| call.starts_with(other))
}

fn between<'a>(line: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(from)?;
    rest.split_once(to).map(|(inside, _)| inside)
}

/// A call's last path, which is the one that is new, and the folder that stands before it.
struct NewPath<'a> {
    folder: Option<&'a str>,
    path: &'a str,
}

impl<'a> NewPath<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (before, _) = line.rsplit_once('"')?;
        let (before, path) = before.rsplit_once('"')?;
        let folder = before.strip_suffix(">, ").and_then(|rest| rest.rsplit_once('<'));
        Some(Self { folder: folder.map(|(_, folder)| folder), path })
    }

    fn places(&self, folders: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
        match self.folder {
            Some(folder) => vec![plain(&Path::new(folder).join(self.path))],
            None if self.path.starts_with('/') => vec![plain(Path::new(self.path))],
            None => folders.iter().map(|folder| plain(&folder.join(self.path))).collect(),
        }
    }
}

/// Without `.` and `..`, as if there were no links.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
        plain
    })
}

#[test]
fn a_path_counts_in_the_folder_that_it_begins_at() {
    for (lines, made) in [
        ("1 openat(AT_FDCWD</a>, \"x\", O_RDONLY|O_CREAT, 0666) = 3</a/x>", "/a/x"),
        ("1 openat(AT_FDCWD</a>, \".\", O_RDWR|O_TMPFILE, 0600) = 3</a/#12>(deleted)", "/a"),
        ("1 openat2(5</b>, \"x\", {flags=O_CREAT}, 24 <unfinished ...>", "/b/x"),
        ("1 symlinkat(\"/there\", 5</b>, \"../x\") = 0", "/x"),
        ("1 linkat(AT_FDCWD</a>, \"y\", 5</b>, \"x\", 0) = 0", "/b/x"),
        ("1 mknod(\"/b/./x\", S_IFIFO|0600) = 0", "/b/x"),
        ("1 openat(AT_FDCWD</a>, \"y\", O_RDONLY) = 3</a/y>\n1 mkdir(\"x\", 0777) = 0", "/a/x"),
        ("1 chdir(\"/c\") = 0\n1 mkdir(\"x\", 0777) = 0", "/c/x"),
        ("1 fchdir(5</d>) = 0\n1 mkdir(\"x\", 0777) = 0", "/d/x"),
    ] {
        assert_eq!(Trace(lines.to_owned()).made(), BTreeSet::from([made.into()]), "{lines}");
    }
    for line in [
        "1 openat(AT_FDCWD</a>, \"x\", O_RDONLY) = 3</a/x>",
        "1 mkdirat(AT_FDCWD</a>, \"x\", 0777) = -1 EEXIST (File exists)",
    ] {
        assert_eq!(Trace(line.to_owned()).made(), BTreeSet::new(), "{line}");
    }
}
