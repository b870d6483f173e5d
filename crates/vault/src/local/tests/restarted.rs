//! The log shortened or emptied while Usher is not running, and rows recorded before anybody is in.

use std::sync::Arc;

use usher_core::audit::{AuditEvent, AuditRow, LogFault, Outcome, Verdict, What};
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::PersonId;
use usher_core::ports::LocalStore;

use super::older::write_older;
use super::stage::{Stage, VAULT, all, event};
use crate::anchor::Anchor;
use crate::device::MemoryDevice;
use crate::{Local, Witness};

/// A run of Usher: its log, and the keyring it writes down where that stands.
struct Run {
    witness: Witness,
    local: Local,
    anchor: Anchor,
}

impl Run {
    /// Started on this computer. What it knows of the log is what the keyring says.
    fn start(stage: &Stage, device: &MemoryDevice) -> Self {
        let witness = Witness::default();
        let anchor = Anchor::start(Arc::new(device.clone()), &witness).expect("a thread");
        stage.knows(&witness, VAULT);
        let local = Local::open_or_create(&stage.path, &witness).expect("opens");
        Self { witness, local, anchor }
    }

    /// Somebody tries the door, so many times. Nobody is in.
    async fn refuses(&self, times: u64) {
        for at in 1..=times {
            self.local.record(refused(at)).await.expect("records");
            // As it is when they do not come all at once.
            self.anchor.flush();
        }
    }

    async fn verdict(&self) -> Verdict {
        self.local.verify().await.expect("verifies")
    }

    async fn rows(&self, stage: &Stage) -> Vec<AuditRow> {
        stage.unlock_for(&self.witness);
        all(&self.local).await
    }
}

fn refused(at: u64) -> AuditEvent {
    let outcome = Outcome::Refused;
    AuditEvent { what: What::UnlockRefused, person: PersonId::NOBODY, outcome, ..event(at) }
}

/// A log of ten rows that the keyring knows of; Usher is not running.
async fn left() -> (Stage, MemoryDevice) {
    let (stage, device) = (Stage::new(), MemoryDevice::default());
    let run = Run::start(&stage, &device);
    stage.unlock_for(&run.witness);
    for at in 1..=10 {
        run.local.record(event(at)).await.expect("records");
    }
    assert!(run.verdict().await.is_good());
    drop(run);
    (stage, device)
}

fn cut(stage: &Stage) {
    let sql = "DELETE FROM audit WHERE number > 5; DELETE FROM audit_head WHERE number > 5";
    stage.stranger().execute_batch(sql).expect("cuts");
}

fn throw_away(stage: &Stage) {
    for end in ["", "-wal", "-shm"] {
        let file = stage.folder.path().join(format!("local.sqlite{end}"));
        assert!(!file.exists() || std::fs::remove_file(file).is_ok());
    }
}

async fn is_on_record(run: &Run, stage: &Stage) -> bool {
    run.rows(stage).await.iter().any(|row| row.what == "log_not_as_left")
}

#[tokio::test]
async fn a_shortened_log_is_seen_at_the_door() {
    let (stage, device) = left().await;
    cut(&stage);
    let verdict = Run::start(&stage, &device).verdict().await;
    assert_eq!((verdict.first_bad, verdict.fault), (Some(6), Some(LogFault::CutShort)));
}

#[tokio::test]
async fn refused_unlocks_do_not_cover_up_a_shortened_log() {
    let (stage, device) = left().await;
    cut(&stage);
    let run = Run::start(&stage, &device);
    run.refuses(6).await;
    assert_eq!(run.verdict().await.first_bad, Some(6));
    drop(run);
    let run = Run::start(&stage, &device);
    assert_eq!(run.verdict().await.first_bad, Some(6));
    assert!(is_on_record(&run, &stage).await);
}

#[tokio::test]
async fn refused_unlocks_do_not_cover_up_what_is_cut_off_while_usher_runs() {
    let (stage, device) = left().await;
    let run = Run::start(&stage, &device);
    run.refuses(1).await;
    cut(&stage);
    run.refuses(8).await;
    assert_eq!(run.verdict().await.first_bad, Some(6));
    drop(run);
    let run = Run::start(&stage, &device);
    assert_eq!(run.verdict().await.first_bad, Some(6));
    assert!(is_on_record(&run, &stage).await);
}

#[tokio::test]
async fn a_keyring_that_was_away_is_not_written_over_before_it_was_read() {
    let (stage, device) = left().await;
    cut(&stage);
    device.breaks(Some(KeyringError::TimedOut));
    let run = Run::start(&stage, &device);
    run.refuses(8).await;
    device.breaks(None);
    run.refuses(1).await;
    drop(run);
    let verdict = Run::start(&stage, &device).verdict().await;
    assert!(!verdict.is_good());
}

#[tokio::test]
async fn refused_unlocks_do_not_cover_up_what_another_run_had_written() {
    let (stage, device) = left().await;
    let (waiting, other) = (Run::start(&stage, &device), Run::start(&stage, &device));
    waiting.refuses(1).await;
    other.refuses(5).await;
    drop(other);
    let sql = "DELETE FROM audit WHERE number > 11; DELETE FROM audit_head WHERE number > 11";
    stage.stranger().execute_batch(sql).expect("cuts");
    for at in 1..=8 {
        waiting.witness.ask_again();
        waiting.local.record(refused(at)).await.expect("records");
        waiting.anchor.flush();
    }
    assert_eq!(waiting.verdict().await.first_bad, Some(12));
    drop(waiting);
    let run = Run::start(&stage, &device);
    assert_eq!(run.verdict().await.first_bad, Some(12));
    assert!(is_on_record(&run, &stage).await);
}

#[tokio::test]
async fn rows_in_clear_in_an_emptied_log_are_not_taken_over() {
    let (stage, device) = left().await;
    throw_away(&stage);
    write_older(&stage);
    let run = Run::start(&stage, &device);
    run.refuses(12).await;
    assert_eq!(run.verdict().await.first_bad, Some(1));
    assert!(is_on_record(&run, &stage).await);
    assert!(run.rows(&stage).await.iter().all(|row| row.what != "host_accepted"));
}

#[tokio::test]
async fn rows_in_clear_wait_where_the_keyring_does_not_say_whether_there_was_a_log() {
    let (stage, device) = left().await;
    throw_away(&stage);
    write_older(&stage);
    device.breaks(Some(KeyringError::Locked));
    let run = Run::start(&stage, &device);
    assert_eq!(run.local.record(refused(1)).await, Err(StoreError::Failed));
    assert!(run.rows(&stage).await.is_empty());
}
