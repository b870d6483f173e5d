//! Looking for a password wherever another program of the same person could find it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The spellings in which characters lie in memory and files.
fn spellings(text: &str) -> Vec<Vec<u8>> {
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reversed: String = text.chars().rev().collect();
    vec![text.as_bytes().to_vec(), utf16, reversed.into_bytes()]
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

/// The processes of this person that hold the text in memory, by name and id: all but this one,
/// WebDriver's, through which it was typed, and the host's, which is another machine.
pub(crate) fn holders(text: &str) -> Vec<String> {
    let name = |pid: u32| fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    let others = processes().into_iter().filter(|pid| *pid != std::process::id());
    let named = others.map(|pid| (pid, name(pid).trim().to_owned()));
    let elsewhere = |name: &str| name == "WebKitWebDriver" || name.starts_with("freerdp-shadow");
    let looked_at = named.filter(|(_, name)| !elsewhere(name));
    // What cannot be read has ended meanwhile, or keeps its memory shut: the tests that use this
    // start the app with its memory open.
    let holds = |(pid, _): &(u32, String)| in_memory(*pid, text).unwrap_or(false);
    looked_at.filter(holds).map(|(pid, name)| format!("{name} ({pid})")).collect()
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

/// How many pages are looked at in one go, and how large one is.
const PAGES: u64 = 1024;
const PAGE: u64 = 4096;

/// Whether the text is in a process' writable memory, where this person may read it. Pages that are
/// not there are passed over: engines reserve far more than they use.
pub(crate) fn in_memory(pid: u32, text: &str) -> std::io::Result<bool> {
    let maps = fs::read_to_string(format!("/proc/{pid}/smaps"))?;
    let mut process = Process::open(pid)?;
    let mut writable = None;
    for line in maps.lines() {
        let mut words = line.split_ascii_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if let Some(range) = range(first) {
            writable = second.starts_with("rw").then_some(range);
        } else if first == "Rss:"
            && second != "0"
            && let Some((from, to)) = writable
            && process.range_holds(from, to, text)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn range(word: &str) -> Option<(u64, u64)> {
    let (from, to) = word.split_once('-')?;
    Some((u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?))
}

/// A process' memory, and which of its pages there are.
struct Process {
    mem: fs::File,
    pages: fs::File,
}

impl Process {
    fn open(pid: u32) -> std::io::Result<Self> {
        let file = |name| fs::File::open(format!("/proc/{pid}/{name}"));
        Ok(Self { mem: file("mem")?, pages: file("pagemap")? })
    }

    /// Looks through the pages that there are; neighbours together, so that text across their
    /// border is found too.
    fn range_holds(&mut self, from: u64, to: u64, text: &str) -> bool {
        let mut run = Vec::new();
        let mut at = from;
        while at < to {
            let pages = ((to - at) / PAGE).min(PAGES);
            let entries = self.entries(at, pages);
            // Of what engines reserve nearly all is like this, and comparing is quick.
            if entries == [0_u8; 8 * 1024][..entries.len()] {
                if holds(&run, text) {
                    return true;
                }
                run.clear();
                at += pages * PAGE;
                continue;
            }
            for there in entries.chunks_exact(8).map(|entry| entry[7] & 0b1100_0000 != 0) {
                if !there {
                    if holds(&run, text) {
                        return true;
                    }
                    run.clear();
                } else if self.mem.seek(SeekFrom::Start(at)).is_ok() {
                    // A page that cannot be read (a device's, say) is no memory of characters.
                    (&self.mem).take(PAGE).read_to_end(&mut run).unwrap_or_default();
                }
                at += PAGE;
            }
        }
        holds(&run, text)
    }

    /// The pages' entries of 8 bytes: bits 63 and 62 say in memory, or swapped out.
    fn entries(&mut self, at: u64, pages: u64) -> Vec<u8> {
        let length = usize::try_from(pages * 8).expect("a part");
        let mut entries = vec![0_u8; length];
        let read = self.pages.seek(SeekFrom::Start(at / PAGE * 8));
        // An entry that cannot be read counts as a page that is there.
        if read.and_then(|_| self.pages.read_exact(&mut entries)).is_err() {
            entries.fill(u8::MAX);
        }
        entries
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
