//! What lies outside our process while sessions run, in a journal: if this program is killed, the next
//! start takes it away.
//!
//! A row is written before the thing is of any use, and taken out when the thing is gone. One program
//! at a time holds the journal.

mod file;
mod left;
mod process;
mod sweep;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use self::file::JournalFile;
pub use self::left::Left;
pub use self::sweep::{Credentials, NoCredentials, Swept};
#[cfg(not(windows))]
use crate::freerdp::is_listed;
#[cfg(windows)]
use crate::mstsc::is_listed;

/// This system's store of credentials: only mstsc reads one.
#[cfg(not(windows))]
pub use self::sweep::NoCredentials as OsCredentials;
#[cfg(windows)]
pub use crate::mstsc::OsCredentials;

/// The journal.
#[derive(Debug, Clone)]
pub struct Residue(Arc<Mutex<Journal>>);

#[derive(Debug)]
struct Journal {
    /// Nowhere: nothing is kept.
    file: Option<JournalFile>,
    /// What a program that was killed has left, once it was read; it stays until it is swept.
    before: Option<Vec<Left>>,
    /// Where that file was put, if it was damaged.
    set_aside: Option<PathBuf>,
    rows: BTreeMap<u64, Left>,
    next: u64,
}

impl Residue {
    /// The journal in this folder, which is made where it is missing. What a program that was killed
    /// left is in it until [`Self::sweep`].
    ///
    /// # Errors
    /// `WouldBlock` while another program of ours has it; others as the system gives them.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self::over(Some(JournalFile::open(folder)?)))
    }

    /// One that keeps nothing, where there can be none.
    #[must_use]
    pub fn nowhere() -> Self {
        Self::over(None)
    }

    fn over(file: Option<JournalFile>) -> Self {
        let rows = BTreeMap::new();
        let journal = Journal { file, before: None, set_aside: None, rows, next: 0 };
        Self(Arc::new(Mutex::new(journal)))
    }

    /// Writes it down, before it is made or before it is of any use.
    ///
    /// # Errors
    /// Where it could not be written; then it must not be made.
    pub fn note(&self, left: Left) -> io::Result<Note> {
        let mut journal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        journal.read()?;
        let row = journal.next;
        journal.rows.insert(row, left);
        if let Err(error) = journal.write() {
            journal.rows.remove(&row);
            return Err(error);
        }
        journal.next += 1;
        drop(journal);
        Ok(Note { residue: self.clone(), row })
    }

    /// Takes away what a program that was killed has left, and empties the journal of it: clients of the
    /// fixed list that were sent to a session, and one-time credentials. To be called once.
    ///
    /// # Errors
    /// Where the journal could not be read or written.
    pub fn sweep(&self, credentials: &impl Credentials) -> io::Result<Swept> {
        self.sweep_of(credentials, |id, program| is_listed(program) && process::is_sent_to_us(id))
    }

    fn sweep_of(
        &self,
        credentials: &impl Credentials,
        is_client: impl Fn(u32, &Path) -> bool,
    ) -> io::Result<Swept> {
        let mut journal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        journal.read()?;
        let set_aside = journal.set_aside.take();
        let left = journal.before.take().unwrap_or_default();
        let (swept, kept) = sweep::sweep(left, credentials, is_client);
        for left in kept {
            let row = journal.next;
            journal.rows.insert(row, left);
            journal.next += 1;
        }
        journal.before = Some(Vec::new());
        journal.write()?;
        Ok(Swept { set_aside, ..swept })
    }
}

impl Journal {
    /// What stood in the file before this program wrote to it, read once.
    fn read(&mut self) -> io::Result<()> {
        if let Some(file) = self.file.as_ref().filter(|_| self.before.is_none()) {
            let (before, set_aside) = file.read()?;
            (self.before, self.set_aside) = (Some(before), set_aside);
        }
        Ok(())
    }

    fn write(&self) -> io::Result<()> {
        let rows = self.before.iter().flatten().chain(self.rows.values());
        self.file.as_ref().map_or(Ok(()), |file| file.write(rows))
    }
}

/// A row of the journal. Dropping it leaves the row there.
#[derive(Debug)]
pub struct Note {
    residue: Residue,
    row: u64,
}

impl Note {
    /// The thing is gone. A journal that cannot be written says so in the log: the next sweep finds
    /// nothing to take away.
    pub fn gone(self) {
        let mut journal = self.residue.0.lock().unwrap_or_else(PoisonError::into_inner);
        journal.rows.remove(&self.row);
        if let Err(error) = journal.write() {
            tracing::warn!(%error, "The residue journal could not be written");
        }
    }
}
