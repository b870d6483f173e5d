//! The list that a person picks from.

use std::cmp::Reverse;

use usher_core::entry::PasswordRecord;

use crate::query::{Match, Query};
use crate::text::Texts;

/// Records in the order in which they came, ready to be searched.
///
/// It grows while records still stream in; what was found before stays valid, for a record's index
/// never changes.
#[derive(Debug, Default)]
pub struct List {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    record: PasswordRecord,
    texts: Texts,
}

/// What a search found, best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The records that match.
    pub hits: Vec<Hit>,
}

/// A record that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which record: for [`List::get`].
    pub index: usize,
    /// Which characters of its name match, counted from 0 in grapheme clusters (what a person
    /// sees as one character), ascending. Empty where the words were found elsewhere.
    pub positions: Vec<u32>,
}

impl List {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds records after those that are there.
    pub fn push(&mut self, records: Vec<PasswordRecord>) {
        let row = |record: PasswordRecord| Row { texts: Texts::of(&record), record };
        self.rows.extend(records.into_iter().map(row));
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The record with this index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&PasswordRecord> {
        self.rows.get(index).map(|row| &row.record)
    }

    /// The records in which each word of the query is found, in any order and in any of name, user
    /// name, category and resource; the best first, equals in the order in which they came.
    ///
    /// Nothing typed finds everything. Records that cannot be launched with (archived, or in a
    /// personal vault) come last in any case.
    #[must_use]
    pub fn search(&self, query: &str) -> Found {
        let mut query = Query::new(query);
        let mut ranked: Vec<_> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some((row, index, row.meets(&mut query)?)))
            .collect();
        // A stable sort keeps equals in the order in which they came.
        ranked.sort_by_key(|(row, _, found)| (row.is_unusable(), Reverse(found.score)));
        let hit = |(_, index, found): (_, _, Match)| Hit { index, positions: found.positions };
        Found { hits: ranked.into_iter().map(hit).collect() }
    }
}

impl Row {
    fn meets(&self, query: &mut Query) -> Option<Match> {
        if query.is_empty() { Some(Match::default()) } else { query.matches(&self.texts) }
    }

    fn is_unusable(&self) -> bool {
        self.record.marks.archived || self.record.marks.vaulted
    }
}
