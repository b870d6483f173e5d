//! Looking for what should be gone, also where only a part of it is left.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::memory::each_run;
use super::{looked_at, spellings};

/// How many characters of a secret in a row count as found. Of six, which the security programme says,
/// some stand in a gigabyte of other text by accident; of eight none do.
const LENGTH: usize = 8;

/// All parts of some secrets, in all spellings, looked for in one go.
pub(crate) struct Fragments {
    finder: AhoCorasick,
    /// Whose each pattern is.
    names: Vec<&'static str>,
}

impl Fragments {
    /// Of these secrets, by their names.
    pub(crate) fn of(secrets: &[(&'static str, String)]) -> Self {
        let each = |(name, text): &(&'static str, String)| {
            let name = *name;
            parts(text).into_iter().map(move |part| (name, part))
        };
        let (names, parts): (Vec<_>, Vec<_>) = secrets.iter().flat_map(each).unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(parts);
        Self { finder: finder.expect("few enough"), names }
    }

    /// Which of the secrets which process still holds a part of.
    pub(crate) fn held(&self) -> BTreeSet<(&'static str, String)> {
        let mut held = BTreeSet::new();
        for (pid, program) in looked_at() {
            // What cannot be read has ended meanwhile, or keeps its memory shut: the tests that use
            // this start the app with its memory open.
            each_run(pid, &mut |bytes| {
                let found = self.finder.find_overlapping_iter(bytes);
                held.extend(found.map(|part| (self.names[part.pattern()], program.clone())));
            })
            .unwrap_or_default();
        }
        held
    }
}

/// The parts of a secret as they lie in memory: as it is, in UTF-16, backwards, and in base64, where it
/// can begin at each of three places.
fn parts(text: &str) -> Vec<Vec<u8>> {
    let [plain, wide, reversed] = spellings(text);
    let encoded = (0..3).map(|before| {
        let line = STANDARD.encode([vec![b' '; before], plain.clone()].concat());
        // What the neighbours have a part in is left away.
        line.as_bytes()[4..line.len() - 4].to_vec()
    });
    let one = [plain.clone(), reversed].into_iter().chain(encoded);
    let narrow = one.flat_map(|line| windows(&line, LENGTH, 1));
    narrow.chain(windows(&wide, 2 * LENGTH, 2)).collect()
}

fn windows(line: &[u8], length: usize, step: usize) -> Vec<Vec<u8>> {
    line.windows(length).step_by(step).map(<[u8]>::to_vec).collect()
}
