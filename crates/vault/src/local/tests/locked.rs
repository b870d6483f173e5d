//! Written while the vault is locked, read only while it is open.

use usher_core::audit::{AuditEvent, Filter, What};
use usher_core::error::StoreError;
use usher_core::ports::LocalStore;

use super::stage::{BOB, Stage, all, event, numbers};
use crate::{Local, Witness};

#[tokio::test]
async fn rows_of_a_locked_vault_are_readable_after_the_next_unlock() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    local.record(AuditEvent { what: What::Unlocked, ..event(1) }).await.expect("records");
    local.record(AuditEvent { what: What::Locked, ..event(2) }).await.expect("records");
    stage.lock();
    local.record(AuditEvent { what: What::SessionEnded, ..event(3) }).await.expect("records");
    let refused = local.rows(&Filter::default(), None, 9).await;
    assert_eq!(refused, Err(StoreError::Locked));
    drop(local);
    // The program was started again; somebody mistypes their passphrase before coming in.
    let local = stage.open();
    let mistyped = AuditEvent { what: What::UnlockRefused, person: BOB, ..event(4) };
    local.record(mistyped.clone()).await.expect("records");
    let locked = local.verify().await.expect("verifies");
    assert_eq!((locked.rows, locked.signed_to, locked.unsigned), (4, 2, 2));
    assert!(locked.is_good() && !locked.opened);
    stage.unlock();
    local.record(AuditEvent { what: What::Unlocked, ..event(5) }).await.expect("records");
    let rows = all(&local).await;
    assert_eq!(numbers(&rows), [5, 4, 3, 2, 1]);
    assert_eq!((&*rows[1].what, rows[1].person), ("unlock_refused", BOB));
    let open = local.verify().await.expect("verifies");
    assert_eq!((open.signed_to, open.unsigned, open.opened), (5, 0, true));
}

#[tokio::test]
async fn a_technician_writes_and_signs_and_does_not_read() {
    let stage = Stage::new();
    stage.witness.came_in(BOB, std::sync::Arc::clone(&stage.bob));
    let local = stage.open();
    local
        .record(AuditEvent { what: What::Unlocked, person: BOB, ..event(1) })
        .await
        .expect("records");
    let refused = local.rows(&Filter::default(), None, 9).await;
    assert_eq!(refused, Err(StoreError::Locked));
    assert_eq!(local.verify().await.expect("verifies").signed_to, 1);
}

#[tokio::test]
async fn without_a_vault_nothing_is_recorded() {
    let stage = Stage::new();
    let local = Local::open_or_create(&stage.path, &Witness::default()).expect("opens");
    assert_eq!(local.record(event(1)).await, Err(StoreError::Locked));
}
