//! What the keyring remembers of the log, and logs that are not that one.

use usher_core::audit::{AuditEvent, Filter, LogFault, What};
use usher_core::error::StoreError;
use usher_core::ports::LocalStore;

use super::stage::{Stage, VAULT, all, event, numbers};
use crate::seal::VaultId;
use crate::{Local, Witness};

/// The file as it is now, with all that was written.
fn copy(stage: &Stage) -> Vec<u8> {
    let file = stage.stranger();
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("tidies up");
    drop(file);
    std::fs::read(&stage.path).expect("reads")
}

fn put_back(stage: &Stage, bytes: &[u8]) {
    for end in ["-wal", "-shm"] {
        let beside = stage.folder.path().join(format!("local.sqlite{end}"));
        assert!(!beside.exists() || std::fs::remove_file(beside).is_ok());
    }
    std::fs::write(&stage.path, bytes).expect("writes");
}

#[tokio::test]
async fn an_older_copy_is_told_and_stays_told() {
    let stage = Stage::filled(20).await;
    let older = copy(&stage);
    let local = stage.open();
    for at in 21..=30 {
        local.record(event(at)).await.expect("records");
    }
    drop(local);
    let newer = copy(&stage);
    put_back(&stage, &older);
    let verdict = stage.open().verify().await.expect("verifies");
    assert_eq!((verdict.first_bad, verdict.fault), (Some(21), Some(LogFault::CutShort)));
    // Work goes on: it is on record that rows are missing, and their numbers stay missing.
    let local = stage.open();
    local.record(AuditEvent { what: What::Unlocked, ..event(31) }).await.expect("records");
    let rows = local.rows(&Filter::default(), None, 3).await.expect("reads");
    assert_eq!(numbers(&rows), [32, 31, 20]);
    assert_eq!((&*rows[0].what, &*rows[1].what), ("unlocked", "log_not_as_left"));
    assert_eq!((rows[1].detail("expected"), rows[1].detail("found")), (Some("30"), Some("20")));
    let verdict = local.verify().await.expect("verifies");
    assert_eq!((verdict.first_bad, verdict.fault), (Some(21), Some(LogFault::Missing)));
    drop(local);
    // The rows that were missing are put back where they were, and all is well.
    let file = stage.stranger();
    let whole = stage.folder.path().join("whole.sqlite");
    std::fs::write(&whole, newer).expect("writes");
    file.execute("ATTACH ?1 AS whole", [whole.to_str().expect("a path")]).expect("attaches");
    file.execute_batch(
        "INSERT INTO audit SELECT * FROM whole.audit WHERE number BETWEEN 21 AND 30;
         INSERT OR IGNORE INTO audit_page SELECT * FROM whole.audit_page",
    )
    .expect("puts back");
    drop(file);
    let local = stage.open();
    assert!(local.verify().await.expect("verifies").is_good());
    assert_eq!(all(&local).await.len(), 32);
}

#[tokio::test]
async fn a_log_that_was_thrown_away_leaves_its_numbers_missing() {
    let stage = Stage::filled(20).await;
    drop(copy(&stage));
    std::fs::remove_file(&stage.path).expect("removes");
    let local = stage.open();
    local.record(event(21)).await.expect("records");
    assert_eq!(numbers(&all(&local).await), [22, 21]);
    let verdict = local.verify().await.expect("verifies");
    assert_eq!((verdict.first_bad, verdict.fault), (Some(1), Some(LogFault::Missing)));
}

#[tokio::test]
async fn the_log_of_another_vault_is_refused_and_takes_no_row() {
    let stage = Stage::filled(3).await;
    let other = Witness::default();
    stage.knows(&other, VaultId::from_bytes([8; 32]));
    let refused = StoreError::Corrupt { part: "audit_vault" };
    assert_eq!(Local::open(&stage.path, &other).map(drop), Err(refused.clone()));
    // The vault may become known only after the log was opened.
    let late = Witness::default();
    let local = Local::open(&stage.path, &late).expect("opens");
    stage.knows(&late, VaultId::from_bytes([8; 32]));
    assert_eq!(local.record(event(4)).await, Err(refused));
    let verdict = local.verify().await.expect("verifies");
    assert_eq!((verdict.first_bad, verdict.fault), (Some(1), Some(LogFault::OtherVault)));
    drop(local);
    stage.knows(&late, VAULT);
    assert_eq!(stage.open().verify().await.expect("verifies").rows, 3);
}

#[tokio::test]
async fn rows_that_another_process_added_are_no_reason_for_alarm() {
    let stage = Stage::filled(5).await;
    let (one, other) = (stage.open(), stage.open());
    for at in 6..=15 {
        let local = if at % 2 == 0 { &one } else { &other };
        local.record(event(at)).await.expect("records");
    }
    let verdict = one.verify().await.expect("verifies");
    assert!(verdict.is_good());
    assert_eq!((verdict.rows, all(&other).await.len()), (15, 15));
}
