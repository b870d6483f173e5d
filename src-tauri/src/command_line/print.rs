//! The one place that writes to the terminal.

use std::fmt::Display;
use std::io::{self, Write as _};

use serde::Serialize;

/// Prints a line. A closed pipe at the other end is no reason to stop the work.
pub(super) fn line(text: impl Display) {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}

/// Prints a line about the work itself to standard error.
pub(super) fn note(text: impl Display) {
    writeln!(io::stderr(), "{text}").ok();
}

/// One JSON object, or words for a person.
pub(super) fn answer(json: bool, object: &impl Serialize, words: impl Display) {
    if !json {
        return line(words);
    }
    match serde_json::to_string(object) {
        Ok(text) => line(text),
        Err(error) => note(error),
    }
}
