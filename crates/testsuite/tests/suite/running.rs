//! What can be done to a session that runs: whom it serves, by hand or not, its window closed, bytes.

use usher_broker::protocol::{
    Bytes, Code, HostLook, HostTakes, Launch, May, Reply, Request, RunEnd, RunState, SignInAgain,
    TrafficRow,
};
use usher_core::rights::{Object, Right};

use crate::fixture::client::shown;
use crate::fixture::host::Way;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Stage, canary, eventually, forms};

/// A launch by hand.
fn by_hand(session: &str) -> Request {
    Request::Launch {
        session: session.to_owned(),
        credential: None,
        choice: None,
        ticket: None,
        proof: None,
        typed: None,
        by_hand: true,
    }
}

/// A launch whose client nobody has said anything of yet.
async fn unserved(me: &Client, ask: Request) -> (String, Way, u32) {
    let reply = me.ask(ask).await;
    let Reply::Launch { launch: Launch::Opened { run, handoff, seconds, .. } } = reply else {
        panic!("not opened: {}", shown(&reply))
    };
    (run, handoff.into(), seconds)
}

/// What has passed through the sessions that this person hears of.
pub(crate) async fn traffic(me: &Client) -> Vec<TrafficRow> {
    let reply = me.ask(Request::Traffic).await;
    let Reply::Traffic { runs } = reply else { panic!("no traffic: {}", shown(&reply)) };
    runs
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_served_before_the_shell_says_whom_and_by_hand_there_is_longer() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, way, seconds) = unserved(&stage.me, by_hand(&session)).await;
    assert_eq!(seconds, 120);
    let started =
        |process| Request::ClientStarted { run: run.clone(), process, clipboard_files: true };
    let (usual, ..) = unserved(&stage.me, forms::launch(&session, None, None)).await;
    let by_anybody = Request::ClientStarted { run: usual, process: None, clipboard_files: true };
    assert_eq!(stage.me.fails(by_anybody).await.code, Code::Invalid, "it is not by hand");
    let (_, ada) = stage.room.add_person("Ada", true).await;
    assert_eq!(ada.fails(started(None)).await.code, Code::NotFound, "it is not hers");
    let _client = host.stay(&way).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    stage.me.done(started(None)).await;
    let row = stage.room.events.is(&run, &RunState::Active).await;
    assert!(row.by_hand && !row.can_sign_in_again, "nobody comes back with a code that is used up");
    let again = Request::SignInAgain(SignInAgain { run: run.clone(), proof: None });
    assert_eq!(stage.me.fails(again).await.code, Code::Invalid);
    assert_eq!(host.sign_ins(), 1, "its line was not dropped");
    assert_eq!(row.credential_name.as_deref(), Some("Contoso admin"));
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    stage.room.events.ended(&run).await;
    let (run, _, seconds) = unserved(&stage.me, forms::launch(&session, None, None)).await;
    assert_eq!(seconds, 60);
    let started = Request::ClientStarted { run: run.clone(), process: None, clipboard_files: true };
    assert_eq!(stage.me.fails(started).await.code, Code::Invalid, "it is not by hand");
    stage.me.done(Request::EndSession { run }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_whose_window_was_closed_is_over_also_while_the_vault_is_locked() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    for locked in [false, true] {
        let me = stage.room.unlock().await;
        let (run, handoff) = me.opened(&session, None).await;
        let _client = host.stay(&Way::from(handoff)).await;
        stage.room.events.is(&run, &RunState::Active).await;
        if locked {
            me.done(Request::Lock).await;
        }
        let exited = Request::ClientExited { run: run.clone() };
        let who = if locked { stage.room.stranger() } else { me };
        who.done(exited).await;
        let me = stage.room.unlock().await;
        let end = eventually("the end of the session", async || {
            let runs = me.snapshot().await.runs;
            let row = runs.into_iter().find(|row| row.run == run).expect("on the list");
            matches!(row.state, RunState::Ended { .. }).then(|| end_of(row))
        })
        .await;
        assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
    }
    let exited = Request::ClientExited { run: crate::rights::NOWHERE.to_owned() };
    assert_eq!(stage.room.stranger().fails(exited).await.code, Code::NotFound);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_are_told_of_ones_own_sessions_and_to_administrators_of_all() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    assert!(traffic(&stage.me).await.is_empty());
    let (run, handoff) = stage.me.opened(&session, None).await;
    let none = TrafficRow { run: run.clone(), to_host: Bytes(0), to_client: Bytes(0) };
    assert_eq!(traffic(&stage.me).await, [none]);
    let _client = host.stay(&Way::from(handoff)).await;
    eventually("bytes both ways", async || {
        let row = traffic(&stage.me).await.pop().expect("it runs");
        (row.to_host.0 > 0 && row.to_client.0 > 0).then_some(())
    })
    .await;
    let (_, bob) = stage.room.add_person("Bob", false).await;
    let (_, ada) = stage.room.add_person("Ada", true).await;
    assert_eq!((traffic(&bob).await.len(), traffic(&ada).await.len()), (0, 1));
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    stage.room.events.ended(&run).await;
    assert!(traffic(&stage.me).await.is_empty(), "it is over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_is_refused_again_within_minutes_says_how_often() {
    let stage = Stage::new().await;
    let host = Host::start(&canary("another")).await;
    let (session, _) = stage.ready(&host).await;
    for expected in [1, 2, 3] {
        let RunEnd::HostRefused { refusals, typed: false, .. } =
            end_of(stage.play(&host, &session, None).await)
        else {
            panic!("the host did not refuse");
        };
        assert_eq!(refusals, expected);
    }
    stage.room.clock.forward(std::time::Duration::from_mins(11));
    let end = end_of(stage.play(&host, &session, None).await);
    assert!(matches!(end, RunEnd::HostRefused { refusals: 1, .. }), "{end:?}");
    assert_eq!(host.sign_ins(), 4, "each was a click, and none more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_at_the_host_sends_nothing_and_says_who_may_trust_it() {
    let stage = Stage::new().await;
    let mut host = Host::start(&stage.password).await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    let (bob, technician) = stage.room.add_person("Bob", false).await;
    let bob = bob.parse().expect("an id");
    let unseen = technician.ask(Request::LookAtHost { session: session.clone() }).await;
    assert!(matches!(unseen, Reply::Failed { failure } if failure.code == Code::Denied));
    let look = stage.me.looks(&session).await;
    let HostLook::Unknown { trust: May::Yes, takes: HostTakes::Nla, .. } = look else {
        panic!("{look:?}");
    };
    stage.me.trust(&session).await;
    let folder = Object::Folder(stage.root.parse().expect("an id"));
    stage.room.grant(bob, folder, &[Right::View]).await;
    assert!(matches!(technician.looks(&session).await, HostLook::Trusted { .. }));
    host = tokio::task::spawn_blocking(move || {
        host.rdp.renew_certificate().expect("renews");
        host
    })
    .await
    .expect("renews");
    let look = technician.looks(&session).await;
    let HostLook::Changed { shown, before, trust: May::No { .. }, ask, .. } = look else {
        panic!("{look:?}");
    };
    assert!(shown != before && !ask.is_empty(), "which, and whom to ask");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    host.rdp.stop();
    let look = technician.looks(&session).await;
    assert!(
        matches!(&look, HostLook::Unreachable { failure } if failure.code == Code::Unreachable)
    );
}
