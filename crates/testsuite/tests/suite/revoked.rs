//! Somebody is taken off: no password is released to them from then on, whatever the clock says and
//! wherever they are in. What runs already goes on.

use std::time::Duration;

use usher_broker::protocol::{
    AuditRow, Launch, LockWhy, Reply, Request, Right, RunEnd, RunState, Standing,
};

use crate::fixture::client::shown;
use crate::fixture::host::Way;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Room, Stage, eventually, forms};
use crate::locking::{locked, technician, was_told};

const DAY: Duration = Duration::from_hours(24);

type Move = fn(&Room);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_taken_off_gets_nothing_whichever_way_the_clock_is_set() {
    let moves: [(&str, Move); 3] = [
        ("a day later", |room| room.clock.forward(DAY)),
        ("a day earlier", |room| room.clock.set_back(DAY)),
        ("now", |_| {}),
    ];
    for (when, set) in moves {
        let stage = Stage::new().await;
        let host = Host::start(&stage.password).await;
        let (session, credential) = stage.ready(&host).await;
        let (id, bob) = technician(&stage, &[Right::View, Right::ViewPassword]).await;
        let (_, handoff) = bob.opened(&session, None).await;
        let by_passphrase = stage.room.with_passphrase("Bob").await;
        let proof = stage.room.passphrase_of("Bob");
        stage.me.done(Room::change("Bob", &id, false, Standing::Revoked)).await;
        set(&stage.room);
        for ask in [
            forms::launch(&session, None, None),
            forms::show(&credential, Some(&proof)),
            forms::copy(&credential, Some(&proof)),
            Request::Snapshot,
        ] {
            assert_eq!(bob.fails(ask).await, locked(), "{when}: the very next request");
        }
        host.sign_in(&handoff.into()).await;
        assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0), "{when}");
        assert_eq!(stage.room.kept_out(by_passphrase).await.code, locked().code, "{when}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_session_of_whoever_is_taken_off_goes_on_and_no_other_begins() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (id, bob) = technician(&stage, &[Right::View]).await;
    let (run, handoff) = bob.opened(&session, None).await;
    let (waiting, another) = bob.opened(&session, None).await;
    let mut client = host.stay(&handoff.into()).await;
    stage.room.events.is(&run, &RunState::Active).await;
    stage.me.done(Room::change("Bob", &id, false, Standing::Revoked)).await;
    was_told(&stage.room, LockWhy::Revoked).await;
    assert_eq!(bob.fails(forms::launch(&session, None, None)).await, locked());
    host.sign_in(&another.into()).await;
    let RunEnd::Failed { failure } = end_of(stage.room.events.ended(&waiting).await) else {
        panic!("released")
    };
    assert_eq!(failure, locked());
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1), "the first one's alone");
    assert_eq!(client.try_wait().expect("asks"), None, "its client is still there");
    let states = stage.room.events.of_run(&run);
    assert_eq!(states.last().expect("a state").state, RunState::Active, "and so is its session");
    client.kill().await.expect("leaves");
    // The shell tells it, with whatever handle there is.
    stage.room.stranger().done(Request::ClientExited { run: run.clone() }).await;
    let end = end_of(stage.room.events.ended(&run).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}: until the client leaves");
}

/// Comes in as this person in the other process.
async fn unlock(room: &Room, stranger: &Client, name: &str) -> String {
    let reply = stranger.ask(room.with_passphrase(name).await).await;
    let Reply::Unlocked(unlocked) = reply else { panic!("not let in: {}", shown(&reply)) };
    unlocked.handle
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_had_the_vault_open_before_releases_nothing_either() {
    for standing in [Standing::Disabled, Standing::Revoked] {
        let stage = Stage::new().await;
        let host = Host::start(&stage.password).await;
        let (session, credential) = stage.ready(&host).await;
        let (id, _) = technician(&stage, &[Right::View, Right::ViewPassword]).await;
        let (broker, events) = stage.room.second();
        let handle = unlock(&stage.room, &Client::new(broker.clone(), None), "Bob").await;
        let bob = Client::new(broker, Some(&handle));
        let (run, handoff) = bob.opened(&session, None).await;
        let (before, way): (_, Way) = (bob.opened(&session, None).await, handoff.into());
        // The control: until then, that process releases what it is asked for.
        assert!(host.sign_in(&before.1.into()).await);
        events.ended(&before.0).await;
        assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
        stage.me.done(Room::change("Bob", &id, false, standing)).await;
        let again = bob.ask(forms::launch(&session, None, None)).await;
        let opened = matches!(&again, Reply::Launch { launch: Launch::Opened { .. } });
        assert!(!opened, "{standing:?}: the very next request: {}", shown(&again));
        let proof = stage.room.passphrase_of("Bob");
        bob.fails(forms::show(&credential, Some(&proof))).await;
        host.sign_in(&way).await;
        // Nobody is in there any more whom it could tell; the log is.
        eventually("the end of it on record", async || {
            let log = stage.me.audit().await;
            let failed = |row: &AuditRow| {
                let sign_in = (row.what.as_str(), row.outcome.as_str()) == ("sign_in", "failed");
                sign_in && row.run.as_ref() == Some(&run)
            };
            log.iter().any(failed).then_some(())
        })
        .await;
        assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1), "{standing:?}");
    }
}
