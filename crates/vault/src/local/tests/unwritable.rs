//! A5, as far as the store goes: what cannot be written is an error, never a shrug.

use usher_core::error::StoreError;
use usher_core::ports::LocalStore;

use super::stage::{Stage, all, event};

#[tokio::test]
async fn another_program_that_holds_the_file_is_waited_for_and_then_named() {
    let stage = Stage::filled(2).await;
    let local = stage.open();
    let other = stage.stranger();
    other.execute_batch("BEGIN EXCLUSIVE").expect("holds it");
    assert_eq!(local.record(event(3)).await, Err(StoreError::Busy));
    other.execute_batch("COMMIT").expect("lets go");
    local.record(event(4)).await.expect("records");
    let rows = all(&local).await;
    assert_eq!((rows.len(), rows[0].at.unix_millis()), (3, 4));
    assert!(local.verify().await.expect("verifies").is_good());
}

#[tokio::test]
async fn nothing_is_recorded_in_a_file_that_a_newer_usher_took_over() {
    let stage = Stage::filled(2).await;
    let local = stage.open();
    local.record(event(3)).await.expect("records");
    stage.stranger().execute_batch("PRAGMA user_version = 9").expect("alters");
    let newer = StoreError::NewerVersion { found: 9, known: 2 };
    assert_eq!(local.record(event(4)).await, Err(newer));
    assert_eq!(all(&local).await.len(), 3);
}

#[tokio::test]
async fn a_trigger_that_comes_while_the_log_is_open_is_refused() {
    let stage = Stage::filled(2).await;
    let local = stage.open();
    let sql = "CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM audit; END";
    stage.stranger().execute_batch(sql).expect("alters");
    let refused = StoreError::Corrupt { part: "schema" };
    assert_eq!(local.record(event(3)).await, Err(refused));
}

#[tokio::test]
async fn without_random_bytes_nothing_is_recorded() {
    let stage = Stage::filled(2).await;
    let mut writer = super::super::Writer::new(
        crate::file::open(&stage.path, &super::super::schema::KIND).expect("opens"),
        stage.witness.clone(),
        tokio::sync::watch::channel(false).0,
    );
    let refused = crate::seal::without_randomness(|| writer.append(&event(3)));
    assert_eq!(refused, Err(StoreError::Failed));
    writer.append(&event(4)).expect("records");
}
