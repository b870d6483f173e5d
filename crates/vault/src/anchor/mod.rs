//! The anchor: how this device last saw the vault, in the OS keyring, where who puts an older copy of
//! the file back does not reach.
//!
//! It is written behind, after the commit, by a thread of its own: several notes in a row come to one
//! writing. A file that is ahead of its anchor is fine; one that is behind was rolled back.

mod note;

use std::collections::BTreeMap;
use std::sync::mpsc as reply;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::{mpsc, watch};
use usher_core::error::{KeyringError, StoreError};

use crate::device::Device;
use crate::seal::VaultId;
use crate::vault::Mark;
use crate::witness::{AuditAnchor, Witness};

pub(crate) use note::{Note, item};

/// Reads the anchor, and has it written. Dropping it writes what is due.
pub(crate) struct Anchor {
    device: Arc<dyn Device>,
    jobs: Option<mpsc::UnboundedSender<Job>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<KeyringError>>>,
}

enum Job {
    Note(VaultId, Note),
    Flush(reply::Sender<()>),
}

impl Anchor {
    /// Starts the thread. What the witness is told of the audit log is noted, too, once the witness
    /// has read what was noted before.
    ///
    /// # Errors
    /// `Failed` where the OS gives no thread.
    pub(crate) fn start(device: Arc<dyn Device>, witness: &Witness) -> Result<Self, StoreError> {
        let (jobs, due) = mpsc::unbounded_channel();
        let trouble = Arc::default();
        let writer = Writer {
            device: Arc::clone(&device),
            due: BTreeMap::new(),
            trouble: Arc::clone(&trouble),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|_| StoreError::Failed)?;
        let audit = (witness.clone(), witness.audit_anchors());
        let keeps = Arc::clone(&device);
        witness.is_kept_by(Arc::new(move |vault| {
            Ok(note::read(&*keeps, vault)?.and_then(|note| note.audit))
        }));
        let run = move || runtime.block_on(writer.run(due, audit));
        let thread = thread::Builder::new()
            .name("usher-anchor".to_owned())
            .spawn(run)
            .map_err(|_| StoreError::Failed)?;
        Ok(Self { device, jobs: Some(jobs), thread: Some(thread), trouble })
    }

    /// What stands in the keyring of this vault.
    ///
    /// # Errors
    /// The keyring's; `Failed` also where what stands there is no anchor.
    pub(crate) fn read(&self, vault: VaultId) -> Result<Option<Note>, KeyringError> {
        self.flush();
        note::read(&*self.device, vault)
    }

    /// Has the state of the vault noted.
    pub(crate) fn note(&self, vault: VaultId, mark: Mark) {
        self.send(Job::Note(vault, Note { vault: Some(mark), audit: None }));
    }

    /// Waits until what is due has been written, or could not be.
    pub(crate) fn flush(&self) {
        let (done, wait) = reply::channel();
        self.send(Job::Flush(done));
        // An error means that the thread has ended; then nothing is due any more.
        wait.recv().ok();
    }

    /// Why the last writing failed, if it did. It is tried again with the next note.
    pub(crate) fn trouble(&self) -> Option<KeyringError> {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The thread ends only with the sender.
            jobs.send(job).ok();
        }
    }
}

impl Drop for Anchor {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // A panic on that thread has left the anchor behind the file, which is legal.
            thread.join().ok();
        }
    }
}

struct Writer {
    device: Arc<dyn Device>,
    due: BTreeMap<VaultId, Note>,
    trouble: Arc<Mutex<Option<KeyringError>>>,
}

type Audit = (Witness, watch::Receiver<Option<AuditAnchor>>);

impl Writer {
    async fn run(mut self, mut jobs: mpsc::UnboundedReceiver<Job>, (witness, mut audit): Audit) {
        loop {
            let mut asked: Vec<reply::Sender<()>> = Vec::new();
            tokio::select! {
                biased;
                changed = audit.changed() => {
                    if changed.is_ok() {
                        self.take_audit(&witness, &mut audit);
                    }
                }
                job = jobs.recv() => match job {
                    Some(job) => self.take(job, &mut asked),
                    None => break,
                }
            }
            while let Ok(job) = jobs.try_recv() {
                self.take(job, &mut asked);
            }
            self.write();
            for done in asked {
                // Whoever asked may have gone.
                done.send(()).ok();
            }
        }
        self.take_audit(&witness, &mut audit);
        self.write();
    }

    fn take(&mut self, job: Job, asked: &mut Vec<reply::Sender<()>>) {
        match job {
            Job::Note(vault, note) => self.due.entry(vault).or_default().take(note),
            Job::Flush(done) => asked.push(done),
        }
    }

    fn take_audit(&mut self, witness: &Witness, audit: &mut watch::Receiver<Option<AuditAnchor>>) {
        let anchor = *audit.borrow_and_update();
        if let (Some(vault), Some(anchor)) = (witness.vault(), anchor)
            && witness.may_note(vault)
        {
            let note = Note { vault: None, audit: Some(anchor) };
            self.due.entry(vault).or_default().take(note);
        }
    }

    /// Writes what is due. What fails stays due.
    fn write(&mut self) {
        let mut trouble = None;
        self.due.retain(|vault, due| match note::merge(&*self.device, *vault, *due) {
            Ok(()) => false,
            Err(error) => {
                trouble = Some(error);
                true
            }
        });
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::MemoryDevice;

    const VAULT: VaultId = VaultId::from_bytes([7; 32]);

    fn mark(number: u64) -> Mark {
        let byte = u8::try_from(number).expect("small");
        Mark { number, hash: [byte; 32], charter: (1, [1; 32]) }
    }

    fn start(device: &MemoryDevice) -> Anchor {
        Anchor::start(Arc::new(device.clone()), &Witness::default()).expect("starts")
    }

    fn noted(device: &MemoryDevice) -> Option<Note> {
        note::read(device, VAULT).expect("reads")
    }

    #[test]
    fn what_was_noted_is_in_the_keyring_after_a_flush_and_after_a_drop() {
        let device = MemoryDevice::default();
        let anchor = start(&device);
        assert_eq!(anchor.read(VAULT), Ok(None));
        (1..=5).for_each(|number| anchor.note(VAULT, mark(number)));
        anchor.flush();
        assert_eq!(noted(&device).expect("there").vault, Some(mark(5)));
        anchor.note(VAULT, mark(6));
        drop(anchor);
        assert_eq!(noted(&device).expect("there").vault, Some(mark(6)));
    }

    #[test]
    fn an_older_note_never_takes_the_place_of_a_later_one() {
        let device = MemoryDevice::default();
        let (one, other) = (start(&device), start(&device));
        one.note(VAULT, mark(9));
        one.flush();
        other.note(VAULT, mark(3));
        other.flush();
        assert_eq!(noted(&device).expect("there").vault, Some(mark(9)));
    }

    #[test]
    fn what_could_not_be_written_is_told_and_written_with_the_next_note() {
        let device = MemoryDevice::default();
        let anchor = start(&device);
        device.breaks(Some(KeyringError::Locked));
        anchor.note(VAULT, mark(2));
        anchor.flush();
        assert_eq!(anchor.trouble(), Some(KeyringError::Locked));
        device.breaks(None);
        anchor.flush();
        assert_eq!((anchor.trouble(), noted(&device).expect("there").vault), (None, Some(mark(2))));
    }

    #[test]
    fn the_audit_logs_part_and_the_vaults_leave_each_other_be() {
        let device = MemoryDevice::default();
        let anchor = start(&device);
        anchor.note(VAULT, mark(4));
        anchor.flush();
        let log = AuditAnchor { number: 70, head: [3; 32] };
        let note = Note { vault: None, audit: Some(log) };
        note::merge(&device, VAULT, note).expect("writes");
        anchor.note(VAULT, mark(5));
        anchor.flush();
        let both = noted(&device).expect("there");
        assert_eq!((both.vault, both.audit), (Some(mark(5)), Some(log)));
    }
}
