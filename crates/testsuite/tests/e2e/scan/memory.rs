//! Reading another process' memory, as any program of the same person can where it is not shut.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};

use super::holds;

/// How many pages are looked at in one go, and how large one is.
const PAGES: u64 = 1024;
const PAGE: u64 = 4096;

/// Whether the text is in a process' writable memory, where this person may read it.
pub(crate) fn in_memory(pid: u32, text: &str) -> std::io::Result<bool> {
    let mut found = false;
    each_run(pid, &mut |bytes| found |= holds(bytes, text))?;
    Ok(found)
}

/// Hands out a process' writable memory, what lies side by side in one piece. Pages that are not there
/// are passed over: engines reserve far more than they use.
pub(super) fn each_run(pid: u32, look: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
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
        {
            process.each_run(from, to, look);
        }
    }
    Ok(())
}

fn hand_out(run: &mut Vec<u8>, look: &mut dyn FnMut(&[u8])) {
    if !run.is_empty() {
        look(run);
        run.clear();
    }
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

    /// The pages that there are; neighbours together, so that text across their border is found too.
    fn each_run(&mut self, from: u64, to: u64, look: &mut dyn FnMut(&[u8])) {
        let mut run = Vec::new();
        let mut at = from;
        while at < to {
            let pages = ((to - at) / PAGE).min(PAGES);
            let entries = self.entries(at, pages);
            // Of what engines reserve nearly all is like this, and comparing is quick.
            if entries == [0_u8; 8 * 1024][..entries.len()] {
                hand_out(&mut run, look);
                at += pages * PAGE;
                continue;
            }
            for there in entries.chunks_exact(8).map(|entry| entry[7] & 0b1100_0000 != 0) {
                if !there {
                    hand_out(&mut run, look);
                } else if self.mem.seek(SeekFrom::Start(at)).is_ok() {
                    // A page that cannot be read (a device's, say) is no memory of characters.
                    (&self.mem).take(PAGE).read_to_end(&mut run).unwrap_or_default();
                }
                at += PAGE;
            }
        }
        hand_out(&mut run, look);
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
