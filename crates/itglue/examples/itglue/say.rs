//! Standard error: what is not a result.

use std::{
    fmt::Display,
    io::{self, IsTerminal as _, Write as _},
};

/// A line. That nobody reads it is no reason to stop.
pub(crate) fn line(text: impl Display) {
    writeln!(io::stderr(), "{text}").ok();
}

/// How far a list is, for a person who watches.
pub(crate) fn progress(came: u64, of: u64) {
    if io::stderr().is_terminal() && io::stdout().is_terminal() && came < of {
        line(format!("{came} of {of}"));
    }
}
