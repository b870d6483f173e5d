//! Vaults that are not as they were left, and those of an older Usher.

use std::path::Path;

use rusqlite::Connection;
use usher_broker::protocol::{
    Code, Damage, DeniedWhy, Detail, DoorState, Failure, Fault, May, ObjectRef, Reply, Request,
    Snapshot, UnlockNote, UnlockWith,
};
use usher_sandbox::account::{Account, AccountData};
use usher_vault::Device;

use crate::fixture::client::shown;
use crate::fixture::people::FOUNDER;
use crate::fixture::{Client, Room, Stage, canary, forms};

/// The vault of the first release, with one account.
const SCHEMA_1: &[u8] = include_bytes!("../../../../vault/tests/it/old/vault.schema-1.sqlite");
/// The account in it, as the keyring named its key then.
const ACCOUNT: &str = "03030303-0303-0303-0303-030303030303";

fn alter(file: &Path, sql: &str) {
    let stranger = Connection::open(file).expect("opens");
    stranger.execute_batch(sql).expect("alters");
    stranger.close().expect("closes");
}

/// A copy of a stage with one session, from which somebody took the session's row.
async fn tampered() -> Room {
    let stage = Stage::new().await;
    let (folder, form) = (stage.folder.clone(), forms::bare_session("DC01", "dc01", 3389));
    stage.me.created(Request::CreateSession { folder, form }).await;
    let room = stage.room.copy();
    alter(&room.places.vault, "DELETE FROM session");
    room
}

async fn as_found(room: &Room) -> Client {
    let Request::Unlock { with, .. } = room.with_passphrase(FOUNDER).await else {
        panic!("another request")
    };
    let reply = room.stranger().ask(Request::Unlock { with, as_found: true }).await;
    let Reply::Unlocked(unlocked) = reply else { panic!("not let in: {}", shown(&reply)) };
    assert!(unlocked.read_only);
    room.holder_of(&unlocked.handle)
}

fn new_folder(parent: &str) -> Request {
    Request::CreateFolder { parent: parent.to_owned(), form: forms::plain_folder("New") }
}

/// Looking stays open, and whatever would change something says why it cannot.
async fn nothing_is_offered_for_change(me: &Client, found: &Snapshot, top: &str) {
    let fixed = May::No { why: DeniedWhy::ReadOnly };
    assert_eq!((&found.audit, &found.administer), (&May::Yes, &fixed));
    for row in &found.folders {
        assert_eq!(row.edit, fixed, "{}", row.name);
        assert_ne!(row.move_away, May::Yes, "{}", row.name);
    }
    assert!(found.accounts.iter().all(|row| row.administer == fixed));
    let of = ObjectRef::Folder { folder: top.to_owned() };
    let reply = me.ask(Request::Rights { of }).await;
    let Reply::Rights { sheet } = reply else { panic!("no rights: {}", shown(&reply)) };
    assert_eq!(sheet.may_change, fixed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_that_was_tampered_with_is_refused_shown_as_found_and_accepted_on_record() {
    let room = tampered().await;
    let refused = room.kept_out(room.with_passphrase(FOUNDER).await).await;
    let Failure { code: Code::Storage, detail: Detail::Damage(damage) } = refused else {
        panic!("{refused:?}")
    };
    let Damage { fault, table, row, read_only_offered } = damage;
    assert_eq!((fault, table.as_deref()), (Fault::VaultDamaged, Some("session")));
    assert!(row.is_some() && read_only_offered);

    let me = as_found(&room).await;
    let found = me.snapshot().await;
    assert!(found.read_only);
    let top = found.folders.iter().find(|row| row.parent.is_none()).expect("a root").id.clone();
    nothing_is_offered_for_change(&me, &found, &top).await;
    let read_only = Detail::Fault { fault: Fault::ReadOnlyAsFound };
    assert_eq!(me.fails(new_folder(&top)).await.detail, read_only);
    me.done(Request::AcceptAsFound).await;
    let accepted = me.snapshot().await;
    assert_eq!((accepted.read_only, accepted.administer), (false, May::Yes));
    me.created(new_folder(&top)).await;

    let log = me.audit().await;
    let of = |what: &str| log.iter().filter(|row| row.what == what).collect::<Vec<_>>();
    let refusals = of("unlock_refused");
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let named = |name: &str, value: &str| {
        refusals[0].details.iter().any(|one| one.name == name && one.value == value)
    };
    assert!(named("fault", "damaged") && named("table", "session"), "{refusals:?}");
    assert_eq!((of("opened_as_found").len(), of("accepted_as_found").len()), (1, 2));
    me.done(Request::Lock).await;
    assert!(!room.unlock().await.snapshot().await.read_only, "it is the true one now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_releases_vault_is_brought_up_with_a_passphrase_once() {
    let account = Account::start(AccountData::empty()).expect("an account");
    let room = Room::new(account);
    std::fs::create_dir_all(room.places.vault.parent().expect("a folder")).expect("a folder");
    std::fs::write(&room.places.vault, SCHEMA_1).expect("writes");
    room.device.put(ACCOUNT, canary("ITG").as_bytes()).expect("puts");
    assert_eq!(room.door().await.state, DoorState::Old);
    let words = canary("passphrase");
    let (administrator, passphrase) = ("Ada".to_owned(), forms::secret(&words));
    let with = UnlockWith::Upgrade { administrator, passphrase };
    let reply = room.stranger().ask(Request::Unlock { with, as_found: false }).await;
    let Reply::Unlocked(unlocked) = reply else { panic!("not let in: {}", shown(&reply)) };
    assert!(unlocked.recovery_kit.is_some());
    assert_eq!(unlocked.notes, [UnlockNote::Upgraded]);
    let me = room.holder_of(&unlocked.handle);
    let before = me.snapshot().await;
    assert!(!before.credentials.is_empty() && !before.sessions.is_empty());
    me.done(Request::Lock).await;
    assert_eq!(room.door().await.state, DoorState::Locked);
    let (person, passphrase) = (room.id_of("Ada").await, forms::secret(&words));
    let with = UnlockWith::Passphrase { person, passphrase };
    let me = room.let_in(Request::Unlock { with, as_found: false }).await;
    assert_eq!(me.snapshot().await.sessions, before.sessions);
}
