//! The program ends while sessions run: they are ended in order, and their ends are on record.

use std::time::Duration;

use usher_broker::protocol::{AuditRow, Reply, Request, RunState};

use crate::fixture::{Host, PATIENCE, Stage};

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
    tokio::time::timeout(PATIENCE, second.wind_up()).await.expect("at once");
}

/// As the shell does it, but with more patience.
async fn wind_up(stage: &Stage) {
    let all_ended = tokio::time::timeout(PATIENCE, stage.room.broker.wind_up());
    all_ended.await.expect("every end is told");
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
