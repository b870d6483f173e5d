//! An event and the row it becomes.

use super::{About, Outcome, What};
use crate::ids::{PersonId, RunId};
use crate::ports::{Clock, Ports};
use crate::time::Moment;

/// What happened, as the audit log keeps it. Never a secret, never IT Glue's notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// When.
    pub at: Moment,
    /// Who; [`NOBODY`] where that is not known.
    pub person: PersonId,
    /// What.
    pub what: What,
    /// On what, by the name it had.
    pub on: String,
    /// How it went.
    pub outcome: Outcome,
    /// What it was about: the facts that questions and reports go by.
    pub about: About,
    /// More facts, each a closed word and a value that is no secret.
    pub details: Vec<(&'static str, String)>,
    /// The launch it belongs to.
    pub run: Option<RunId>,
}

/// Stands for whoever was not recognised, as with a wrong recovery kit.
pub const NOBODY: PersonId = PersonId::NOBODY;

/// A row of the log: the event and its number, counted from 1 without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The number.
    pub number: u64,
    /// When.
    pub at: Moment,
    /// Who, by id.
    pub person: PersonId,
    /// What, as [`What::word`]; a newer Usher may know words that this one does not.
    pub what: String,
    /// On what.
    pub on: String,
    /// How it went, as [`Outcome::word`].
    pub outcome: String,
    /// What it was about.
    pub about: About,
    /// More facts.
    pub details: Vec<(String, String)>,
    /// The launch it belongs to.
    pub run: Option<RunId>,
}

/// An event that happened now, to be refined with struct update.
pub fn event<P: Ports>(
    ports: &P,
    person: PersonId,
    what: What,
    on: impl Into<String>,
) -> AuditEvent {
    AuditEvent {
        at: ports.clock().now(),
        person,
        what,
        on: on.into(),
        outcome: Outcome::Done,
        about: About::default(),
        details: Vec::new(),
        run: None,
    }
}

impl AuditRow {
    /// The row that an event becomes under this number.
    #[must_use]
    pub fn of(number: u64, event: AuditEvent) -> Self {
        let details = event.details.into_iter();
        Self {
            number,
            at: event.at,
            person: event.person,
            what: event.what.word().to_owned(),
            on: event.on,
            outcome: event.outcome.word().to_owned(),
            about: event.about,
            details: details.map(|(word, value)| (word.to_owned(), value)).collect(),
            run: event.run,
        }
    }

    /// Whether it is of this kind.
    #[must_use]
    pub fn is(&self, what: What) -> bool {
        self.what == what.word()
    }

    /// Whether it went so.
    #[must_use]
    pub fn went(&self, outcome: Outcome) -> bool {
        self.outcome == outcome.word()
    }

    /// All its facts, those of [`About`] first, each under its word.
    #[must_use]
    pub fn facts(&self) -> Vec<(&str, String)> {
        let more = self.details.iter().map(|(word, value)| (word.as_str(), value.clone()));
        self.about.words().into_iter().chain(more).collect()
    }

    /// The value of a detail.
    #[must_use]
    pub fn detail(&self, word: &str) -> Option<&str> {
        self.details.iter().find(|(known, _)| known == word).map(|(_, value)| value.as_str())
    }
}
