//! The log checked by somebody who has not opened the vault: what the keyring knows of it counts, and
//! the signatures are worth no more than the vault they are judged by.

use rusqlite::Connection;
use usher_broker::protocol::{AuditVerdict, Code, Detail, Reply, Request};
use usher_core::error::KeyringError;

use crate::fixture::{Room, Stage};

/// A vault that was used, on a computer where Usher has just started.
async fn closed() -> Room {
    Stage::new().await.room.copy()
}

async fn verdict(room: &Room) -> AuditVerdict {
    let reply = room.broker.handle(None, Request::AuditVerify).await;
    let Reply::AuditVerdict { verdict } = reply else { panic!("no verdict") };
    verdict
}

fn empty(room: &Room) {
    let file = Connection::open(&room.places.local).expect("opens");
    file.execute_batch("DELETE FROM audit; DELETE FROM audit_head").expect("empties");
}

#[tokio::test]
async fn an_emptied_log_is_seen_before_anybody_is_in() {
    let room = closed().await;
    let whole = verdict(&room).await;
    assert_eq!((whole.good, whole.anchored), (true, Some(true)));
    empty(&room);
    let verdict = verdict(&room).await;
    assert_eq!((verdict.good, verdict.first_bad), (false, Some(1)));
    assert_eq!(verdict.fault.as_deref(), Some("cut_short"));
}

#[tokio::test]
async fn where_the_keyring_could_not_be_asked_the_verdict_says_so() {
    let room = closed().await;
    room.device.breaks(Some(KeyringError::Locked));
    let verdict = verdict(&room).await;
    assert_eq!((verdict.good, verdict.anchored), (true, None));
}

#[tokio::test]
async fn signatures_are_not_judged_by_a_vault_that_does_not_hold() {
    let room = closed().await;
    let file = Connection::open(&room.places.vault).expect("opens");
    file.execute_batch("UPDATE identity SET version = version + 1").expect("alters");
    file.close().expect("closes");
    let failure = room.kept_out(Request::AuditVerify).await;
    assert_eq!(failure.code, Code::Storage);
    assert!(matches!(failure.detail, Detail::Damage(_)), "{failure:?}");
}
