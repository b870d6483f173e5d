//! Where a holder and its clients live: folders and a display of their own.
#![expect(clippy::disallowed_types, reason = "the holder is a program of this crate's")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memmem;
use tempfile::TempDir;
use usher_sandbox::display::Display;
use usher_testsuite::Result;
use usher_testsuite::holder::Holder;

/// Long enough for a slow machine; a check that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(40);

/// Home, temporary and runtime folder, and a display.
pub(crate) struct Room {
    folder: TempDir,
    pub(crate) display: Display,
}

impl Room {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for name in ["home", "tmp", "run", "journal"] {
            fs::create_dir(folder.path().join(name))?;
        }
        Ok(Self { folder, display: Display::start(1280, 960)? })
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A holder in it.
    pub(crate) fn holder(&self) -> Result<Holder> {
        Holder::start(&mut self.command(env!("CARGO_BIN_EXE_holder")))
    }

    /// A program in it, with nothing else of our environment.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.env("DISPLAY", self.display.name()).env("HOME", self.path("home"));
        command.env("TMPDIR", self.path("tmp")).env("XDG_RUNTIME_DIR", self.path("run"));
        command
    }

    /// Every file in it that holds this text, in any of its spellings.
    pub(crate) fn files_with(&self, text: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(self.folder.path(), &mut |file| {
            // One that is gone again holds nothing.
            let bytes = fs::read(file).unwrap_or_default();
            if count(&bytes, text) > 0 {
                found.push(file.to_owned());
            }
        });
        found
    }

    /// Every file in it, with its size.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, u64> {
        let mut found = BTreeMap::new();
        walk(self.folder.path(), &mut |file| {
            let size = fs::metadata(file).map_or(0, |file| file.len());
            found.insert(file.to_owned(), size);
        });
        found
    }

    /// The processes that live in it.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let mark = format!("HOME={}", self.path("home").display());
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        ids.filter(|id| count(&proc(*id, "environ"), &mark) > 0).collect()
    }

    /// Waits until no process lives in it.
    pub(crate) fn until_empty(&self) {
        until("the room's processes end", || self.processes().is_empty().then_some(()));
    }
}

fn walk(folder: &Path, each: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, each),
            Ok(kind) if kind.is_file() => each(&path),
            _ => {}
        }
    }
}

/// Looks again and again until there is something to see.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what}: not in time");
        thread::sleep(Duration::from_millis(20));
    }
}

/// How often this text is there, in any of its spellings.
pub(crate) fn count(bytes: &[u8], text: &str) -> usize {
    spellings(text).iter().map(|spelt| memmem::find_iter(bytes, spelt).count()).sum()
}

/// As it is, in UTF-16, backwards, and in Base64 wherever in a longer text it stands.
pub(crate) fn spellings(text: &str) -> Vec<Vec<u8>> {
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut spelt = vec![text.as_bytes().to_vec(), utf16, text.bytes().rev().collect()];
    for before in 0..3 {
        let longer = ["?".repeat(before).as_bytes(), text.as_bytes()].concat();
        let encoded = STANDARD_NO_PAD.encode(longer).into_bytes();
        // The first and the last characters hold bits of what stands around it.
        let inside = encoded.len().saturating_sub(1);
        spelt.extend(encoded.get((before * 4).div_ceil(3)..inside).map(<[u8]>::to_vec));
    }
    spelt
}

/// A file of a process; empty if it is gone.
pub(crate) fn proc(process: u32, what: &str) -> Vec<u8> {
    fs::read(format!("/proc/{process}/{what}")).unwrap_or_default()
}

/// All memory that a process can write to.
pub(crate) fn memory(process: u32) -> Vec<u8> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("its maps");
    let mut file = File::open(format!("/proc/{process}/mem")).expect("its memory");
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').expect("a range");
        let (from, to) = range.split_once('-').expect("a range");
        let from = u64::from_str_radix(from, 16).expect("hex");
        let length = u64::from_str_radix(to, 16).expect("hex") - from;
        if file.seek(SeekFrom::Start(from)).is_ok() {
            // A mapping that vanished meanwhile holds nothing any more.
            file.by_ref().take(length).read_to_end(&mut all).unwrap_or_default();
        }
    }
    all
}
