//! The program ends while sessions run: they are ended in order, and their ends are on record.

use std::time::Duration;

use usher_broker::protocol::{AuditRow, Reply, Request, RunState};

use crate::fixture::{Host, PATIENCE, Stage};
use crate::storage::holding;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_session_is_ended_and_stands_on_record_with_how_long_it_was_up() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let (waiting, _) = stage.me.opened(&session, None).await;
    let mut client = host.stay(&handoff.into()).await;
    stage.room.events.is(&run, &RunState::Active).await;
    stage.room.clock.forward(Duration::from_mins(5));
    assert_eq!(stage.room.broker.running(), 2);

    wind_up(&stage).await;
    let left = tokio::time::timeout(PATIENCE, client.wait()).await;
    left.expect("the client leaves by itself").expect("it ends");
    assert_eq!(stage.room.broker.running(), 0);
    let rows = stage.me.audit().await;
    for run in [&run, &waiting] {
        let ended = |row: &&_| is_end(row, run);
        assert_eq!(rows.iter().filter(ended).count(), 1, "one end of each");
    }
    let row = rows.iter().find(|row| is_end(row, &run)).expect("its end");
    let lasted = row.details.iter().find(|detail| detail.name == "lasted_s").expect("how long");
    assert!(lasted.value.parse::<u64>().expect("seconds") >= 300, "{}", lasted.value);
    assert_eq!(unsigned(&stage).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_vault_counts_its_sessions_and_records_their_ends() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let _client = host.stay(&handoff.into()).await;
    stage.room.events.is(&run, &RunState::Active).await;
    stage.me.done(Request::Lock).await;
    assert_eq!(stage.room.broker.running(), 1, "a lock ends none");

    wind_up(&stage).await;
    let me = stage.room.unlock().await;
    assert!(me.audit().await.iter().any(|row| is_end(row, &run)), "it is on record");
}

#[tokio::test]
async fn where_nothing_was_opened_there_is_nothing_to_end() {
    let stage = Stage::new().await;
    let (second, _) = stage.room.second();
    assert_eq!(second.running(), 0);
    let nothing = tokio::time::timeout(PATIENCE, second.wind_up(Duration::MAX)).await;
    assert_eq!(nothing.expect("at once"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_disk_is_waited_for_until_the_end_of_each_is_written() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let (waiting, _) = stage.me.opened(&session, None).await;
    let mut client = host.stay(&handoff.into()).await;
    stage.room.events.is(&run, &RunState::Active).await;

    let held = holding(&stage.room.places.local);
    let broker = stage.room.broker.clone();
    let winding = tokio::spawn(async move { broker.wind_up(PATIENCE).await });
    let left = tokio::time::timeout(PATIENCE, client.wait()).await;
    left.expect("the client leaves by itself").expect("it ends");
    assert!(!winding.is_finished(), "the session is over, and its end is not written");
    assert_eq!(stage.room.broker.running(), 2, "nor told");
    drop(held);
    assert_eq!(winding.await.expect("it ends"), 0);
    let rows = stage.me.audit().await;
    for run in [&run, &waiting] {
        assert_eq!(rows.iter().filter(|row| is_end(row, run)).count(), 1, "one end of each");
    }
    assert_eq!(unsigned(&stage).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_never_answers_keeps_nobody_from_closing() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, _) = stage.me.opened(&session, None).await;
    let held = holding(&stage.room.places.local);
    let left = stage.room.broker.wind_up(Duration::from_millis(200)).await;
    assert_eq!(left, 1, "its end is not on record, and the program is told so");
    drop(held);
    stage.room.events.ended(&run).await;
}

/// As the shell does it, but with more patience.
async fn wind_up(stage: &Stage) {
    assert_eq!(stage.room.broker.wind_up(PATIENCE).await, 0, "every end is on record");
}

fn is_end(row: &AuditRow, run: &str) -> bool {
    row.what == "session_ended" && row.run.as_deref() == Some(run)
}

async fn unsigned(stage: &Stage) -> u32 {
    let reply = stage.me.ask(Request::AuditVerify).await;
    let Reply::AuditVerdict { verdict } = reply else { panic!("no verdict") };
    assert!(verdict.good);
    verdict.unsigned
}
