//! *Ask me*: a person types user and password, which are sent to the host once and kept nowhere.

use usher_broker::protocol::{
    AuditRow, Code, CredentialsRow, DeniedWhy, Detail, FieldRule, HostLook, May, Prepared, Request,
    RunEnd, SessionForm, SettingsForm, TypedForm,
};
use usher_core::rights::{Object, Right};
use usher_sandbox::account::Fault;

use crate::fixture::host::USER;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Stage, canary, forms};

/// A session that asks the person.
fn asking((host, port): (&str, u32)) -> SessionForm {
    SessionForm { credentials: CredentialsRow::AskMe, ..forms::bare_session("DC01", host, port) }
}

/// A session that asks the person, its host trusted.
pub(crate) async fn ready(stage: &Stage, host: &Host) -> String {
    let form = asking(host.place());
    let session =
        stage.me.created(Request::CreateSession { folder: stage.folder.clone(), form }).await;
    let sha256 = shown(&stage.me, &session).await;
    stage.me.done(Request::TrustCertificate { session: session.clone(), sha256 }).await;
    session
}

/// What the host shows before anybody has typed anything.
async fn shown(me: &Client, session: &str) -> String {
    let look = me.looks(session).await;
    let HostLook::Unknown { shown, trust: May::Yes, .. } = look else {
        panic!("not to be trusted: {look:?}");
    };
    shown.sha256
}

/// A launch with this typed.
pub(crate) fn typed(
    (host, port): (&str, u32),
    session: &str,
    user: &str,
    password: &str,
) -> Request {
    Request::Launch {
        session: session.to_owned(),
        credential: None,
        choice: None,
        ticket: None,
        proof: None,
        typed: Some(TypedForm {
            user: user.to_owned(),
            password: forms::secret(password),
            host: host.to_owned(),
            port,
        }),
        by_hand: false,
    }
}

async fn trail(stage: &Stage, run: &str) -> Vec<AuditRow> {
    let rows = stage.me.audit().await.into_iter();
    rows.filter(|row| row.run.as_deref() == Some(run)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_signs_in_and_stands_on_record_as_typed() {
    let stage = Stage::new().await;
    let password = canary("typed");
    let host = Host::start(&password).await;
    let session = ready(&stage, &host).await;
    let prepared = stage.me.prepare(&session).await;
    assert!(matches!(prepared, Prepared::AskMe { host, proof: false, .. } if host == "127.0.0.1"));
    let unasked = stage.me.fails(forms::launch(&session, None, None)).await;
    let detail = Detail::Field { field: "user".to_owned(), rule: FieldRule::Required };
    assert_eq!((unasked.code, unasked.detail), (Code::Invalid, detail));
    let (run, handoff) = stage.me.opened_by(typed(host.place(), &session, USER, &password)).await;
    assert!(host.sign_in(&handoff.into()).await, "the client was let in");
    let row = stage.room.events.ended(&run).await;
    assert_eq!((row.account.as_deref(), &row.credential_name), (Some(USER), &None));
    assert!(matches!(end_of(row), RunEnd::Closed { .. }));
    let rows = trail(&stage, &run).await;
    let words: Vec<_> = rows.iter().map(|r| (r.what.as_str(), r.outcome.as_str())).collect();
    let expected = [
        ("launch", "intended"),
        ("launch", "done"),
        ("sign_in", "intended"),
        ("typed_by_person", "done"),
        ("host_accepted", "done"),
        ("session_ended", "done"),
    ];
    assert_eq!(words, expected);
    assert_eq!(stage.room.value_requests(), 0, "IT Glue was not asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_says_that_it_was_typed_and_counts_until_one_is_accepted() {
    let stage = Stage::new().await;
    let right = canary("right");
    let host = Host::start(&right).await;
    let session = ready(&stage, &host).await;
    let refused = async |user: &str| {
        let (run, handoff) =
            stage.me.opened_by(typed(host.place(), &session, user, &canary("wrong"))).await;
        host.sign_in(&handoff.into()).await;
        let end = end_of(stage.room.events.ended(&run).await);
        let RunEnd::HostRefused { refusals, typed: true, record, .. } = end else {
            panic!("{end:?}");
        };
        assert_eq!(record, "", "there is none");
        refusals
    };
    assert_eq!((refused(USER).await, refused(USER).await), (1, 2));
    assert_eq!(refused("eve").await, 1, "somebody else's");
    stage.room.clock.forward(std::time::Duration::from_mins(11));
    assert_eq!(refused(USER).await, 1, "the others are long ago");
    let (run, handoff) = stage.me.opened_by(typed(host.place(), &session, USER, &right)).await;
    host.sign_in(&handoff.into()).await;
    assert!(matches!(end_of(stage.room.events.ended(&run).await), RunEnd::Closed { .. }));
    assert_eq!(refused(USER).await, 1, "it was accepted meanwhile");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_host_could_take_is_refused_without_being_told_again() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let session = ready(&stage, &host).await;
    let (line, long) = (canary("line") + "\n", "x".repeat(257));
    let bad = [
        (typed(host.place(), &session, " ", "p"), "user", FieldRule::Required),
        (typed(host.place(), &session, "a\u{2028}b", "p"), "user", FieldRule::Unsafe),
        (typed(host.place(), &session, &long, "p"), "user", FieldRule::TooLong),
        (typed(host.place(), &session, USER, ""), "password", FieldRule::Required),
        (typed(host.place(), &session, USER, &line), "password", FieldRule::Unsafe),
        (typed(host.place(), &session, USER, &long), "password", FieldRule::TooLong),
    ];
    for (ask, field, rule) in bad {
        let failure = stage.me.fails(ask).await;
        let detail = Detail::Field { field: field.to_owned(), rule };
        assert_eq!((failure.code, failure.detail), (Code::Invalid, detail));
    }
    let told = stage.me.answers().iter().any(|text| text.contains(line.trim()));
    assert!(!told, "an answer repeats it");
    assert_eq!(host.sign_ins(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_may_turn_it_off_and_view_on_the_session_is_enough_otherwise() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let session = ready(&stage, &host).await;
    let (bob, technician) = stage.room.add_person("Bob", false).await;
    let object = Object::Session(session.parse().expect("an id"));
    stage.room.grant(bob.parse().expect("an id"), object, &[Right::View]).await;
    let password = stage.password.clone();
    let (run, _) = technician.opened_by(typed(host.place(), &session, USER, &password)).await;
    technician.done(Request::EndSession { run }).await;
    let settings = |ask_me| SettingsForm {
        technicians_trust_on_first_use: false,
        ask_me,
        idle_lock_minutes: 15,
    };
    stage.me.done(Request::SaveSettings { form: settings(false) }).await;
    let failure = technician.fails(typed(host.place(), &session, USER, &password)).await;
    assert_eq!(failure.code, Code::Denied);
    assert!(matches!(failure.detail, Detail::Denied { why: DeniedWhy::AskMeOff, .. }));
    let rows = technician.snapshot().await;
    assert!(!rows.settings.ask_me);
    let launch = &rows.sessions.iter().find(|row| row.id == session).expect("seen").launch;
    assert_eq!(*launch, May::No { why: DeniedWhy::AskMeOff });
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_it_glue_is_away_one_types_what_would_have_been_fetched() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    stage.room.account.set_fault(Fault::Down).expect("a port");
    let RunEnd::Failed { failure } = end_of(stage.play(&host, &session, None).await) else {
        panic!("it was fetched");
    };
    assert_eq!(failure.code, Code::Unreachable);
    let password = stage.password.clone();
    let (run, handoff) = stage.me.opened_by(typed(host.place(), &session, USER, &password)).await;
    assert!(host.sign_in(&handoff.into()).await, "the client was let in");
    assert!(matches!(end_of(stage.room.events.ended(&run).await), RunEnd::Closed { .. }));
    stage.room.account.clear_fault().expect("a port");
}
