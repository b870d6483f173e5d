//! What was promised before the world changed under it: IT Glue gone and back, and a vault file of
//! yesterday in the place of today's.

use std::path::{Path, PathBuf};

use usher_broker::protocol::{Code, Detail, Failure, Fault, Request, RunEnd};
use usher_sandbox::account::Fault as Misbehave;

use crate::fixture::host::Way;
use crate::fixture::stage::end_of;
use crate::fixture::{Host, Stage, forms};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_that_met_it_glue_offline_is_worth_nothing_when_it_is_back() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let (met, one) = stage.me.opened(&session, None).await;
    let (waits, other) = stage.me.opened(&session, None).await;
    let (one, other): (Way, Way) = (one.into(), other.into());
    stage.room.account.set_fault(Misbehave::Down).expect("a port");
    host.sign_in(&one).await;
    let RunEnd::Failed { failure } = end_of(stage.room.events.ended(&met).await) else {
        panic!("released")
    };
    assert_eq!(failure.code, Code::Unreachable);
    let failure = stage.me.fails(stage.shows(&credential)).await;
    assert_eq!(failure.code, Code::Unreachable, "and there is no copy of it to show");
    stage.room.account.clear_fault().expect("a port");
    assert!(!host.sign_in(&one).await, "it was for one try");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    // Nobody asked for anything by the other one: within its time it is as good as it was.
    assert!(host.sign_in(&other).await);
    stage.room.events.ended(&waits).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
}

fn beside(file: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", file.display()))
}

/// A backup of the vault as it is, by `SQLite`'s own means.
fn backup(stage: &Stage) -> PathBuf {
    let copy = stage.room.folder.path().join("yesterday");
    let vault = rusqlite::Connection::open(&stage.room.places.vault).expect("opens");
    vault.execute("VACUUM INTO ?1", [copy.to_str().expect("text")]).expect("copies");
    copy
}

/// Puts a file in the vault's place, as a program for backups does; what was there goes aside.
fn put_in_place(stage: &Stage, file: &Path) -> PathBuf {
    let (vault, aside) = (&stage.room.places.vault, stage.room.folder.path().join("today"));
    std::fs::create_dir(&aside).expect("a folder");
    for end in ["", "-wal", "-shm"] {
        let (from, to) = (beside(vault, end), beside(&aside.join("vault"), end));
        if from.exists() {
            std::fs::rename(from, to).expect("moves");
        }
    }
    std::fs::rename(file, vault).expect("moves");
    aside.join("vault")
}

/// The vault is not the one that was left, but an older one.
fn is_older(failure: &Failure) -> bool {
    let Detail::Damage(damage) = &failure.detail else { return false };
    (failure.code, &damage.fault) == (Code::Storage, &Fault::VaultRolledBack)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_lease_survives_yesterdays_vault() {
    let stage = Stage::new().await;
    let host = Host::start(&stage.password).await;
    let (session, credential) = stage.ready(&host).await;
    let yesterday = backup(&stage);
    let (parent, form) = (stage.root.clone(), forms::plain_folder("Today"));
    stage.me.created(Request::CreateFolder { parent, form }).await;
    let (run, handoff) = stage.me.opened(&session, None).await;
    let today = put_in_place(&stage, &yesterday);
    host.sign_in(&handoff.into()).await;
    let RunEnd::Failed { failure } = end_of(stage.room.events.ended(&run).await) else {
        panic!("released")
    };
    assert!(is_older(&failure), "{failure:?}");
    for ask in [
        forms::launch(&session, None, None),
        stage.shows(&credential),
        stage.copies(&credential),
        Request::Snapshot,
    ] {
        let failure = stage.me.fails(ask).await;
        assert!(is_older(&failure), "{failure:?}");
    }
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (0, 0));
    // The control: with today's in its place again, the very same is released.
    let vault = &stage.room.places.vault;
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(beside(vault, end)).ok();
        if beside(&today, end).exists() {
            std::fs::rename(beside(&today, end), beside(vault, end)).expect("moves");
        }
    }
    let me = stage.room.unlock().await;
    let (run, handoff) = me.opened(&session, None).await;
    assert!(host.sign_in(&handoff.into()).await);
    stage.room.events.ended(&run).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));
}
