//! Takes away what was left.

use std::io;
use std::path::PathBuf;

use super::Left;
use super::process::{self, Ended};

/// The OS's store of credentials that clients read.
pub trait Credentials {
    /// Removes the item; one that is not there is removed already.
    ///
    /// # Errors
    /// As the system gives them; the item may still be there.
    fn remove(&self, target: &str) -> io::Result<()>;
}

/// Where clients read no such store.
#[derive(Debug, Clone, Copy)]
pub struct NoCredentials;

impl Credentials for NoCredentials {
    fn remove(&self, _target: &str) -> io::Result<()> {
        Ok(())
    }
}

/// What a sweep did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Clients that still ran and were ended.
    pub ended: usize,
    /// Credentials that were removed, or were gone already.
    pub removed: usize,
    /// Clients that had ended by themselves.
    pub gone: usize,
    /// What could not be taken away; it stays in the journal for the next time.
    pub kept: usize,
    /// Where a damaged journal was put; what could be read of it was swept.
    pub set_aside: Option<PathBuf>,
}

/// Sweeps, and gives back what is still there.
pub(super) fn sweep(left: Vec<Left>, credentials: &impl Credentials) -> (Swept, Vec<Left>) {
    let mut swept = Swept::default();
    let mut kept = Vec::new();
    for thing in left {
        match take_away(&thing, credentials) {
            Away::Ended => swept.ended += 1,
            Away::Removed => swept.removed += 1,
            Away::Gone => swept.gone += 1,
            Away::Kept => kept.push(thing),
        }
    }
    swept.kept = kept.len();
    (swept, kept)
}

enum Away {
    Ended,
    Removed,
    Gone,
    Kept,
}

fn take_away(thing: &Left, credentials: &impl Credentials) -> Away {
    match thing {
        Left::Process { id, started, program } => match process::end(*id, *started, program) {
            Ended::Now => Away::Ended,
            Ended::Before => Away::Gone,
            Ended::NotYet => Away::Kept,
        },
        Left::Credential { target } => match credentials.remove(target) {
            Ok(()) => Away::Removed,
            Err(error) => {
                tracing::warn!(%error, "A one-time credential could not be removed");
                Away::Kept
            }
        },
    }
}
