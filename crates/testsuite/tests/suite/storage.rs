//! Files and keyrings that fail: each by its name, nothing overwritten, nothing released.

use std::hash::{Hash, Hasher};
use std::path::Path;

use rusqlite::Connection;
use usher_broker::protocol::{Code, Detail, Failure, Fault, Region, Reply, Request, RunEnd};
use usher_core::error::KeyringError;

use crate::fixture::stage::{add_account, end_of};
use crate::fixture::{Host, Room, Stage, forms};

/// Another program that holds the file for writing until this is dropped.
fn holding(file: &Path) -> Connection {
    let other = Connection::open(file).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("begins");
    other
}

fn alter(file: &Path, sql: &str) {
    let other = Connection::open(file).expect("opens");
    other.execute_batch(sql).expect("alters");
    other.close().expect("closes");
}

fn storage(fault: Fault) -> Failure {
    Failure { code: Code::Storage, detail: Detail::Fault { fault } }
}

async fn locked_out(room: &Room) -> Failure {
    room.stranger().fails(Request::Unlock).await
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
        Request::Launch { session: session.clone(), credential: None, choice: None },
        Request::ShowPassword { credential: credential.clone(), confirmed: true },
        Request::CopyPassword { credential: credential.clone(), confirmed: true },
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
async fn a_newer_vault_is_left_alone_and_opens_once_it_is_ours_again() {
    let room = closed().await;
    let vault = room.places.vault.clone();
    alter(&vault, "PRAGMA user_version = 7");
    let before = files(&room);
    assert_eq!(locked_out(&room).await, storage(Fault::VaultNewer));
    assert_eq!(files(&room), before);
    alter(&vault, "PRAGMA user_version = 2");
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
async fn without_a_keyring_no_account_is_added_and_a_retry_works() {
    let stage = Stage::new().await;
    let key = stage.room.account.api_key();
    let cases = [
        (KeyringError::NoService, Fault::KeyringMissing),
        (KeyringError::Locked, Fault::KeyringLocked),
        (KeyringError::TimedOut, Fault::KeyringSlow),
        (KeyringError::Failed, Fault::KeyringFailed),
    ];
    for (how, fault) in cases {
        stage.room.keys.broken(Some(how));
        let (name, api_key) = ("Second".to_owned(), forms::secret(&key));
        let add = Request::AddAccount { name, region: Region::Us, api_key };
        assert_eq!(stage.me.fails(add).await, storage(fault));
        let connection = stage.connection.clone();
        assert_eq!(stage.me.fails(Request::CheckAccount { connection }).await, storage(fault));
        let connection = stage.connection.clone();
        let replace = Request::ReplaceKey { connection, api_key: forms::secret(&key) };
        assert_eq!(stage.me.fails(replace).await, storage(fault));
    }
    assert_eq!(stage.me.snapshot().await.accounts.len(), 1);
    stage.room.keys.broken(None);
    add_account(&stage.me, &key).await;
    assert_eq!(stage.room.keys.count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keyring_that_lost_the_key_is_named_where_a_password_is_due() {
    let stage = Stage::new().await;
    let credential = stage.credential("Admin", stage.record(), &[]).await;
    let room = Room::over(
        stage.room.copy().folder,
        stage.room.account.clone(),
        crate::fixture::keys::MemoryKeys::default(),
    );
    let me = room.unlock().await;
    let show = Request::ShowPassword { credential, confirmed: true };
    let reply = me.ask(show).await;
    assert!(matches!(reply, Reply::Failed { failure } if failure == storage(Fault::KeyringEmpty)));
}
