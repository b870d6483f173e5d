//! The one place that writes to the terminal.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Prints a line at once. A closed pipe at the other end is no reason to stop the work.
pub(crate) fn line(text: impl Display) {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).ok();
}

/// Prints a line about the work itself to standard error.
pub(crate) fn note(text: impl Display) {
    writeln!(io::stderr(), "{text}").ok();
}

/// A heading before the output of other programs.
pub(crate) fn heading(text: impl Display) {
    line(format!("\n== {text}"));
}
