//! Locking and people who go: no lease, list, proof or handle of theirs outlives it.

use std::time::Duration;

use usher_broker::protocol::{
    Code, DeniedWhy, Detail, Event, Failure, Fault, GrantForm, Inheritance, LockWhy, NotFoundWhat,
    Numbered, ObjectRef, PinAtDoor, Reply, Request, Right, RightsForm, RunEnd, Standing,
    SubjectRef, UnlockWith,
};

use crate::fixture::people::FOUNDER;
use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Room, Stage, eventually, forms};

fn locked() -> Failure {
    Failure { code: Code::Locked, detail: Detail::Plain }
}

/// A technician who may see everything and launch it.
async fn technician(stage: &Stage, rights: &[Right]) -> (String, Client) {
    let (id, bob) = stage.room.add_person("Bob", false).await;
    let his = |rights: &[Right]| GrantForm {
        subject: SubjectRef::Person { person: id.clone() },
        rights: rights.to_vec(),
    };
    let founder = SubjectRef::Person { person: stage.room.id_of(FOUNDER).await };
    let all = vec![Right::View, Right::ViewPassword, Right::Edit];
    let grants = vec![his(rights), GrantForm { subject: founder, rights: all }];
    let inheritance = Inheritance::Own;
    let form = RightsForm { inheritance, grants, approval: None, tickets: None };
    let of = ObjectRef::Folder { folder: stage.root.clone() };
    stage.me.done(Request::SetRights { of, form }).await;
    (id, bob)
}

async fn was_told(room: &Room, why: LockWhy) {
    let told = |numbered: &Numbered| numbered.event == Event::Locked { why };
    eventually("the lock's event", async || room.events.all().iter().any(told).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_ends_leases_lists_and_what_could_be_undone() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, _) = stage.ready(&host).await;
    let (parent, form) = (stage.root.clone(), forms::plain_folder("New"));
    stage.me.created(Request::CreateFolder { parent, form }).await;
    let (connection, organization) = (stage.connection.clone(), stage.organization.clone());
    let browse = Request::BrowsePasswords { connection, organization };
    let Reply::PickerOpened { picker } = stage.me.ask(browse).await else { panic!("no list") };
    let (waiting, handoff) = stage.me.opened(&session, None).await;
    assert!(stage.me.snapshot().await.undo.is_some());
    stage.me.done(Request::Lock).await;
    was_told(&stage.room, LockWhy::Asked).await;
    assert_eq!(stage.me.fails(Request::Snapshot).await, locked());
    host.sign_in(&handoff.into()).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0), "the lease is dead");
    let me = stage.room.unlock().await;
    let row = eventually("the end of the launch", async || {
        let rows = me.snapshot().await.runs;
        rows.into_iter().find(|row| row.run == waiting)
    })
    .await;
    let RunEnd::Failed { failure } = end_of(row) else { panic!("released") };
    assert_eq!(failure, locked());
    let page = Request::PickerPage { picker, query: String::new(), offset: 0, limit: 1 };
    let gone = Detail::NotFound { what: NotFoundWhat::Picker };
    assert_eq!(me.fails(page).await.detail, gone);
    assert_eq!(me.snapshot().await.undo, None);
    let nothing = Detail::NotFound { what: NotFoundWhat::Undo };
    assert_eq!(me.fails(Request::Undo).await.detail, nothing);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_person_in_the_same_window_gets_nothing_of_the_one_before() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (_, bob) = technician(&stage, &[Right::View]).await;
    let (_, handoff) = stage.me.opened(&session, None).await;
    let proof = stage.room.passphrase_of(FOUNDER);
    stage.me.done(Request::Lock).await;
    let denied = bob.fails(forms::show(&credential, Some(&stage.room.passphrase_of("Bob")))).await;
    let right = Right::ViewPassword;
    let why = DeniedWhy::OnCredential { right };
    assert!(matches!(denied.detail, Detail::Denied { why: of, .. } if of == why));
    let foreign = bob.fails(forms::show(&credential, Some(&proof))).await;
    assert_eq!(foreign.detail, Detail::Fault { fault: Fault::WrongPassphrase });
    host.sign_in(&handoff.into()).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    assert!(bob.snapshot().await.runs.is_empty(), "nor does he see what she launched");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_disabled_or_revoked_is_out_at_once_and_nothing_is_released_a_day_later() {
    for standing in [Standing::Disabled, Standing::Revoked] {
        let stage = Stage::new().await;
        let host = Host::start(&stage.password).await;
        let (session, _) = stage.ready(&host).await;
        let (id, bob) = technician(&stage, &[Right::View]).await;
        let (_, handoff) = bob.opened(&session, None).await;
        let by_passphrase = stage.room.with_passphrase("Bob").await;
        stage.me.done(Room::change("Bob", &id, false, standing)).await;
        was_told(&stage.room, LockWhy::Revoked).await;
        assert_eq!(bob.fails(Request::Snapshot).await, locked(), "{standing:?}");
        assert_eq!(bob.fails(forms::launch(&session, None, None)).await, locked());
        stage.room.clock.forward(Duration::from_hours(24));
        host.sign_in(&handoff.into()).await;
        assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0), "{standing:?}");
        assert_eq!(stage.room.kept_out(by_passphrase).await.code, Code::Locked);
        assert_eq!(stage.me.fails(Request::Snapshot).await, locked(), "her 12 hours are over too");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unlock_lasts_12_hours_and_as_long_as_somebody_is_there() {
    let stage = Stage::new().await;
    stage.room.clock.forward(Duration::from_hours(11));
    stage.me.snapshot().await;
    stage.room.clock.forward(Duration::from_hours(2));
    assert_eq!(stage.me.fails(Request::Snapshot).await, locked());
    was_told(&stage.room, LockWhy::Hours).await;
    let me = stage.room.unlock().await;
    me.done(Request::SetOwnIdleLock { minutes: Some(5) }).await;
    assert!(me.snapshot().await.settings.idle_known, "until it is found out");
    let Reply::Idle { again_in } = me.ask(Request::Idle { seconds: None }).await else {
        panic!("no answer")
    };
    assert_eq!(again_in, Some(300), "it is asked again, and nobody is locked out");
    assert!(!me.snapshot().await.settings.idle_known, "the window is to say so");
    let idle = |seconds| Request::Idle { seconds: Some(seconds) };
    let Reply::Idle { again_in } = me.ask(idle(299)).await else { panic!("no answer") };
    assert_eq!(again_in, Some(1));
    let Reply::Idle { again_in } = me.ask(idle(300)).await else { panic!("no answer") };
    assert_eq!(again_in, None);
    assert_eq!(me.fails(Request::Snapshot).await, locked());
    was_told(&stage.room, LockWhy::Idle).await;
}

/// Another start of the program on the same file and keyring, which is also what a thief of both has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pin_opens_after_a_lock_and_not_after_a_restart() {
    const PIN: &str = "739154";
    let stage = Stage::new().await;
    let room = &stage.room;
    let passphrase = forms::secret(&room.passphrase_of(FOUNDER));
    let pin = Some(forms::secret(PIN));
    stage.me.done(Request::SetPin { passphrase, pin }).await;
    stage.me.done(Request::Lock).await;
    assert_eq!(pin_of_founder(room).await, PinAtDoor::Opens);
    room.unlock_by_pin(FOUNDER, PIN).await.done(Request::Lock).await;
    let restarted = room.copy();
    assert_eq!(pin_of_founder(&restarted).await, PinAtDoor::AfterPassphrase);
    let with = UnlockWith::Pin { person: room.id_of(FOUNDER).await, pin: forms::secret(PIN) };
    let refused = restarted.kept_out(Request::Unlock { with, as_found: false }).await;
    let needed = Detail::Fault { fault: Fault::PinNeedsPassphrase };
    assert_eq!((refused.code, refused.detail), (Code::Locked, needed));
    restarted.unlock_as(FOUNDER).await.done(Request::Lock).await;
    assert_eq!(pin_of_founder(&restarted).await, PinAtDoor::Opens);
    restarted.unlock_by_pin(FOUNDER, PIN).await.done(Request::Lock).await;
}

async fn pin_of_founder(room: &Room) -> PinAtDoor {
    let people = room.door().await.people;
    people.into_iter().find(|person| person.name == FOUNDER).expect("at the door").pin
}
