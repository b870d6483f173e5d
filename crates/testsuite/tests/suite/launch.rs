//! One launch from the question of trust to the end on record, with a real client and a real host.

use usher_broker::protocol::{Code, Launch, Prepared, Reply, Request, RunEnd, RunState};

use crate::fixture::stage::{RECORD, end_of};
use crate::fixture::{Host, Stage, canary, forms};

/// `what` and `outcome` of the rows that belong to a launch, in order.
async fn trail(stage: &Stage, run: &str) -> Vec<(String, String)> {
    let rows = stage.me.audit().await.into_iter();
    let of_it = rows.filter(|row| row.run.as_deref() == Some(run));
    of_it.map(|row| (row.what, row.outcome)).collect()
}

fn words(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(what, how)| (what.to_owned(), how.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_host_gets_no_credential_and_another_fingerprint_is_not_trusted() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let credential = stage.credential("Contoso admin", stage.record(), &["127.0.0.1"]).await;
    let session = stage.session("DC01", host.place(), &credential).await;
    assert!(matches!(stage.me.prepare(&session).await, Prepared::Ready { proof: false, .. }));
    let shown = stage.me.untrusted(&session).await;
    let other = "0".repeat(64);
    let trust = |sha256: &str| Request::TrustCertificate {
        session: session.clone(),
        sha256: sha256.to_owned(),
    };
    assert_eq!(stage.me.fails(trust(&other)).await.code, Code::NotFound);
    assert_eq!(stage.me.untrusted(&session).await, shown, "nothing was trusted");
    assert_eq!(host.sign_ins(), 0);
    assert_eq!(stage.room.value_requests(), 0);
    stage.me.done(trust(&shown.sha256)).await;
    let (run, _) = stage.me.opened(&session, None).await;
    stage.me.done(Request::EndSession { run }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_certificate_is_a_question_again_and_names_the_one_before() {
    let stage = Stage::new().await;
    let mut host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let old = {
        let book = stage.room.book().await;
        let row = book.certificates.values().next().expect("one is trusted");
        usher_core::entry::fingerprint(&row.certificate.sha256)
    };
    host = tokio::task::spawn_blocking(move || {
        host.rdp.renew_certificate().expect("renews");
        host
    })
    .await
    .expect("renews");
    let reply = stage.me.launch(&session, None).await;
    let Reply::Launch { launch: Launch::NeedsTrust { shown, before, .. } } = reply else {
        panic!("a changed certificate passed");
    };
    assert_eq!(before.expect("it was trusted before").sha256, old);
    assert_ne!(shown.sha256, old);
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_is_told_step_by_step_and_stands_on_record_in_order() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    assert_eq!(stage.room.value_requests(), 0, "nothing is fetched before the client came");
    assert_eq!(trail(&stage, &run).await, words(&[("launch", "intended"), ("launch", "done")]));
    assert!(host.sign_in(&handoff.into()).await, "the client was let in");
    let end = end_of(stage.room.events.ended(&run).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
    let mut told: Vec<RunState> = Vec::new();
    for row in stage.room.events.of_run(&run) {
        told.push(row.state);
    }
    told.dedup();
    told.pop();
    let steps = [RunState::WaitingForClient, RunState::SigningIn, RunState::Active];
    assert_eq!(told, steps);
    let on_record = [
        ("launch", "intended"),
        ("launch", "done"),
        ("sign_in", "intended"),
        ("host_accepted", "done"),
        ("session_ended", "done"),
    ];
    assert_eq!(trail(&stage, &run).await, words(&on_record));
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
    assert!(stage.room.account.unexpected_requests().is_empty());
    let snapshot = stage.me.snapshot().await;
    let row = snapshot.runs.iter().find(|row| row.run == run).expect("still on the list");
    assert_eq!((row.account.as_deref(), row.audited), (Some("adm"), true));
    assert!(snapshot.sessions.iter().any(|s| s.id == session && s.last_launched.is_some()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_numbered_without_gaps_and_a_snapshot_names_the_newest() {
    let stage = Stage::new().await;
    stage.credential("One", stage.record(), &[]).await;
    let newest = stage.me.snapshot().await.event;
    crate::fixture::eventually("all events", async || {
        (stage.room.events.all().len() >= usize::try_from(newest).unwrap()).then_some(())
    })
    .await;
    let numbers: Vec<u32> = stage.room.events.all().iter().map(|e| e.number).collect();
    let counted: Vec<u32> = (1..=u32::try_from(numbers.len()).unwrap()).collect();
    assert!(newest > 0);
    assert_eq!(numbers, counted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_password_says_which_record_and_since_when_and_is_sent_once() {
    let stage = Stage::new().await;
    let host = Host::start(&canary("another")).await;
    let (session, _) = stage.ready(&host).await;
    let row = stage.play(&host, &session, None).await;
    let run = row.run.clone();
    let end = end_of(row);
    let RunEnd::HostRefused { reason, record, changed, choose_again, others, refusals, typed } =
        end
    else {
        panic!("the host did not refuse");
    };
    assert_eq!((refusals, typed), (1, false));
    // FreeRDP's server only hangs up; hosts that give their reason are in the injector's tests.
    assert_eq!((reason.as_str(), record.as_str()), ("unexplained", RECORD));
    let at =
        stage.room.account.edit(|data| data.password(stage.record).unwrap().password_updated_at);
    let at = u64::try_from(at.as_millisecond()).unwrap();
    assert_eq!(changed.map(|at| at.0), Some(at));
    assert!(!choose_again, "one password leaves no choice");
    assert!(others.is_empty());
    let refused = trail(&stage, &run).await;
    assert!(refused.contains(&("host_refused".to_owned(), "refused".to_owned())), "{refused:?}");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_refusal_another_entry_of_the_client_is_offered_and_works() {
    let stage = Stage::new().await;
    let right = canary("right");
    let host = Host::start(&right).await;
    let (session, _) = stage.ready(&host).await;
    let organization_id = stage.organization.parse().unwrap();
    let record = stage.room.account.edit(|data| {
        let (name, username, value) = ("Second admin", "adm", right.as_str());
        let new = usher_sandbox::account::NewPassword { organization_id, name, username, value };
        data.add_password(new).unwrap()
    });
    let target = forms::specific(&record.to_string());
    let other = stage.credential("Second", target, &["127.0.0.1"]).await;
    let RunEnd::HostRefused { others, .. } = end_of(stage.play(&host, &session, None).await) else {
        panic!("the host did not refuse");
    };
    assert_eq!(others, [other.as_str()]);
    let credential = Some(other);
    let ask = forms::launch(&session, credential.as_deref(), None);
    let (run, handoff) = stage.me.opened_by(ask).await;
    host.sign_in(&handoff.into()).await;
    let end = end_of(stage.room.events.ended(&run).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
}
