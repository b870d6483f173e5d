//! What is wrong with a log, in a few words: on the printed report and in the terminal.

use usher_core::audit::LogFault;

/// The same for the word that the protocol carries; `None` for a word of a newer Usher.
#[must_use]
pub fn log_fault_of(word: &str) -> Option<&'static str> {
    LogFault::of_word(word).map(log_fault)
}

/// What is wrong, to be read after a colon.
pub(super) const fn log_fault(fault: LogFault) -> &'static str {
    match fault {
        LogFault::OtherVault => "it is the log of another vault",
        LogFault::Missing => "rows are missing",
        LogFault::Changed => "a row was changed or moved",
        LogFault::Unreadable => "a row was not written by Usher",
        LogFault::SignatureWrong => "a signature does not fit the rows",
        LogFault::CutShort => "rows at the end are missing",
        LogFault::Rewritten => "the rows are not the ones that this computer remembers",
    }
}
