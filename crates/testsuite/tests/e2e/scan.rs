//! Looking for a password wherever another program of the same person could find it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

mod fragments;
mod memory;

pub(crate) use fragments::Fragments;
pub(crate) use memory::in_memory;

/// The spellings in which characters lie in memory and files.
fn spellings(text: &str) -> [Vec<u8>; 3] {
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reversed: String = text.chars().rev().collect();
    [text.as_bytes().to_vec(), utf16, reversed.into_bytes()]
}

/// Whether any spelling of the text is in these bytes.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    spellings(text).iter().any(|wanted| memchr::memmem::find(bytes, wanted).is_some())
}

/// The processes of this person, those included that forbid being read.
fn processes() -> Vec<u32> {
    let me = format!("Uid:\t{}\t", rustix::process::geteuid().as_raw());
    let mine = |pid: &u32| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line.starts_with(&me))
    };
    let all = fs::read_dir("/proc").expect("processes can be listed").flatten();
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(mine).collect()
}

/// The processes whose program is called this.
pub(crate) fn called(program: &str) -> Vec<u32> {
    let name = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    processes().into_iter().filter(|pid| name(pid).trim() == program).collect()
}

/// The processes of this person that could hold what was typed and shown, with their names: all but
/// this one, WebDriver's, through which it was typed, and the host's, which is another machine.
fn looked_at() -> Vec<(u32, String)> {
    let name = |pid: u32| fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    let others = processes().into_iter().filter(|pid| *pid != std::process::id());
    let named = others.map(|pid| (pid, name(pid).trim().to_owned()));
    let elsewhere = |name: &str| name == "WebKitWebDriver" || name.starts_with("freerdp-shadow");
    named.filter(|(_, name)| !elsewhere(name)).collect()
}

/// Looks at command lines and environments again and again, from another thread.
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    found: JoinHandle<(BTreeSet<PathBuf>, u64)>,
}

impl Watch {
    pub(crate) fn start(text: &str) -> Self {
        let (stop, text) = (Arc::new(AtomicBool::new(false)), text.to_owned());
        let stopped = Arc::clone(&stop);
        let found = std::thread::spawn(move || {
            let (mut found, mut looks) = (BTreeSet::new(), 0);
            while !stopped.load(Ordering::Relaxed) {
                for pid in processes() {
                    for file in ["cmdline", "environ"] {
                        let file = PathBuf::from(format!("/proc/{pid}/{file}"));
                        looks += 1;
                        // A process that has ended meanwhile, or another person's, tells nothing.
                        if fs::read(&file).is_ok_and(|bytes| holds(&bytes, &text)) {
                            found.insert(file);
                        }
                    }
                }
            }
            (found, looks)
        });
        Self { stop, found }
    }

    /// Where it was found, and how many times was looked.
    pub(crate) fn end(self) -> (BTreeSet<PathBuf>, u64) {
        self.stop.store(true, Ordering::Relaxed);
        self.found.join().expect("the watch ends")
    }
}

/// Files beneath a folder that hold the text, in any spelling.
pub(crate) fn files(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let kind = entry.file_type().expect("a file has a type");
        if kind.is_dir() {
            found.extend(files(&path, text));
        } else if kind.is_file() && fs::read(&path).is_ok_and(|bytes| holds(&bytes, text)) {
            found.push(path);
        }
    }
    found
}
