//! A line that was lost: the client comes back, and is signed in again once the vault is open.

use usher_broker::protocol::{
    Approval, ApprovalForm, Code, DeniedWhy, Detail, Event, Failure, Fault, Inheritance, ObjectRef,
    Request, RightsForm, RunEnd, RunRow, RunState, SignInAgain,
};

use crate::ask_me;
use crate::fixture::host::{USER, Way};
use crate::fixture::people::FOUNDER;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Cutter, Host, Stage, canary, eventually, forms};
use crate::running::traffic;

/// A host behind a line that can be cut, and a session to it with the record as its password.
async fn behind(stage: &Stage, host: &Host) -> (Cutter, String) {
    let line = Cutter::start(host.place().1).await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let session = stage.session("DC01", line.place(), &credential).await;
    stage.me.trust(&session).await;
    (line, session)
}

async fn row(me: &Client, run: &str) -> RunRow {
    let runs = me.snapshot().await.runs;
    runs.into_iter().find(|row| row.run == run).expect("on the list")
}

/// Waits until the run is in this state, as the list has it.
async fn is(me: &Client, run: &str, state: RunState) -> RunRow {
    eventually("a state on the Running list", async || {
        Some(row(me, run).await).filter(|row| row.state == state)
    })
    .await
}

/// Bytes of a handshake come nowhere near it, a desktop's first picture does.
const DESKTOP: u64 = 20_000;

/// Waits until the client has the host's desktop: before that there is nothing to come back to.
async fn shows_the_desktop(me: &Client, run: &str) {
    is(me, run, RunState::Active).await;
    eventually("a desktop", async || {
        let rows = traffic(me).await;
        let row = rows.iter().find(|row| row.run == run).expect("it runs");
        (row.to_client.0 > DESKTOP).then_some(())
    })
    .await;
}

/// How often this stands in the log of a launch.
async fn counted(me: &Client, run: &str, what: &str) -> usize {
    let rows = me.audit().await;
    rows.iter().filter(|row| row.run.as_deref() == Some(run) && row.what == what).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_comes_back_to_a_locked_vault_waits_for_it_and_is_signed_in_again() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (line, session) = behind(&stage, &host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let _client = host.stay_and_come_back(&Way::from(handoff)).await;
    shows_the_desktop(&stage.me, &run).await;
    assert!(row(&stage.me, &run).await.can_sign_in_again);
    stage.me.done(Request::Lock).await;
    assert_eq!(stage.room.door().await.waiting, 0);
    line.cut();
    eventually("a session that waits", async || {
        (stage.room.door().await.waiting == 1).then_some(())
    })
    .await;
    let told = stage.room.events.all().into_iter().map(|numbered| numbered.event);
    let waiting = Event::Waiting { sessions: 1 };
    assert!(told.into_iter().any(|event| event == waiting), "the locked door was told");
    assert_eq!(stage.room.value_requests(), 1, "nothing is fetched while it is locked");
    let me = stage.room.unlock().await;
    let up = is(&me, &run, RunState::Active).await;
    assert!(up.audited);
    assert_eq!(stage.room.door().await.waiting, 0);
    assert_eq!(stage.room.value_requests(), 2, "fetched anew");
    assert_eq!(counted(&me, &run, "connection_lost").await, 1);
    assert_eq!(counted(&me, &run, "sign_in").await, 2);
    assert_eq!(counted(&me, &run, "host_accepted").await, 2);
    me.done(Request::EndSession { run: run.clone() }).await;
    assert_eq!(end_of(stage.room.events.ended(&run).await), RunEnd::EndedByPerson);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_again_fetches_anew_and_is_its_owners_alone() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (_line, session) = behind(&stage, &host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let again = || Request::SignInAgain(SignInAgain { run: run.clone(), proof: None });
    assert_eq!(stage.me.fails(again()).await.code, Code::Invalid);
    let _client = host.stay_and_come_back(&Way::from(handoff)).await;
    shows_the_desktop(&stage.me, &run).await;
    let (_, ada) = stage.room.add_person("Ada", true).await;
    assert_eq!(ada.fails(again()).await.code, Code::NotFound);
    stage.me.done(again()).await;
    eventually("a second sign-in", async || {
        (counted(&stage.me, &run, "host_accepted").await == 2).then_some(())
    })
    .await;
    assert_eq!(stage.room.value_requests(), 2, "fetched anew");
    is(&stage.me, &run, RunState::Active).await;
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    stage.room.events.ended(&run).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_a_launch_asks_for_proof_a_later_sign_in_asks_for_it_again_and_a_lost_line_does_not()
{
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (line, session) = behind(&stage, &host).await;
    asks_for_proof(&stage).await;
    let proof = || Some(forms::secret(&stage.room.passphrase_of(FOUNDER)));
    let mut launch = forms::launch(&session, None, None);
    if let Request::Launch { proof: given, .. } = &mut launch {
        *given = proof();
    }
    let (run, handoff) = stage.me.opened_by(launch).await;
    let _client = host.stay_and_come_back(&Way::from(handoff)).await;
    shows_the_desktop(&stage.me, &run).await;
    stage.room.clock.forward(std::time::Duration::from_mins(6));
    line.cut();
    signs_in(&stage.me, &run, 2).await;
    is(&stage.me, &run, RunState::Active).await;
    let again = |proof| Request::SignInAgain(SignInAgain { run: run.clone(), proof });
    let Detail::Denied { why, .. } = stage.me.fails(again(None)).await.detail else {
        panic!("not asked for");
    };
    assert_eq!(why, DeniedWhy::Confirmation);
    let wrong = Some(forms::secret(&canary("Guess")));
    assert_eq!(stage.me.fails(again(wrong)).await.code, Code::Locked);
    assert_eq!(row(&stage.me, &run).await.state, RunState::Active, "it goes on as it was");
    assert_eq!(stage.room.value_requests(), 2, "nothing was fetched for these");
    stage.me.done(again(proof())).await;
    signs_in(&stage.me, &run, 3).await;
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    stage.room.events.ended(&run).await;
}

/// The lease would refuse it once the line is dropped, and the session would be over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_again_to_a_session_that_was_edited_is_refused_and_leaves_it_up() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (_line, session) = behind(&stage, &host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let _client = host.stay_and_come_back(&Way::from(handoff)).await;
    shows_the_desktop(&stage.me, &run).await;
    let snapshot = stage.me.snapshot().await;
    let credential = snapshot.credentials.first().expect("the session's own").id.clone();
    let change = forms::credential("Renamed", stage.client(), stage.record(), &["127.0.0.1"]);
    stage.me.done(Request::ChangeCredential { credential, version: 1, form: change }).await;
    let again = Request::SignInAgain(SignInAgain { run: run.clone(), proof: None });
    let failure = stage.me.fails(again).await;
    let detail = Detail::Fault { fault: Fault::EntryChanged };
    assert_eq!((failure.code, failure.detail), (Code::Conflict, detail));
    assert_eq!(row(&stage.me, &run).await.state, RunState::Active, "it goes on as it was");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
    assert_eq!(counted(&stage.me, &run, "connection_lost").await, 0);
    stage.me.done(Request::EndSession { run: run.clone() }).await;
    assert_eq!(end_of(stage.room.events.ended(&run).await), RunEnd::EndedByPerson);
}

/// Waits until the host has accepted so often.
async fn signs_in(me: &Client, run: &str, times: usize) {
    eventually("one more sign-in", async || {
        (counted(me, run, "host_accepted").await == times).then_some(())
    })
    .await;
}

/// Launches of the client folder ask for proof from here on.
async fn asks_for_proof(stage: &Stage) {
    let of = ObjectRef::Folder { folder: stage.folder.clone() };
    let approval = Some(ApprovalForm { launch: Approval::Verify, reveal: Approval::Verify });
    let (inheritance, grants) = (Inheritance::Inherits, Vec::new());
    let form = RightsForm { inheritance, grants, approval, tickets: None };
    stage.me.done(Request::SetRights { of, form }).await;
}

/// The password was changed on the host, and both lines break at once: two wrong ones would be sent by
/// themselves, and further ones with each session more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_sessions_that_come_back_one_alone_sends_a_password_that_is_wrong_by_now() {
    let stage = Stage::new().await;
    let mut host = Host::start(&stage.password).await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let mut up = Vec::new();
    for name in ["DC01", "DC01 once more"] {
        let line = Cutter::start(host.place().1).await;
        let session = stage.session(name, line.place(), &credential).await;
        stage.me.trust(&session).await;
        let (run, handoff) = stage.me.opened(&session, None).await;
        let client = host.stay_and_come_back(&Way::from(handoff)).await;
        shows_the_desktop(&stage.me, &run).await;
        up.push((line, session, run, client));
    }
    host.rdp.set_password(USER, &canary("changed")).expect("an account file");
    for (line, ..) in &up {
        line.cut();
    }
    let mut ends = Vec::new();
    for (_, _, run, _) in &up {
        ends.push(end_of(stage.room.events.ended(run).await));
    }
    let detail = Detail::Fault { fault: Fault::RefusedBefore };
    let held_back = RunEnd::Failed { failure: Failure { code: Code::RefusedByHost, detail } };
    let refused = |end: &&RunEnd| matches!(end, RunEnd::HostRefused { refusals: 1, .. });
    assert!(ends.contains(&held_back) && ends.iter().any(|end| refused(&end)), "{ends:?}");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (3, 3), "one more of each");
    let clicked = end_of(stage.play(&host, &up[0].1, None).await);
    assert!(matches!(clicked, RunEnd::HostRefused { refusals: 2, .. }), "{clicked:?}");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (4, 4), "a click goes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_cannot_sign_in_a_second_time() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (line, linked) = behind(&stage, &host).await;
    let password = stage.password.clone();
    let (run, handoff) =
        stage.me.opened_by(ask_me::typed(line.place(), &linked, USER, &password)).await;
    let _client = host.stay_and_come_back(&Way::from(handoff)).await;
    shows_the_desktop(&stage.me, &run).await;
    let up = row(&stage.me, &run).await;
    assert!(!up.can_sign_in_again, "there is nothing to fetch");
    line.cut();
    let end = end_of(stage.room.events.ended(&run).await);
    let RunEnd::Failed { failure } = end else { panic!("signed in again: {end:?}") };
    let fault = Fault::TypedOnce;
    assert_eq!(failure.detail, Detail::Fault { fault });
    assert_eq!(stage.room.value_requests(), 0);
}
