//! Canaries, and the search for them in files: as they are, as Windows spells text, as base64 and
//! backwards.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// How a text may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    Utf8,
    Utf16,
    /// After so many other bytes.
    Base64(usize),
    Reversed,
}

const SPELLINGS: [Spelling; 6] = [
    Spelling::Utf8,
    Spelling::Utf16,
    Spelling::Base64(0),
    Spelling::Base64(1),
    Spelling::Base64(2),
    Spelling::Reversed,
];

/// The shortest part by which the search looks.
const PREFIX: usize = 8;

/// 24 characters that nobody has written before, and that may stand wherever text may.
pub(super) fn canary() -> String {
    let letters = crate::seal::random::<24>().expect("random");
    letters.iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}

/// 12 digits, as many as a PIN may have, that nobody has written before.
pub(super) fn digits() -> String {
    let digits = crate::seal::random::<12>().expect("random");
    digits.iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// The text in this spelling, without what depends on its neighbours.
pub(super) fn spelled(text: &str, spelling: Spelling) -> Vec<u8> {
    match spelling {
        Spelling::Utf8 => text.as_bytes().to_vec(),
        Spelling::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Spelling::Reversed => text.bytes().rev().collect(),
        Spelling::Base64(before) => {
            let bytes = [&vec![0; before], text.as_bytes()].concat();
            let whole = base64(&bytes);
            let first = (before * 8).div_ceil(6);
            whole[first..bytes.len() * 8 / 6].to_vec()
        }
    }
}

/// Base64 without padding.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| usize::from(bytes.get(at / 8).copied().unwrap_or(0) >> (7 - at % 8) & 1);
    let sextet = |at: usize| (0..6).fold(0, |sum, next| sum << 1 | bit(at + next));
    (0..bytes.len() * 8).step_by(6).map(|at| ALPHABET[sextet(at)]).collect()
}

/// What was found of which canary, in which spelling.
pub(super) type Found = BTreeSet<(String, Spelling)>;

/// A canary, one of its spellings, and the bytes of that.
type Needle = (String, Spelling, Vec<u8>);

/// All spellings of many canaries, looked for at once, by how they begin.
pub(super) struct Search(HashMap<[u8; PREFIX], Vec<Needle>>);

impl Search {
    pub(super) fn new<'a>(canaries: impl Iterator<Item = &'a String>) -> Self {
        let mut needles: HashMap<_, Vec<_>> = HashMap::new();
        for canary in canaries {
            for spelling in SPELLINGS {
                let needle = spelled(canary, spelling);
                let prefix = *needle.first_chunk().expect("long enough");
                needles.entry(prefix).or_default().push((canary.clone(), spelling, needle));
            }
        }
        Self(needles)
    }

    pub(super) fn bytes(&self, bytes: &[u8]) -> Found {
        let mut found = Found::new();
        for (at, prefix) in bytes.windows(PREFIX).enumerate() {
            for (canary, spelling, needle) in self.0.get(prefix).into_iter().flatten() {
                if bytes[at..].starts_with(needle) {
                    found.insert((canary.clone(), *spelling));
                }
            }
        }
        found
    }

    /// In every file of the folder and below it, by the file.
    pub(super) fn files(&self, folder: &Path) -> Vec<(PathBuf, Found)> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).expect("lists") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                all.extend(self.files(&path));
            } else {
                let found = self.bytes(&std::fs::read(&path).expect("reads"));
                all.push((path, found));
            }
        }
        all
    }
}

#[test]
fn a_text_is_found_in_every_spelling_wherever_it_stands() {
    let canaries = [canary(), canary()];
    let search = Search::new(canaries.iter());
    assert_eq!(search.bytes(format!("{}{}", canary(), digits()).as_bytes()), Found::new());
    for spelling in SPELLINGS {
        let before = if let Spelling::Base64(before) = spelling { before } else { 0 };
        let text = format!("{}{} and more", "x".repeat(before), canaries[1]);
        let written = match spelling {
            Spelling::Base64(_) => base64(text.as_bytes()),
            Spelling::Utf8 | Spelling::Utf16 | Spelling::Reversed => spelled(&text, spelling),
        };
        assert!(search.bytes(&written).contains(&(canaries[1].clone(), spelling)), "{spelling:?}");
    }
}
