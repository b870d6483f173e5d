//! Vaults that older versions wrote. The files lie in `old/`, as those versions left them; no key and
//! no password is in them.

use std::path::Path;

use usher_core::book::{Book, Change};
use usher_core::entry::KeySerial;
use usher_core::error::StoreError;
use usher_core::ports::Store;
use usher_vault::Vault;

use crate::specimen;
use crate::support::{commit, place, refusal};

/// Written by version 0.1.0 before keys of people's own and keep-alive: one of everything there was.
const SCHEMA_1: &[u8] = include_bytes!("old/vault.schema-1.sqlite");

/// What that version put into the file.
fn of_schema_1() -> Book {
    let mut book = Book::default();
    for change in specimen::everything() {
        book.apply(change).expect("applies");
    }
    book.person_keys.clear();
    for account in book.connections.values_mut() {
        account.keep_alive = None;
        account.history.serial = KeySerial::default();
    }
    book
}

fn write_old(path: &Path) {
    std::fs::write(path, SCHEMA_1).expect("writes");
}

#[tokio::test]
async fn a_vault_of_schema_1_opens_with_all_it_holds_and_takes_what_is_new() {
    let (folder, path) = place();
    write_old(&path);
    let vault = Vault::open(&path).expect("migrates");
    assert_eq!(*vault.book().await.expect("reads"), of_schema_1());
    let mut news = specimen::everything();
    news.retain(|change| matches!(change, Change::PutConnection(_) | Change::PutPersonKey(_)));
    let written = commit(&vault, news).await.expect("commits");
    assert_eq!(written.person_keys.len(), 1);
    drop(vault);
    let read = Vault::open(&path).expect("opens again").book().await.expect("reads");
    assert_eq!(*read, *written);
    let copy = folder.path().join("vault.sqlite.schema-1.copy-1");
    let kept = Vault::open(&copy).expect("the copy is a vault, too").book().await.expect("reads");
    assert_eq!(*kept, of_schema_1());
}

#[tokio::test]
async fn a_damaged_vault_of_schema_1_is_corrupt_after_the_migration_as_before() {
    let (_folder, path) = place();
    let mut bytes = SCHEMA_1.to_vec();
    let name = b"Northwind";
    let at = bytes.windows(name.len()).position(|w| w == name).expect("the account's name");
    bytes[at] = b'M';
    std::fs::write(&path, bytes).expect("writes");
    assert_eq!(refusal(Vault::open(&path)), StoreError::Corrupt { part: "connection" });
}
