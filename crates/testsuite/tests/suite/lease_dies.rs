//! A promise of a password that is worth nothing any more: nothing is fetched, nothing sent.

use std::time::Duration;

use usher_broker::protocol::{Code, Detail, Failure, Fault, Reply, Request, RunEnd, RunState};
use usher_core::ids::SessionEntryId;
use usher_core::rights::{Object, Right};
use usher_sandbox::account::Fault as Misbehave;

use crate::fixture::book::administrator;
use crate::fixture::host::Way;
use crate::fixture::stage::end_of;
use crate::fixture::{HeldLine, Host, Stage, eventually, forms};

fn changed() -> RunEnd {
    let detail = Detail::Fault { fault: Fault::EntryChanged };
    RunEnd::Failed { failure: Failure { code: Code::Conflict, detail } }
}

async fn version_of(stage: &Stage, session: &str) -> u32 {
    let sessions = stage.me.snapshot().await.sessions;
    sessions.iter().find(|row| row.id == session).expect("seen").version
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_of_the_session_or_its_credential_before_the_client_came_ends_the_lease() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    for what in ["session", "credential", "deleted session"] {
        let (run, handoff) = stage.me.opened(&session, None).await;
        stage.me.done(edit(&stage, what, &session, &credential, host.place()).await).await;
        host.sign_in(&handoff.into()).await;
        let end = end_of(stage.room.events.ended(&run).await);
        assert_eq!(end, changed(), "{what}");
        let log = stage.me.audit().await;
        let kept = log.iter().any(|r| r.run.as_deref() == Some(&run) && r.outcome == "failed");
        assert!(kept, "the end of {what} stands on record");
    }
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
}

async fn edit(
    stage: &Stage,
    what: &str,
    session: &str,
    credential: &str,
    at: (&str, u32),
) -> Request {
    let version = version_of(stage, session).await;
    match what {
        "session" => Request::ChangeSession {
            session: session.to_owned(),
            version,
            form: forms::session("Renamed", at, credential),
        },
        "credential" => Request::ChangeCredential {
            credential: credential.to_owned(),
            version: 1,
            form: forms::credential("Renamed", stage.client(), stage.record(), &["127.0.0.1"]),
        },
        _ => Request::DeleteSession { session: session.to_owned() },
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_is_taken_before_the_client_came_ends_the_lease() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let id: SessionEntryId = session.parse().expect("an id");
    let me = administrator(&*stage.room.book().await);
    stage.room.grant(me, Object::Session(id), &Right::ALL).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    stage.room.grant(me, Object::Session(id), &[Right::Edit]).await;
    host.sign_in(&handoff.into()).await;
    let RunEnd::Failed { failure } = end_of(stage.room.events.ended(&run).await) else {
        panic!("released");
    };
    assert_eq!(failure.code, Code::Denied);
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    let log = stage.me.audit().await;
    let denied =
        |r: &&usher_broker::protocol::AuditRow| r.what == "sign_in" && r.outcome == "denied";
    assert_eq!(log.iter().filter(denied).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handoff_is_worth_one_sign_in() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let way: Way = handoff.into();
    assert!(host.sign_in(&way).await);
    stage.room.events.ended(&run).await;
    assert!(!host.sign_in(&way).await, "the second time there is nobody to let it in");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handoff_of_another_launch_opens_nothing() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (first, mut one) = stage.me.opened(&session, None).await;
    let (second, other) = stage.me.opened(&session, None).await;
    assert_ne!((&one.address, &one.user), (&other.address, &other.user));
    one.password = other.password;
    assert!(!host.sign_in(&one.into()).await);
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    for run in [first, second] {
        stage.me.done(Request::EndSession { run }).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_ended_while_its_password_is_fetched_has_intent_and_outcome_on_record() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    stage.room.account.set_fault(Misbehave::Slow(Duration::from_mins(10))).expect("a port");
    let _client = host.stay(&handoff.into()).await;
    eventually("the password is asked for", async || {
        (stage.room.value_requests() == 1).then_some(())
    })
    .await;
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    assert_eq!(end_of(stage.room.events.ended(&run).await), RunEnd::EndedByPerson);
    stage.room.account.clear_fault().expect("a port");
    let log = stage.me.audit().await;
    let of_the_run = log.iter().filter(|row| row.run.as_deref() == Some(&run));
    let kept: Vec<_> = of_the_run.map(|row| (row.what.as_str(), row.outcome.as_str())).collect();
    assert_eq!(
        kept[2..],
        [("sign_in", "intended"), ("sign_in", "failed"), ("session_ended", "done")],
        "after the launch's own two"
    );
    let reply = stage.me.ask(Request::AuditVerify).await;
    assert!(matches!(reply, Reply::AuditVerdict { verdict } if verdict.good));
    assert_eq!(host.sign_ins(), 0);
}

/// The vault is locked while the host is looked at: the launch comes about, and nobody could see it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_cannot_be_listed_is_ended() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let line = HeldLine::start(host.place().1).await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let session = stage.session("DC01", line.place(), &credential).await;
    stage.me.trust(&session).await;
    line.hold();
    let (me, launch) = (stage.me.clone(), forms::launch(&session, None, None));
    let launched = tokio::spawn(async move { me.fails(launch).await.code });
    line.waits().await;
    stage.me.done(Request::Lock).await;
    line.let_go();
    assert_eq!(launched.await.expect("no panic"), Code::Locked);
    let me = stage.room.unlock().await;
    let ended = eventually("an end on record", async || {
        me.audit().await.into_iter().find(|row| row.what == "session_ended")
    })
    .await;
    assert_eq!(ended.outcome, "done");
    assert!(me.snapshot().await.runs.is_empty());
    assert_eq!(stage.room.value_requests(), 0);
}

type Ask = fn(String) -> Request;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_whose_client_never_comes_can_be_ended_and_says_by_whom() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let ends: [(Ask, RunEnd); 3] = [
        (|run| Request::EndSession { run }, RunEnd::EndedByPerson),
        (|run| Request::ClientMissing { run }, RunEnd::ClientMissing),
        (|run| Request::ClientExited { run }, RunEnd::ClientLeftEarly),
    ];
    for (how, expected) in ends {
        let (run, handoff) = stage.me.opened(&session, None).await;
        stage.room.events.is(&run, &RunState::WaitingForClient).await;
        let dismiss = Request::DismissRun { run: run.clone() };
        assert_eq!(stage.me.fails(dismiss).await.code, Code::Invalid, "it still runs");
        stage.me.done(how(run.clone())).await;
        assert_eq!(end_of(stage.room.events.ended(&run).await), expected);
        assert!(!host.sign_in(&handoff.into()).await, "nobody listens any more");
        stage.me.done(Request::DismissRun { run: run.clone() }).await;
        assert!(stage.me.snapshot().await.runs.is_empty());
        assert_eq!(stage.me.fails(Request::EndSession { run }).await.code, Code::NotFound);
    }
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
}
