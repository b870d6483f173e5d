//! Every fault of a file has its name, and costs no byte of it.

use std::path::Path;

use rusqlite::Connection;
use usher_core::error::StoreError;
use usher_core::ports::Store;
use usher_vault::{Local, Vault, Witness};

use crate::support::{bytes_in, commit, full, place, put_folder, refusal};

fn alter(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("opens");
    connection.execute_batch(sql).expect("alters");
    connection.close().expect("closes");
}

#[test]
fn a_missing_vault_is_missing_and_is_not_made_by_opening() {
    let (folder, path) = place();
    assert_eq!(refusal(Vault::open(&path)), StoreError::Missing);
    assert_eq!(refusal(Vault::open(&folder.path().join("no/folder/v"))), StoreError::Missing);
    assert_eq!(bytes_in(folder.path()), []);
}

#[tokio::test]
async fn a_newer_vault_is_named_with_both_numbers() {
    let (folder, path) = place();
    full(&path).await;
    alter(&path, "PRAGMA user_version = 7");
    let before = bytes_in(folder.path());
    let newer = StoreError::NewerVersion { found: 7, known: 2 };
    assert_eq!(refusal(Vault::open(&path)), newer);
    assert_eq!(refusal(Vault::open_or_create(&path)), newer);
    assert_eq!(bytes_in(folder.path()), before);
}

#[tokio::test]
async fn what_a_stranger_put_into_the_schema_is_refused() {
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END",
        "CREATE VIEW v AS SELECT blob FROM credential",
        "CREATE TABLE extra (x)",
        "CREATE INDEX i ON folder (version)",
        "DROP TABLE grant_",
        "ALTER TABLE person ADD COLUMN y TEXT",
    ] {
        let (folder, path) = place();
        full(&path).await;
        alter(&path, sql);
        let before = bytes_in(folder.path());
        assert_eq!(refusal(Vault::open(&path)), StoreError::Corrupt { part: "schema" }, "{sql}");
        assert_eq!(bytes_in(folder.path()), before, "{sql}");
    }
}

#[tokio::test]
async fn a_trigger_that_comes_while_the_vault_is_open_is_refused_too() {
    let (_folder, path) = place();
    full(&path).await;
    let vault = Vault::open(&path).expect("opens");
    alter(&path, "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END");
    let refused = Err(StoreError::Corrupt { part: "schema" });
    assert_eq!(vault.book().await, refused);
    assert_eq!(commit(&vault, vec![put_folder(1)]).await, refused);
}

#[tokio::test]
async fn a_row_changed_behind_our_back_names_its_table() {
    for (sql, part) in [
        ("UPDATE folder SET version = version + 1", "folder"),
        ("DELETE FROM grant_ WHERE id = (SELECT max(id) FROM grant_)", "grant_"),
        ("UPDATE person SET blob = CAST(replace(blob, 'true', 'false') AS BLOB)", "person"),
        ("UPDATE setting SET blob = CAST('' AS BLOB)", "setting"),
        ("DELETE FROM manifest", "manifest"),
    ] {
        let (_folder, path) = place();
        full(&path).await;
        alter(&path, sql);
        assert_eq!(refusal(Vault::open(&path)), StoreError::Corrupt { part }, "{sql}");
    }
}

#[tokio::test]
async fn what_is_no_vault_is_corrupt_and_stays_as_it_is() {
    let (folder, path) = place();
    let local = folder.path().join("local.sqlite");
    drop(Local::create(&local, &Witness::default()).expect("creates"));
    std::fs::write(folder.path().join("empty"), "").expect("writes");
    std::fs::write(folder.path().join("text"), "not a database ".repeat(99)).expect("writes");
    std::fs::create_dir(folder.path().join("folder")).expect("makes");
    alter(&folder.path().join("foreign"), "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    let before = bytes_in(folder.path());
    for (name, part) in [
        ("local.sqlite", "application_id"),
        ("empty", "application_id"),
        ("text", "file"),
        ("folder", "file"),
        ("foreign", "application_id"),
    ] {
        let path = folder.path().join(name);
        assert_eq!(refusal(Vault::open_or_create(&path)), StoreError::Corrupt { part }, "{name}");
    }
    assert_eq!(bytes_in(folder.path()), before);
    assert!(!path.exists());
}

#[tokio::test]
async fn nothing_is_made_over_a_file_or_over_the_log_of_a_lost_one() {
    let (folder, path) = place();
    full(&path).await;
    let before = bytes_in(folder.path());
    assert_eq!(refusal(Vault::create(&path)), StoreError::Conflict);
    assert_eq!(bytes_in(folder.path()), before);
    std::fs::remove_file(&path).expect("removes");
    std::fs::write(folder.path().join("vault.sqlite-wal"), "left").expect("writes");
    let lost = StoreError::Corrupt { part: "leftover log" };
    assert_eq!(refusal(Vault::open_or_create(&path)), lost);
    assert!(!path.exists());
}

#[tokio::test]
async fn a_vault_that_another_program_is_writing_is_busy() {
    let (_folder, path) = place();
    full(&path).await;
    let vault = Vault::open(&path).expect("opens");
    let other = Connection::open(&path).expect("opens");
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
    let (folder, _) = place();
    let home = folder.path().join("a/b");
    let vault = Vault::open_or_create(&home.join("vault.sqlite")).expect("creates");
    let local =
        Local::open_or_create(&home.join("local.sqlite"), &Witness::default()).expect("creates");
    commit(&vault, vec![put_folder(1)]).await.expect("commits");
    let mode = |path: &Path| path.metadata().expect("metadata").permissions().mode() & 0o777;
    assert_eq!((mode(&home), mode(&folder.path().join("a"))), (0o700, 0o700));
    let mut count = 0;
    for entry in std::fs::read_dir(&home).expect("lists") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        count += 1;
    }
    assert!(count >= 4, "both files and the vault's -wal and -shm were looked at: {count}");
    drop(local);
}
