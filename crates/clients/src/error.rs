//! Why no client could be started.

use std::io::ErrorKind;
use std::path::PathBuf;

/// No RDP client that may be started was found. Nothing was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientMissing {
    /// None of the programs is there, or those there are not safe to start.
    #[error("no RDP client installed")]
    NotInstalled {
        /// Where it was looked for, in order.
        looked_at: Vec<PathBuf>,
        /// Those of them that are there, but that others than the administrator may change.
        unsafe_ones: Vec<PathBuf>,
        /// Packages that bring one; any of them will do.
        packages: &'static [&'static str],
    },
}

/// Why a client that was found did not start. The handoff was used for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The handoff names an address that is not loopback, or its user or password is not one-time.
    #[error("not a handoff of an injector")]
    NotAHandoff,
    /// The system did not start the program.
    #[error("program not started")]
    NotStarted(ErrorKind),
    /// What would be left after a crash could not be put into the journal; the client was ended.
    #[error("no journal")]
    NoJournal(ErrorKind),
    /// Windows stored no credential for it, maybe because a policy forbids it; the person can type one.
    #[error("credential not stored")]
    NotStored,
}
