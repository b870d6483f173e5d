//! Every request with every set of rights, against the table of rights as this file reads it.

mod asked;
mod oracle;

use usher_broker::protocol::{
    Code, Detail, Failure, Fault, NotFoundWhat, Prepared, Reply, Request, RunEnd,
};
use usher_core::rights::Object;

use self::asked::{Ids, Tried, requests};
use self::oracle::{Who, allows};
use crate::codec;
use crate::fixture::book::administrator;
use crate::fixture::people::FOUNDER;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Room, Stage, forms};

/// The PIN of whoever tries with one.
const PIN: &str = "739154";

/// A copy of the stage where its person has exactly these rights, and has proved who they are so.
async fn room_for(stage: &Stage, who: Who) -> (Room, Client) {
    let room = stage.room.copy();
    let me = room.unlock().await;
    let person = administrator(&*room.book().await);
    let top = Object::Folder(stage.root.parse().expect("an id"));
    room.grant(person, top, &who.rights()).await;
    room.source(person, who.source).await;
    if !who.administrator {
        room.hand_over("Ada").await;
    }
    if !who.by_pin {
        return (room, me);
    }
    let (passphrase, pin) = (forms::secret(&room.passphrase_of(FOUNDER)), Some(forms::secret(PIN)));
    me.done(Request::SetPin { passphrase, pin }).await;
    me.done(Request::Lock).await;
    let me = room.unlock_by_pin(FOUNDER, PIN).await;
    (room, me)
}

/// Why the request failed, if it did; of a list that opens, how its filling ends.
async fn verdict(me: &Client, request: Request) -> Option<Failure> {
    let reply = me.ask(request).await;
    if let Reply::Failed { failure } = reply {
        return Some(failure);
    }
    let (Reply::PickerOpened { picker }
    | Reply::Prepared { prepared: Prepared::Pick { picker, .. } }) = reply
    else {
        return None;
    };
    me.full_list(&picker, "").await.progress.failure
}

/// What the requests about the person's own unlock need.
async fn tried_by(room: &Room) -> Tried {
    Tried { passphrase: room.passphrase_of(FOUNDER), person: room.id_of(FOUNDER).await }
}

fn is_denied(failure: Option<&Failure>) -> bool {
    failure.is_some_and(|f| {
        assert_eq!(f.code == Code::Denied, matches!(f.detail, Detail::Denied { .. }), "{f:?}");
        f.code == Code::Denied
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_request_is_denied_exactly_where_the_table_says_so_and_then_changes_nothing() {
    let stage = Stage::new().await;
    let ids = Ids::furnish(&stage).await;
    let mut differences = Vec::new();
    for who in Who::everybody() {
        let (room, me) = room_for(&stage, who).await;
        let before = room.book().await;
        let of = tried_by(&room).await;
        stage.room.account.forget_requests();
        let (allowed, denied): (Vec<_>, Vec<_>) =
            requests(&stage, &ids, &of).into_iter().partition(|ask| allows(ask, &ids, who));
        for ask in denied {
            let about = format!("{who:?} {}", asked::shown(&ask));
            if !is_denied(verdict(&me, ask).await.as_ref()) {
                differences.push(format!("not denied: {about}"));
            }
        }
        assert_eq!(room.book().await, before, "a denied request changed something: {who:?}");
        assert_eq!(stage.room.account.requests(), [], "or reached IT Glue: {who:?}");
        for ask in allowed {
            let about = format!("{who:?} {}", asked::shown(&ask));
            let failure = verdict(&me, ask).await;
            if is_denied(failure.as_ref()) {
                differences.push(format!("denied: {about}"));
            }
            check_done(who, failure, &about);
        }
    }
    assert_eq!(differences, [""; 0]);
}

/// With every right, all that fails is what names nothing or reaches for a host that is not there.
fn check_done(who: Who, failure: Option<Failure>, about: &str) {
    let Some(failure) = failure.filter(|_| who == Who::ALMIGHTY) else {
        return;
    };
    let nobody = [Code::NotFound, Code::Unreachable].contains(&failure.code);
    let words = ["page", "picker", "run", "launch", "trust", "undo", "nowhere"];
    if about.contains("lock_for") && failure.code == Code::Locked {
        return; // it was locked by the request before
    }
    let nowhere = about.contains(NOWHERE) || about.contains("accept_as_found");
    if nowhere && [Code::NotFound, Code::Invalid, Code::Conflict].contains(&failure.code) {
        return;
    }
    assert!(nobody && words.iter().any(|word| about.contains(word)), "{about}: {failure:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_holds_what_may_be_seen_and_nothing_else() {
    let stage = Stage::new().await;
    Ids::furnish(&stage).await;
    for who in Who::everybody() {
        let (_room, me) = room_for(&stage, who).await;
        let seen = me.snapshot().await;
        let counts = (seen.folders.len(), seen.credentials.len(), seen.sessions.len());
        assert_eq!(counts.0 > 0 && counts.1 > 0 && counts.2 > 0, who.view, "{who:?}: {counts:?}");
        assert_eq!(counts == (0, 0, 0), !who.view, "{who:?}: {counts:?}");
        assert_eq!(seen.person.administrator, who.administrator);
    }
}

pub(crate) use asked::NOWHERE;

/// What needs no handle. That a client has ended is told also while the vault is locked.
fn is_answered_at_the_door(ask: &Request) -> bool {
    matches!(
        ask,
        Request::Door
            | Request::CreateVault(_)
            | Request::Unlock { .. }
            | Request::PassphraseStrength(_)
            | Request::VaultVerify
            | Request::ReachItGlue { .. }
            | Request::AuditVerify
            | Request::ClientExited { .. }
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_open_unlock_every_request_answers_locked() {
    let stage = Stage::new().await;
    let never_unlocked = Room::new(
        usher_sandbox::account::Account::start(usher_sandbox::account::AccountData::empty())
            .expect("an account"),
    );
    let before = stage.room.book().await;
    let was_locked = stage.room.copy();
    let locked = was_locked.unlock().await;
    locked.done(Request::Lock).await;
    let nobodies = [
        locked,
        stage.room.stranger(),
        stage.room.holder_of(""),
        stage.room.holder_of(&"0".repeat(64)),
        never_unlocked.holder_of("1"),
    ];
    for nobody in nobodies {
        for ask in codec::requests().into_iter().filter(|ask| !is_answered_at_the_door(ask)) {
            let about = asked::shown(&ask);
            let locked = Failure { code: Code::Locked, detail: Detail::Plain };
            assert_eq!(nobody.fails(ask).await, locked, "{about}");
        }
    }
    assert_eq!(stage.room.book().await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_another_person_is_not_found() {
    let stage = Stage::new().await;
    let (connection, organization) = (stage.connection.clone(), stage.organization.clone());
    let browse = Request::BrowsePasswords { connection, organization };
    let Reply::PickerOpened { picker } = stage.me.ask(browse).await else { panic!("no list") };
    let ada = stage.room.hand_over("Ada").await;
    assert_eq!(ada.snapshot().await.person.name, "Ada");
    let detail = Detail::NotFound { what: NotFoundWhat::Picker };
    let gone = Failure { code: Code::NotFound, detail };
    let page = |picker: &str| Request::PickerPage {
        picker: picker.to_owned(),
        query: String::new(),
        offset: 0,
        limit: 1,
    };
    assert_eq!(ada.fails(page(&picker)).await, gone);
    assert_eq!(ada.fails(Request::ClosePicker { picker: picker.clone() }).await, gone);
    assert_eq!(stage.me.full_list(&picker, "").await.rows.len(), 1, "it is still its owner's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_session_of_another_person_is_an_administrators_to_see_and_end() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (run, _) = stage.me.opened(&session, None).await;
    let ada = stage.room.hand_over("Ada").await;
    let (own, _) = stage.me.opened(&session, None).await;
    let seen: Vec<String> = ada.snapshot().await.runs.into_iter().map(|row| row.run).collect();
    assert_eq!(seen, [run.clone(), own.clone()]);
    ada.done(Request::EndSession { run: run.clone() }).await;
    assert_eq!(end_of(stage.room.events.ended(&run).await), RunEnd::EndedByPerson);
    stage.room.hand_over("Bob").await;
    assert!(ada.snapshot().await.runs.is_empty(), "not hers, and she administers no more");
    let detail = Detail::NotFound { what: NotFoundWhat::Run };
    let gone = Failure { code: Code::NotFound, detail };
    let asks: [fn(String) -> Request; 4] = [
        |run| Request::EndSession { run },
        |run| Request::DismissRun { run },
        |run| Request::ClientMissing { run },
        |run| Request::ClientExited { run },
    ];
    for ask in asks {
        assert_eq!(ada.fails(ask(own.clone())).await, gone);
    }
    assert_eq!(stage.me.snapshot().await.runs.len(), 2, "they are still their owner's");
    stage.me.done(Request::EndSession { run: own }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn showing_asks_the_person_to_confirm_and_a_list_has_nothing_to_show() {
    let stage = Stage::new().await;
    let one = stage.credential("One", stage.record(), &[]).await;
    let list = stage.credential("List", forms::prompt(None), &[]).await;
    let failure = stage.me.fails(forms::show(&one, None)).await;
    assert_eq!(failure.code, Code::Denied);
    let wrong = stage.me.fails(forms::show(&one, Some("not it"))).await;
    let detail = Detail::Fault { fault: Fault::WrongPassphrase };
    assert_eq!(wrong, Failure { code: Code::Locked, detail });
    assert_eq!(stage.me.fails(stage.shows(&list)).await.code, Code::Invalid);
    assert_eq!(stage.room.value_requests(), 0);
    let Reply::Revealed { revealed } = stage.me.ask(stage.shows(&one)).await else {
        panic!("not shown");
    };
    assert_eq!(*revealed.password.into_text(), stage.password);
    assert_eq!((revealed.seconds, stage.room.value_requests()), (15, 1));
}
