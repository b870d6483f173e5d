//! Takes away what was left.

use std::io;
use std::path::{Path, PathBuf};

use super::Left;
use super::process::{self, Ended};
use crate::stored::{is_of_a_session, is_one_time};

/// The OS's store of credentials that clients read.
pub trait Credentials {
    /// The user of the item; `None` where there is no such item.
    ///
    /// # Errors
    /// As the system gives them.
    fn user(&self, target: &str) -> io::Result<Option<String>>;

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
    fn user(&self, _target: &str) -> io::Result<Option<String>> {
        Ok(None)
    }

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
    /// What no Usher leaves: another program wrote it into the journal. It is left alone, and leaves
    /// the journal.
    pub refused: usize,
    /// Where a damaged journal was put; what could be read of it was swept.
    pub set_aside: Option<PathBuf>,
}

/// Sweeps, and gives back what is still there. Every program of this person may write into the journal,
/// so a row counts only where it names what we leave: `is_client` says so of a process and its program.
pub(super) fn sweep(
    left: Vec<Left>,
    credentials: &impl Credentials,
    is_client: impl Fn(u32, &Path) -> bool,
) -> (Swept, Vec<Left>) {
    let mut swept = Swept::default();
    let mut kept = Vec::new();
    for thing in left {
        let away = match &thing {
            Left::Process { id, started, program } => {
                end((*id, *started, program), is_client(*id, program))
            }
            Left::Credential { target } => remove(target, credentials),
        };
        match away {
            Away::Ended => swept.ended += 1,
            Away::Removed => swept.removed += 1,
            Away::Gone => swept.gone += 1,
            Away::Refused => swept.refused += 1,
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
    Refused,
    Kept,
}

fn end((id, started, program): (u32, u64, &Path), is_client: bool) -> Away {
    if !process::identity(id).is_some_and(|(s, p)| s == started && p == program) {
        return Away::Gone;
    }
    if !is_client {
        tracing::warn!("The journal names a process that is no client of ours: left alone");
        return Away::Refused;
    }
    match process::end(id, started, program) {
        Ended::Now => Away::Ended,
        Ended::Before => Away::Gone,
        Ended::NotYet => Away::Kept,
    }
}

fn remove(target: &str, credentials: &impl Credentials) -> Away {
    if is_of_a_session(target) {
        match credentials.user(target) {
            Ok(None) => return Away::Removed,
            Ok(Some(user)) if is_one_time(&user) => return removed(credentials.remove(target)),
            Ok(Some(_)) => {}
            Err(error) => return removed(Err(error)),
        }
    }
    tracing::warn!("The journal names a credential that is not ours: left alone");
    Away::Refused
}

fn removed(result: io::Result<()>) -> Away {
    match result {
        Ok(()) => Away::Removed,
        Err(error) => {
            tracing::warn!(%error, "A one-time credential could not be removed");
            Away::Kept
        }
    }
}
