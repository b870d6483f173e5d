//! When the head is signed, and by whom.

use std::time::Duration;

use usher_core::audit::{AuditEvent, What};
use usher_core::ports::LocalStore;
use usher_core::time::Moment;

use super::stage::{ADA, Stage, event};
use crate::Local;

async fn signed_to(local: &Local) -> (u64, u64) {
    let verdict = local.verify().await.expect("verifies");
    assert_eq!(verdict.first_bad, None);
    let said = local.signed_to().await.expect("says");
    assert_eq!(said, verdict.signed_to, "what a page says is what verifying finds");
    (verdict.signed_to, verdict.unsigned)
}

#[tokio::test]
async fn what_is_not_everyday_is_signed_at_once() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    local.record(event(1)).await.expect("records");
    assert_eq!(signed_to(&local).await, (0, 1));
    for what in [What::Granted, What::Exported, What::Locked, What::Unlocked] {
        let before = signed_to(&local).await.0;
        local.record(event(2)).await.expect("records");
        assert_eq!(signed_to(&local).await.0, before);
        local.record(AuditEvent { what, ..event(3) }).await.expect("records");
        let (signed, unsigned) = signed_to(&local).await;
        assert!(signed > before && unsigned == 0, "{what:?}: {signed} {unsigned}");
    }
}

#[tokio::test]
async fn everyday_rows_are_signed_every_256() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    for number in 1..=600 {
        local.record(event(number)).await.expect("records");
    }
    assert_eq!(signed_to(&local).await, (512, 88));
}

#[tokio::test]
async fn whoever_signs_when_it_is_due_hears_of_it_and_only_then() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    let nothing = tokio::time::timeout(Duration::ZERO, local.unsigned()).await;
    assert!(nothing.is_err(), "there is nothing to sign");
    local.record(event(1)).await.expect("records");
    local.unsigned().await;
    local.sign(Moment::from_unix_millis(60_001)).await.expect("signs");
    let nothing = tokio::time::timeout(Duration::ZERO, local.unsigned()).await;
    assert!(nothing.is_err(), "all is signed");
    assert_eq!(signed_to(&local).await, (1, 0));
}

#[tokio::test]
async fn heads_are_thinned_to_one_for_256_rows_and_the_newest() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    for number in 1..=300 {
        local.record(AuditEvent { what: What::Granted, ..event(number) }).await.expect("records");
    }
    drop(local);
    let stranger = stage.stranger();
    let mut heads = stranger.prepare("SELECT number, person FROM audit_head").expect("prepares");
    let heads = heads.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
    let heads: Vec<(i64, [u8; 16])> = heads.map(|head| head.expect("a head")).collect();
    assert_eq!(heads, [(256, ADA.to_bytes()), (300, ADA.to_bytes())]);
}
