//! A password and a key are looked for everywhere after everything that can be done with them. Each
//! search has a control: it finds what is put in its way on purpose.

use usher_broker::protocol::{Prepared, Reply, Request, RunEnd};
use usher_sandbox::account::Fault;

use crate::ask_me;
use crate::fixture::host::USER;
use crate::fixture::room::{files_holding, holds};
use crate::fixture::stage::end_of;
use crate::fixture::{Host, Room, Stage, canary, forms, logs};

/// The text as it might be written: as it is, and as Windows protocols spell it.
fn spellings(text: &str) -> [Vec<u8>; 2] {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes().to_vec(), wide]
}

fn in_files(room: &Room, text: &str) -> Vec<String> {
    spellings(text).iter().flat_map(|text| files_holding(room.folder.path(), text)).collect()
}

fn in_logs(text: &str) -> bool {
    spellings(text).iter().any(|text| logs::hold(text))
}

/// Answers and events that hold the text.
fn in_messages<'a>(texts: &'a [String], text: &str) -> Vec<&'a str> {
    let holding = texts.iter().filter(|message| holds(message.as_bytes(), text.as_bytes()));
    holding.map(String::as_str).collect()
}

/// A sign-in that works, one that is refused, a list, what is shown, and every fault.
async fn everything(stage: &Stage, host: &mut Host) {
    let (session, credential) = stage.ready(host).await;
    let end = end_of(stage.play(host, &session, None).await);
    assert!(matches!(end, RunEnd::Closed { .. }), "{end:?}");
    host.rdp.set_password("adm", &canary("new")).expect("a file");
    let end = end_of(stage.play(host, &session, None).await);
    assert!(matches!(end, RunEnd::HostRefused { .. }), "{end:?}");
    let list = stage.credential("List", forms::prompt(None), &["127.0.0.1"]).await;
    let listed = stage.session("List", host.place(), &list).await;
    let Prepared::Pick { picker, .. } = stage.me.prepare(&listed).await else { panic!("no list") };
    assert_eq!(stage.me.full_list(&picker, "admin").await.rows.len(), 1);
    let show = || stage.shows(&credential);
    assert!(matches!(stage.me.ask(show()).await, Reply::Revealed { .. }));
    for fault in [
        Fault::KeyRevoked,
        Fault::CutShort,
        Fault::ForeignRow,
        Fault::ServerError(500),
        Fault::Down,
        // The last one: nothing is asked any more before its time is over.
        Fault::RateLimited { retry_after: Some(600) },
    ] {
        stage.room.account.set_fault(fault).expect("a port");
        stage.me.fails(show()).await;
        let end = end_of(stage.play(host, &session, None).await);
        assert!(matches!(end, RunEnd::Failed { .. }), "{end:?}");
        let connection = stage.connection.clone();
        let key = forms::secret(&stage.room.key_of(&stage.connection).await.expect("kept"));
        drop(stage.me.ask(Request::ReplaceKey { connection, api_key: key }).await);
        stage.room.account.clear_fault().expect("a port");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_and_a_key_stand_nowhere_but_in_the_answer_that_shows_the_password() {
    let stage = Stage::new().await;
    let mut host = Host::start(&stage.password).await;
    everything(&stage, &mut host).await;
    stage.me.snapshot().await;
    assert!(stage.me.audit().await.len() > 20, "the log is among the answers");
    let key = stage.room.key_of(&stage.connection).await.expect("kept");
    let events = stage.room.events.texts();
    let answers = stage.me.answers();
    for secret in [&stage.password, &key] {
        assert!(!in_logs(secret), "a log line");
        assert_eq!(in_files(&stage.room, secret), [""; 0]);
        assert_eq!(in_messages(&events, secret), [""; 0]);
    }
    assert_eq!(in_messages(&answers, &key), [""; 0]);
    let shown = in_messages(&answers, &stage.password);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].starts_with(r#"{"reply":"revealed""#), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_typed_stands_nowhere_at_all() {
    let stage = Stage::new().await;
    let (right, wrong) = (canary("typed-right"), canary("typed-wrong"));
    let host = Host::start(&right).await;
    let session = ask_me::ready(&stage, &host).await;
    for typed in [&right, &wrong] {
        let (run, handoff) =
            stage.me.opened_by(ask_me::typed(host.place(), &session, USER, typed)).await;
        host.sign_in(&handoff.into()).await;
        let end = end_of(stage.room.events.ended(&run).await);
        let refused = matches!(end, RunEnd::HostRefused { .. });
        assert_eq!(refused, typed == &wrong, "{end:?}");
    }
    let (run, _) = stage.me.opened_by(ask_me::typed(host.place(), &session, USER, &right)).await;
    stage.me.done(Request::EndSession { run }).await;
    stage.me.fails(ask_me::typed(host.place(), &session, "", &right)).await;
    stage.me.snapshot().await;
    stage.me.audit().await;
    let (events, answers) = (stage.room.events.texts(), stage.me.answers());
    for typed in [&right, &wrong] {
        assert!(!in_logs(typed), "a log line");
        assert_eq!(in_files(&stage.room, typed), [""; 0]);
        assert_eq!((in_messages(&events, typed), in_messages(&answers, typed)), (vec![], vec![]));
    }
    assert!(!in_messages(&answers, "typed_by_person").is_empty(), "that it was typed is known");
    assert!(!in_messages(&events, USER).is_empty(), "and as whom");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_finds_what_is_left_lying_about() {
    let stage = Stage::new().await;
    let left = canary("left");
    assert!(!in_logs(&left));
    tracing::trace!(target: "elsewhere", "left {left}");
    assert!(in_logs(&left));
    assert!(logs::bytes() > 10_000, "other rooms write lines too");
    assert_eq!(in_files(&stage.room, &left), [""; 0]);
    stage.credential(&left, stage.record(), &[]).await;
    assert_eq!(in_files(&stage.room, &left), [""; 0], "what is in the vault is sealed");
    let lying = stage.room.folder.path().join("usher").join("left");
    std::fs::write(&lying, format!("before {left} after")).expect("writes");
    assert_eq!(in_files(&stage.room, &left), [lying.display().to_string()]);
    stage.me.snapshot().await;
    assert_eq!(in_messages(&stage.me.answers(), &left).len(), 1);
    let browse = Request::BrowsePasswords {
        connection: stage.connection.clone(),
        organization: stage.organization.clone(),
    };
    let Reply::PickerOpened { picker } = stage.me.ask(browse).await else { panic!("no list") };
    stage.me.full_list(&picker, "").await;
    let told = crate::fixture::eventually("the list's events", async || {
        let texts = stage.room.events.texts();
        (!in_messages(&texts, r#""done":true"#).is_empty()).then_some(texts)
    })
    .await;
    assert!(!in_messages(&told, "Contoso").is_empty());
}
