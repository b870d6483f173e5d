//! Every fault of a file has its name, and costs no byte of it.

use std::path::Path;

use rusqlite::Connection;
use usher_core::error::StoreError;
use usher_core::ports::{Access, Door, Store};
use usher_vault::{Local, Witness};

use crate::support::{
    Place, bytes_in, commit, found, open, open_in, put_folder, refusal, vault_at,
};

fn alter(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("opens");
    connection.execute_batch(sql).expect("alters");
    connection.close().expect("closes");
}

#[tokio::test]
async fn a_missing_vault_is_missing_and_is_not_made_by_opening() {
    let place = Place::new();
    assert_eq!(refusal(open_in(place.folder()).await), StoreError::Missing);
    let deeper = vault_at(place.folder(), place.folder().join("no/folder/v"));
    assert_eq!(refusal(open(&deeper, place.folder()).await), StoreError::Missing);
    assert_eq!(deeper.door().await, Ok(Door::NoVault));
    assert_eq!(bytes_in(place.folder()), []);
}

#[tokio::test]
async fn a_newer_vault_is_named_with_both_numbers() {
    let place = Place::new();
    place.full().await;
    alter(&place.path(), "PRAGMA user_version = 7");
    let before = bytes_in(place.folder());
    let newer = StoreError::NewerVersion { found: 7, known: 3 };
    let vault = vault_at(place.folder(), place.path());
    assert_eq!(refusal(vault.door().await), newer);
    assert_eq!(refusal(open(&vault, place.folder()).await), newer);
    assert_eq!(refusal(found(&vault, place.folder()).await), StoreError::Conflict);
    assert_eq!(bytes_in(place.folder()), before);
}

#[tokio::test]
async fn what_a_stranger_put_into_the_schema_is_refused_at_the_door() {
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END",
        "CREATE VIEW v AS SELECT blob FROM credential",
        "CREATE TABLE extra (x)",
        "CREATE INDEX i ON folder (version)",
        "DROP TABLE grant_",
        "ALTER TABLE person ADD COLUMN y TEXT",
    ] {
        let place = Place::new();
        place.full().await;
        alter(&place.path(), sql);
        let before = bytes_in(place.folder());
        let schema = StoreError::Corrupt { part: "schema" };
        assert_eq!(refusal(open_in(place.folder()).await), schema, "{sql}");
        assert_eq!(bytes_in(place.folder()), before, "{sql}");
    }
}

#[tokio::test]
async fn a_trigger_that_comes_while_the_vault_is_open_is_refused_too() {
    let place = Place::new();
    place.full().await;
    let vault = place.open().await;
    alter(&place.path(), "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END");
    let refused = Err(StoreError::Corrupt { part: "schema" });
    assert_eq!(vault.book().await, refused);
    assert_eq!(commit(&vault, vec![put_folder(1)]).await, refused);
}

#[tokio::test]
async fn a_row_changed_behind_our_back_is_named() {
    for (sql, table) in [
        ("UPDATE folder SET version = version + 1", "folder"),
        ("DELETE FROM grant_ WHERE id = (SELECT max(id) FROM grant_)", "grant_"),
        ("UPDATE person SET blob = zeroblob(99)", "person"),
        ("UPDATE setting SET blob = CAST('' AS BLOB)", "setting"),
        ("UPDATE device SET version = version + 1", "device"),
        ("DELETE FROM leaf WHERE table_ = 6", "person"),
        ("DELETE FROM manifest", "manifest"),
        ("DELETE FROM key_history", "key_history"),
        ("UPDATE key_history SET blob = zeroblob(99)", "key_history"),
    ] {
        let place = Place::new();
        place.full().await;
        alter(&place.path(), sql);
        let refused = refusal(open_in(place.folder()).await);
        let named = matches!(&refused, StoreError::Damaged { table: at, .. } if *at == table);
        assert!(named, "{sql}: {refused:?}");
    }
}

#[tokio::test]
async fn what_is_no_vault_is_corrupt_and_stays_as_it_is() {
    let place = Place::new();
    let folder = place.folder();
    drop(Local::create(&folder.join("local.sqlite"), &Witness::default()).expect("creates"));
    std::fs::write(folder.join("empty"), "").expect("writes");
    std::fs::write(folder.join("text"), "not a database ".repeat(99)).expect("writes");
    std::fs::create_dir(folder.join("folder")).expect("makes");
    alter(&folder.join("foreign"), "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    let before = bytes_in(folder);
    for (name, part) in [
        ("local.sqlite", "application_id"),
        ("empty", "application_id"),
        ("text", "file"),
        ("folder", "file"),
        ("foreign", "application_id"),
    ] {
        let vault = vault_at(folder, folder.join(name));
        let corrupt = StoreError::Corrupt { part };
        assert_eq!(refusal(vault.door().await), corrupt, "{name}");
        assert_eq!(refusal(open(&vault, folder).await), corrupt, "{name}");
        assert_eq!(refusal(found(&vault, folder).await), StoreError::Conflict, "{name}");
    }
    assert_eq!(bytes_in(folder), before);
    assert!(!place.path().exists());
}

#[tokio::test]
async fn nothing_is_made_over_a_file_or_over_the_log_of_a_lost_one() {
    let place = Place::new();
    place.full().await;
    let before = bytes_in(place.folder());
    let vault = vault_at(place.folder(), place.path());
    assert_eq!(refusal(found(&vault, place.folder()).await), StoreError::Conflict);
    assert_eq!(bytes_in(place.folder()), before);
    std::fs::remove_file(place.path()).expect("removes");
    std::fs::write(place.folder().join("vault.sqlite-wal"), "left").expect("writes");
    let lost = StoreError::Corrupt { part: "leftover log" };
    let vault = vault_at(place.folder(), place.path());
    assert_eq!(refusal(found(&vault, place.folder()).await), lost);
    assert!(!place.path().exists());
}

#[tokio::test]
async fn a_vault_that_another_program_is_writing_is_busy() {
    let place = Place::new();
    place.full().await;
    let vault = place.open().await;
    let other = Connection::open(place.path()).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("begins");
    assert_eq!(commit(&vault, vec![put_folder(1)]).await, Err(StoreError::Busy));
    assert!(vault.book().await.is_ok(), "reading goes on");
    other.execute_batch("ROLLBACK").expect("ends");
    assert!(commit(&vault, vec![put_folder(1)]).await.is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn files_and_folders_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let home = place.folder().join("a/b");
    let vault = vault_at(place.folder(), crate::support::path_in(&home));
    found(&vault, place.folder()).await.expect("founds");
    let local = Local::create(&home.join("local.sqlite"), &Witness::default()).expect("creates");
    commit(&vault, vec![put_folder(1)]).await.expect("commits");
    let mode = |path: &Path| path.metadata().expect("metadata").permissions().mode() & 0o777;
    assert_eq!((mode(&home), mode(&place.folder().join("a"))), (0o700, 0o700));
    let mut count = 0;
    for entry in std::fs::read_dir(&home).expect("lists") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        count += 1;
    }
    assert!(count >= 4, "both files and the vault's -wal and -shm were looked at: {count}");
    drop(local);
}
