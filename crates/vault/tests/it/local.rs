//! The audit log and the person's own.

use usher_core::audit::{AuditEvent, Outcome, What};
use usher_core::error::StoreError;
use usher_core::ids::{PersonId, RunId, SessionEntryId};
use usher_core::ports::LocalStore;
use usher_core::time::Moment;
use usher_vault::Local;

use crate::specimen::PERSON;
use crate::support::{place, refusal};

fn event(at: u64) -> AuditEvent {
    AuditEvent {
        at: Moment::from_unix_millis(at),
        person: PERSON,
        what: What::SignIn,
        on: "DC01 \u{2028} \"x\"".into(),
        outcome: Outcome::Intended,
        details: vec![("host", "dc01.corp.example".into()), ("host", "twice".into())],
        run: Some(RunId::from_bytes([9; 16])),
    }
}

#[tokio::test]
async fn events_come_back_newest_first_and_numbered_without_gaps() {
    let (folder, _) = place();
    let path = folder.path().join("local.sqlite");
    let local = Local::open_or_create(&path).expect("creates");
    for at in 10..15 {
        local.record(event(at)).await.expect("records");
    }
    drop(local);
    let local = Local::open_or_create(&path).expect("opens");
    local.record(AuditEvent { run: None, details: vec![], ..event(15) }).await.expect("records");
    let numbers =
        |rows: &[usher_core::audit::AuditRow]| rows.iter().map(|r| r.number).collect::<Vec<_>>();
    let rows = local.newest(None, 3).await.expect("reads");
    assert_eq!(numbers(&rows), [6, 5, 4]);
    let older = local.newest(Some(4), 100).await.expect("reads");
    assert_eq!(numbers(&older), [3, 2, 1]);
    assert_eq!((rows[0].run, rows[0].details.len()), (None, 0));
    let (row, event) = (&rows[1], event(14));
    assert_eq!((row.at, row.person, row.run), (event.at, event.person, event.run));
    assert_eq!((&*row.what, &*row.on, &*row.outcome), ("sign_in", &*event.on, "intended"));
    let details = event.details.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Vec<_>>();
    assert_eq!(row.details, details);
}

#[tokio::test]
async fn a_log_with_a_number_missing_is_corrupt() {
    let (folder, _) = place();
    let path = folder.path().join("local.sqlite");
    let local = Local::create(&path).expect("creates");
    for at in 0..3 {
        local.record(event(at)).await.expect("records");
    }
    drop(local);
    let stranger = rusqlite::Connection::open(&path).expect("opens");
    stranger.execute("DELETE FROM audit WHERE number = 2", []).expect("deletes");
    drop(stranger);
    assert_eq!(refusal(Local::open(&path)), StoreError::Corrupt { part: "audit" });
}

#[tokio::test]
async fn nothing_is_recorded_in_a_file_that_a_newer_usher_took_over() {
    let (folder, _) = place();
    let path = folder.path().join("local.sqlite");
    let local = Local::create(&path).expect("creates");
    let newer = rusqlite::Connection::open(&path).expect("opens");
    newer.execute_batch("PRAGMA user_version = 9").expect("alters");
    let refused = local.record(event(1)).await;
    assert_eq!(refused, Err(StoreError::NewerVersion { found: 9, known: 1 }));
    assert_eq!(local.newest(None, 9).await, Ok(vec![]));
}

#[tokio::test]
async fn of_launches_the_last_one_of_each_session_is_remembered_per_person() {
    let (folder, _) = place();
    let local = Local::create(&folder.path().join("local.sqlite")).expect("creates");
    let session = |byte| SessionEntryId::from_bytes([byte; 16]);
    let other = PersonId::from_bytes([0x10; 16]);
    for (person, byte, at) in [(PERSON, 1, 5), (PERSON, 1, 3), (PERSON, 2, 4), (other, 1, 9)] {
        let at = Moment::from_unix_millis(at);
        local.launched(person, session(byte), at).await.expect("remembers");
    }
    let mine = local.last_launches(PERSON).await.expect("reads");
    let expected = [(session(1), 5), (session(2), 4)];
    assert_eq!(mine, expected.map(|(s, at)| (s, Moment::from_unix_millis(at))).into());
}
