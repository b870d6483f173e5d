//! What comes back, and in which order.

use std::time::Duration;

use usher_core::audit::{About, AuditEvent, Filter, Ticket, What};
use usher_core::entry::Organization;
use usher_core::ids::{
    ConnectionId, CredentialEntryId, FolderId, OrganizationId, PasswordId, PersonId, RunId,
    SessionEntryId,
};
use usher_core::ports::LocalStore;
use usher_core::rights::Object;
use usher_core::time::Moment;

use super::stage::{ADA, BOB, Stage, all, event, numbers};
use crate::Local;

const FOLDER: FolderId = FolderId::from_bytes([3; 16]);
const SESSION: SessionEntryId = SessionEntryId::from_bytes([4; 16]);

fn full() -> AuditEvent {
    let about = About {
        folder: Some(FOLDER),
        session: Some(SESSION),
        credential: Some(CredentialEntryId::from_bytes([5; 16])),
        person: Some(PersonId::from_bytes([6; 16])),
        connection: Some(ConnectionId::from_bytes([7; 16])),
        organization: Some(Organization { id: OrganizationId::new("4~2"), name: "Näm\"e".into() }),
        host: Some("DC01.corp.example".into()),
        account: Some("CORP\\adm".into()),
        record: Some(PasswordId::new("9007199254740993")),
        record_name: Some("Domain \u{2028} admin".into()),
        ticket: Some(Ticket { number: "T-1".into(), reason: "reboot".into() }),
        lasted: Some(Duration::from_millis(1_234)),
    };
    let details = vec![("reason", "twice".into()), ("reason", "said".into())];
    let run = Some(RunId::from_bytes([9; 16]));
    let on = "Näs Domain".to_owned();
    AuditEvent { about, details, run, on, what: What::HostAccepted, ..event(77) }
}

#[tokio::test]
async fn every_fact_of_an_event_comes_back() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    local.record(full()).await.expect("records");
    local.record(event(78)).await.expect("records");
    drop(local);
    let rows = all(&stage.open()).await;
    assert_eq!(
        rows,
        [usher_core::audit::AuditRow::of(2, event(78)), usher_core::audit::AuditRow::of(1, full())]
    );
}

#[tokio::test]
async fn pages_are_newest_first_and_meet_without_a_gap() {
    let stage = Stage::filled(25).await;
    let local = stage.open();
    let page = async |before, limit| {
        numbers(&local.rows(&Filter::default(), before, limit).await.expect("reads"))
    };
    assert_eq!(page(None, 3).await, [25, 24, 23]);
    assert_eq!(page(Some(23), 2).await, [22, 21]);
    assert_eq!(page(Some(3), 100).await, [2, 1]);
    assert_eq!(page(Some(1), 100).await, [0; 0]);
    assert_eq!(page(None, 0).await, [0; 0]);
}

async fn found(local: &Local, filter: Filter) -> Vec<u64> {
    numbers(&local.rows(&filter, None, 100).await.expect("reads"))
}

#[tokio::test]
async fn each_part_of_a_question_leaves_out_what_is_not_so() {
    let stage = Stage::new();
    stage.unlock();
    let local = stage.open();
    local.record(event(10)).await.expect("records");
    local.record(full()).await.expect("records");
    local.record(AuditEvent { person: BOB, ..event(200) }).await.expect("records");
    let at = Moment::from_unix_millis;
    let none = Filter::default;
    let of = |account, id| Some((ConnectionId::from_bytes([account; 16]), OrganizationId::new(id)));
    for (filter, expected) in [
        (none(), vec![3, 2, 1]),
        (Filter { person: Some(BOB), ..none() }, vec![3]),
        (Filter { person: Some(PersonId::from_bytes([6; 16])), ..none() }, vec![2]),
        (Filter { entry: Some(Object::Folder(FOLDER)), ..none() }, vec![2]),
        (Filter { entry: Some(Object::Session(SESSION)), ..none() }, vec![2]),
        (Filter { organization: of(7, "4~2"), ..none() }, vec![2]),
        (Filter { organization: of(8, "4~2"), ..none() }, vec![]),
        (Filter { organization: of(7, "4"), ..none() }, vec![]),
        (Filter { on: Some("nÄS d".into()), ..none() }, vec![2]),
        (Filter { on: Some("no such".into()), ..none() }, vec![]),
        (Filter { host: Some("dc01.CORP.example".into()), ..none() }, vec![2]),
        (Filter { what: Some(What::SignIn), ..none() }, vec![3, 1]),
        (Filter { from: Some(at(77)), ..none() }, vec![3, 2]),
        (Filter { to: Some(at(77)), ..none() }, vec![1]),
        (Filter { person: Some(ADA), what: Some(What::SignIn), ..none() }, vec![1]),
    ] {
        assert_eq!(found(&local, filter.clone()).await, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn the_last_ticket_of_a_folder_is_the_persons_own() {
    let stage = Stage::new();
    stage.unlock();
    stage.witness.came_in(BOB, std::sync::Arc::clone(&stage.bob));
    let local = stage.open();
    for number in ["T-1", "T-2"] {
        let ticket = Some(Ticket { number: number.into(), reason: "why".into() });
        let about = About { folder: Some(FOLDER), ticket, ..About::default() };
        local.record(AuditEvent { about, person: BOB, ..event(1) }).await.expect("records");
    }
    drop(local);
    let local = stage.open();
    let last = local.last_ticket(BOB, FOLDER).await.expect("reads").expect("was given");
    assert_eq!((&*last.number, &*last.reason), ("T-2", "why"));
    assert_eq!(local.last_ticket(ADA, FOLDER).await, Ok(None));
    assert_eq!(local.last_ticket(BOB, FolderId::from_bytes([9; 16])).await, Ok(None));
    stage.witness.went(BOB);
    let locked = usher_core::error::StoreError::Locked;
    assert_eq!(local.last_ticket(BOB, FOLDER).await, Err(locked), "it opens for Bob alone");
}

#[tokio::test]
async fn what_is_a_persons_own_is_kept_for_each() {
    let stage = Stage::new();
    let local = stage.open();
    local.set_own_idle_lock(ADA, Some(5)).await.expect("keeps");
    local.set_own_idle_lock(BOB, Some(7)).await.expect("keeps");
    local.set_own_idle_lock(BOB, None).await.expect("keeps");
    let session = |byte| SessionEntryId::from_bytes([byte; 16]);
    for (person, byte, at) in [(ADA, 1, 5), (ADA, 1, 3), (ADA, 2, 4), (BOB, 1, 9)] {
        let at = Moment::from_unix_millis(at);
        local.launched(person, session(byte), at).await.expect("remembers");
    }
    drop(local);
    let local = stage.open();
    assert_eq!(local.own_idle_lock(ADA).await, Ok(Some(5)));
    assert_eq!(local.own_idle_lock(BOB).await, Ok(None));
    let expected =
        [(session(1), 5), (session(2), 4)].map(|(s, at)| (s, Moment::from_unix_millis(at)));
    assert_eq!(local.last_launches(ADA).await, Ok(expected.into()));
}
