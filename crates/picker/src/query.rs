//! What was typed, as words that must each be found somewhere.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher};

use crate::text::Texts;

/// A match in the name counts more than one in another text, by this much for each word.
const IN_NAME: u32 = 16;

/// The words of a query and the matcher's working memory.
pub(crate) struct Query {
    words: Vec<Atom>,
    matcher: Matcher,
}

/// How well a record matches, and where its name does.
#[derive(Debug, Default)]
pub(crate) struct Match {
    pub(crate) score: u32,
    pub(crate) positions: Vec<u32>,
}

impl Query {
    /// Words are what stands between white space. Their characters stand for themselves; a capital
    /// letter asks for capitals (smart case), an accent for the accent.
    pub(crate) fn new(text: &str) -> Self {
        let word = |word: &str| {
            let (case, accents) = (CaseMatching::Smart, Normalization::Smart);
            Atom::new(word, case, accents, AtomKind::Fuzzy, false)
        };
        let words = text.split_whitespace().map(word).collect();
        Self { words, matcher: Matcher::new(Config::DEFAULT) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How the record matches, if each of the words is found in one of its texts.
    pub(crate) fn matches(&mut self, texts: &Texts) -> Option<Match> {
        let mut whole = Match::default();
        for word in &self.words {
            let score = best(word, texts, &mut self.matcher, &mut whole.positions)?;
            whole.score = whole.score.saturating_add(score);
        }
        whole.positions.sort_unstable();
        whole.positions.dedup();
        Some(whole)
    }
}

/// The best score of a word over the texts; its places in the name are added to `positions`.
fn best(
    word: &Atom,
    texts: &Texts,
    matcher: &mut Matcher,
    positions: &mut Vec<u32>,
) -> Option<u32> {
    let name = word
        .indices(texts.name.slice(..), matcher, positions)
        .map(|score| u32::from(score).saturating_add(IN_NAME));
    let other =
        texts.others().filter_map(|text| word.score(text.slice(..), matcher)).max().map(u32::from);
    name.max(other)
}
