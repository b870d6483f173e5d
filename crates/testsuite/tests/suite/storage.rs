//! Files and keyrings that fail: each by its name, nothing overwritten, nothing released.

use std::hash::{Hash, Hasher};
use std::path::Path;

use rusqlite::Connection;
use usher_broker::protocol::{
    Code, Detail, DoorState, Failure, Fault, KeyringState, Reply, Request, RunEnd, UnlockWith,
    VaultState,
};
use usher_core::error::KeyringError;
use usher_sandbox::account::{Account, AccountData};
use usher_vault::MemoryDevice;

use crate::fixture::client::shown;
use crate::fixture::people::FOUNDER;
use crate::fixture::stage::end_of;
use crate::fixture::{Host, Room, Stage, forms};

/// Another program that holds the file for writing until this is dropped.
pub(crate) fn holding(file: &Path) -> Connection {
    let other = Connection::open(file).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("begins");
    other
}

fn alter(file: &Path, sql: &str) {
    let other = Connection::open(file).expect("opens");
    other.execute_batch(sql).expect("alters");
    other.close().expect("closes");
}

fn schema_of(file: &Path) -> i64 {
    let other = Connection::open(file).expect("opens");
    other.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("reads")
}

fn storage(fault: Fault) -> Failure {
    Failure { code: Code::Storage, detail: Detail::Fault { fault } }
}

async fn locked_out(room: &Room) -> Failure {
    room.kept_out(Request::Door).await
}

/// A vault that was used and closed, and a broker that has not opened it yet.
async fn closed() -> Room {
    let room = Stage::new().await.room.copy();
    for file in [&room.places.vault, &room.places.local] {
        alter(file, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
    room
}

/// Every file with its length and what it holds in short, but for what `SQLite` keeps in passing.
fn files(room: &Room) -> Vec<(String, usize, u64)> {
    let files = std::fs::read_dir(room.folder.path().join("usher")).expect("lists");
    let paths = files.map(|file| file.expect("a file").path());
    let kept = paths.filter(|path| !path.to_string_lossy().ends_with("-shm"));
    let mut all: Vec<_> = kept.map(|path| described(&path)).collect();
    all.retain(|(name, length, _)| *length > 0 || !name.ends_with("-wal"));
    all.sort();
    all
}

fn described(path: &Path) -> (String, usize, u64) {
    let bytes = std::fs::read(path).expect("reads");
    let mut hasher = std::hash::DefaultHasher::new();
    bytes.hash(&mut hasher);
    (path.display().to_string(), bytes.len(), hasher.finish())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_released_or_changed_while_the_audit_log_cannot_be_written() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let before = stage.room.book().await;
    let held = holding(&stage.room.places.local);
    let asks = [
        forms::launch(&session, None, None),
        stage.shows(&credential),
        stage.copies(&credential),
        Request::DeleteSession { session: session.clone() },
    ];
    for ask in asks {
        let failure = stage.me.fails(ask).await;
        assert_eq!(failure, Failure { code: Code::AuditUnavailable, detail: Detail::Plain });
    }
    host.sign_in(&handoff.into()).await;
    let row = stage.room.events.ended(&run).await;
    assert!(!row.audited, "the window says that the end is not on record");
    let RunEnd::Failed { failure } = end_of(row) else { panic!("released") };
    assert_eq!(failure.code, Code::AuditUnavailable);
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    assert_eq!(stage.room.book().await, before);
    drop(held);
    assert!(matches!(end_of(stage.play(&host, &session, None).await), RunEnd::Closed { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_lines_look_at_the_door_makes_and_changes_nothing() {
    let account = Account::start(AccountData::empty()).expect("an account");
    let empty = Room::new(account);
    let door = empty.broker.look().await.expect("a door");
    assert_eq!((door.state, door.people.len()), (DoorState::None, 0));
    let made = std::fs::read_dir(empty.folder.path()).expect("lists");
    assert_eq!(made.count(), 0, "nothing was made");

    let room = closed().await;
    let before = files(&room);
    let door = room.broker.look().await.expect("a door");
    assert_eq!((door.state, door.people.len()), (DoorState::Locked, 1));
    assert_eq!(files(&room), before);
    std::fs::remove_file(&room.places.vault).expect("removes");
    assert_eq!(room.broker.look().await, Err(storage(Fault::VaultMissing)), "it was lost");
}

/// Spoils the page that a table begins on.
fn spoil(file: &Path, table: &str) {
    let other = Connection::open(file).expect("opens");
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    let page: u32 = other.query_row(sql, [table], |row| row.get(0)).expect("reads");
    let page = usize::try_from(page).expect("few");
    other.close().expect("closes");
    let mut bytes = std::fs::read(file).expect("reads");
    bytes[(page - 1) * 4096..][..4096].fill(0x5a);
    std::fs::write(file, bytes).expect("writes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_that_cannot_be_read_is_said_to_be_damaged_and_not_offered_as_found() {
    let room = closed().await;
    let unlock = room.with_passphrase(FOUNDER).await;
    let room = room.copy();
    spoil(&room.places.vault, "session");
    let before = files(&room);
    let Request::Unlock { with, .. } = unlock else { panic!("another request") };
    let corrupt = storage(Fault::VaultCorrupt);
    assert_eq!(room.kept_out(Request::Unlock { with, as_found: true }).await, corrupt);
    assert_eq!(locked_out(&room).await, corrupt);
    let reply = room.stranger().ask(Request::VaultVerify).await;
    let Reply::VaultVerdict { verdict } = reply else { panic!("{}", shown(&reply)) };
    assert_eq!(verdict.state, VaultState::Bad);
    let damage = verdict.damage.expect("it is named");
    assert_eq!((damage.fault, damage.read_only_offered), (Fault::VaultCorrupt, false));
    assert_eq!(files(&room), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_vault_is_left_alone_and_opens_once_it_is_ours_again() {
    let room = closed().await;
    let vault = room.places.vault.clone();
    let ours = schema_of(&vault);
    alter(&vault, "PRAGMA user_version = 70");
    let before = files(&room);
    assert_eq!(locked_out(&room).await, storage(Fault::VaultNewer));
    assert_eq!(files(&room), before);
    alter(&vault, &format!("PRAGMA user_version = {ours}"));
    assert_eq!(room.unlock().await.snapshot().await.accounts.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corrupt_vault_is_left_alone_and_opens_once_it_was_put_back() {
    let room = closed().await;
    let vault = room.places.vault.clone();
    let whole = std::fs::read(&vault).expect("reads");
    for damaged in [b"not a vault at all".repeat(99), Vec::new(), whole[..whole.len() / 2].to_vec()]
    {
        std::fs::write(&vault, &damaged).expect("writes");
        let before = files(&room);
        assert_eq!(locked_out(&room).await, storage(Fault::VaultCorrupt));
        assert_eq!(files(&room), before, "{} bytes", damaged.len());
    }
    std::fs::write(&vault, &whole).expect("writes");
    assert_eq!(room.unlock().await.snapshot().await.accounts.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_that_is_gone_is_missing_and_no_empty_one_takes_its_place() {
    let room = closed().await;
    let vault = room.places.vault.clone();
    let aside = room.folder.path().join("aside");
    std::fs::rename(&vault, &aside).expect("moves");
    let before = files(&room);
    assert_eq!(locked_out(&room).await, storage(Fault::VaultMissing));
    assert_eq!(files(&room), before);
    std::fs::rename(&aside, &vault).expect("moves");
    assert_eq!(room.unlock().await.snapshot().await.accounts.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_in_the_vault_is_noticed_while_it_is_open() {
    let stage = Stage::new().await;
    let trigger = "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END";
    alter(&stage.room.places.vault, trigger);
    assert_eq!(stage.me.fails(Request::Snapshot).await, storage(Fault::VaultCorrupt));
    alter(&stage.room.places.vault, "DROP TRIGGER t");
    assert_eq!(stage.me.snapshot().await.folders.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_that_another_program_holds_is_busy_and_nothing_is_half_made() {
    let stage = Stage::new().await;
    let form = || forms::plain_folder("New");
    let create = || Request::CreateFolder { parent: stage.root.clone(), form: form() };
    let held = holding(&stage.room.places.vault);
    assert_eq!(stage.me.fails(create()).await, storage(Fault::VaultBusy));
    drop(held);
    assert_eq!(stage.me.snapshot().await.folders.len(), 2);
    stage.me.created(create()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_the_door_says_so_the_recovery_kit_opens_it_and_a_retry_works() {
    let stage = Stage::new().await;
    let passphrase = forms::secret(&stage.room.passphrase_of(FOUNDER));
    let reply = stage.me.ask(Request::NewRecoveryKit { passphrase }).await;
    let Reply::RecoveryKit { kit } = reply else { panic!("no kit: {}", shown(&reply)) };
    let kit = kit.into_text();
    let room = stage.room.copy();
    let by_passphrase = room.with_passphrase(FOUNDER).await;
    let cases = [
        (KeyringError::NoService, KeyringState::Missing, Fault::KeyringMissing),
        (KeyringError::Locked, KeyringState::Locked, Fault::KeyringLocked),
        (KeyringError::TimedOut, KeyringState::Slow, Fault::KeyringSlow),
        (KeyringError::Failed, KeyringState::Failed, Fault::KeyringFailed),
    ];
    for (how, state, fault) in cases {
        room.device.breaks(Some(how));
        let door = room.door().await;
        assert_eq!((door.state, door.keyring), (DoorState::Locked, state));
        assert_eq!(room.kept_out(again(&by_passphrase)).await, storage(fault));
    }
    let words = crate::fixture::canary("passphrase");
    let with =
        UnlockWith::RecoveryKit { kit: forms::secret(&kit), passphrase: forms::secret(&words) };
    let by_kit = room.let_in(Request::Unlock { with, as_found: false }).await;
    assert_eq!(by_kit.snapshot().await.accounts.len(), 1);
    by_kit.done(Request::Lock).await;
    room.device.breaks(None);
    assert_eq!(
        room.unlock().await.snapshot().await.accounts.len(),
        1,
        "with the passphrase as it was"
    );
}

/// The same request once more.
fn again(request: &Request) -> Request {
    let text = serde_json::to_string(request).expect("a request can be encoded");
    serde_json::from_str(&text).expect("a request can be decoded")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_the_vault_does_not_know_opens_nothing_with_the_passphrase() {
    let stage = Stage::new().await;
    let by_passphrase = stage.room.with_passphrase(FOUNDER).await;
    let copy = stage.room.copy();
    let elsewhere = Room::over(copy.folder, stage.room.account.clone(), MemoryDevice::default());
    assert_eq!(elsewhere.door().await.keyring, KeyringState::Empty);
    let failure = elsewhere.kept_out(by_passphrase).await;
    let detail = Detail::Fault { fault: Fault::UnknownDevice };
    assert_eq!(failure, Failure { code: Code::Locked, detail });
}
