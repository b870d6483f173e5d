//! A process, those that it started, and the sockets that they hold.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Whether a socket is held by a process of the tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Held {
    Yes,
    No,
    /// The files of one of them may not be looked at.
    NotTold,
}

/// Whether `root` or a process below it holds this socket.
pub(super) fn holds(root: u32, socket: u64) -> Held {
    let name = format!("socket:[{socket}]");
    let mut held = Held::No;
    for process in family(root) {
        match has_open(process, &name) {
            Held::Yes => return Held::Yes,
            Held::NotTold => held = Held::NotTold,
            Held::No => {}
        }
    }
    held
}

/// Whether a process has ended, also where nobody has asked for its exit code yet.
pub(in super::super) fn is_gone(process: u32) -> bool {
    status(process).is_none_or(|(state, _)| matches!(state, 'Z' | 'X'))
}

fn has_open(process: u32, name: &str) -> Held {
    let files = match fs::read_dir(format!("/proc/{process}/fd")) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Held::NotTold,
        // It has ended meanwhile, and its files are closed.
        Err(_) => return Held::No,
    };
    let mut targets = files.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
    if targets.any(|target| target == Path::new(name)) { Held::Yes } else { Held::No }
}

/// The process and all below it. By parents, not by `children`: that file misses some while one ends.
fn family(root: u32) -> Vec<u32> {
    let all = processes();
    let mut family: Vec<u32> =
        all.iter().map(|(process, _)| *process).filter(|p| *p == root).collect();
    let mut looked_at = 0;
    while let Some(parent) = family.get(looked_at).copied() {
        looked_at += 1;
        let children =
            all.iter().filter(|(process, of)| *of == parent && !family.contains(process));
        let children: Vec<u32> = children.map(|(process, _)| *process).collect();
        family.extend(children);
    }
    family
}

/// Every process, with its parent.
fn processes() -> Vec<(u32, u32)> {
    let Ok(folders) = fs::read_dir("/proc") else { return Vec::new() };
    let numbers = folders.filter_map(|folder| folder.ok()?.file_name().to_str()?.parse().ok());
    numbers.filter_map(|process| Some((process, status(process)?.1))).collect()
}

/// State and parent (`proc_pid_stat`). The name before them may hold anything, brackets too.
fn status(process: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::process::id;

    use super::*;

    #[test]
    fn this_process_is_below_its_parent_and_no_process_twice() {
        let (state, parent) = status(id()).unwrap();
        assert!(matches!(state, 'R' | 'S' | 'D'), "{state}");
        let family = family(parent);
        assert_eq!(family.iter().filter(|process| **process == id()).count(), 1);
        assert_eq!(super::family(id()).first(), Some(&id()));
    }

    #[test]
    fn a_socket_that_nobody_has_is_not_held() {
        assert_eq!(holds(id(), u64::MAX), Held::No);
        assert_eq!(holds(u32::MAX, 1), Held::No);
    }
}
