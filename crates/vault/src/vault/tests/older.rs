//! Vaults that older versions wrote. The files lie in `tests/it/old/`, as those versions left them; no
//! key and no password is in them.

use std::path::Path;
use std::sync::Arc;

use usher_core::book::{Book, Change, Settings};
use usher_core::entry::{ApprovalPolicy, KeySerial, RdpSettings, SessionKind};
use usher_core::error::StoreError;

use super::super::charter;
use super::super::shelf::Shelf;
use super::world::{ADMIN, means};
use crate::device::MemoryDevice;
use crate::keys::{Keys, KnownIdentity, Ring};
use crate::rows::specimen;
use crate::seal::{Identity, SharingKey};
use crate::vault::Look;

/// Written by version 0.1.0 before keys of people's own and keep-alive: one of everything there was.
const SCHEMA_1: &[u8] = include_bytes!("../../../tests/it/old/vault.schema-1.sqlite");

/// What that version put into the file.
fn of_schema_1() -> Book {
    let mut book = Book::default();
    for change in specimen::everything() {
        book.apply(change).expect("applies");
    }
    book.person_keys.clear();
    book.settings = Settings::default();
    for account in book.connections.values_mut() {
        account.keep_alive = None;
        account.history.serial = KeySerial::default();
    }
    for folder in book.folders.values_mut() {
        (folder.approval, folder.tickets) = (ApprovalPolicy::NOTHING_MORE, None);
    }
    for session in book.sessions.values_mut() {
        let SessionKind::Rdp { settings, .. } = &mut session.kind;
        *settings = RdpSettings::default();
    }
    book
}

fn shelf(path: &Path) -> Shelf {
    Shelf::new(path.to_owned(), &means(&MemoryDevice::default())).expect("a thread")
}

fn upgrade(shelf: &mut Shelf, changes: Vec<Change>) -> Result<(), StoreError> {
    let admin = Arc::new(Identity::generate().expect("random"));
    let audit = SharingKey::generate().expect("random");
    let first = charter::first(ADMIN, &admin, audit.public()).expect("a charter");
    let identity = KnownIdentity::replaced(None, ADMIN, admin.public()).expect("encodes");
    let keys = Keys::of(Ring::fresh(first.vault, 1).expect("random"), ADMIN, admin);
    shelf.upgrade(&first, keys, changes, vec![identity])
}

/// Whether these characters stand in any file whose name ends like this.
fn stands_in(folder: &Path, end: &str, text: &str) -> bool {
    let mut files = std::fs::read_dir(folder).expect("lists").map(|f| f.expect("a file").path());
    files.any(|path| {
        let bytes = std::fs::read(&path).expect("reads");
        path.to_string_lossy().ends_with(end)
            && bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn it_is_recognised_and_only_brought_up_when_somebody_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.sqlite");
    std::fs::write(&path, SCHEMA_1).expect("writes");
    let mut shelf = shelf(&path);
    assert_eq!(shelf.look(), Ok(Look::Older));
    assert_eq!(shelf.clear().map(drop), Err(StoreError::Missing));
    assert_eq!(shelf.older(), Ok(of_schema_1()));
    drop(shelf);
    assert_eq!(std::fs::read(&path).expect("reads"), SCHEMA_1, "looking changes nothing");
}

#[test]
fn brought_up_it_holds_what_it_held_sealed_and_the_copy_is_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.sqlite");
    std::fs::write(&path, SCHEMA_1).expect("writes");
    assert!(stands_in(folder.path(), "sqlite", "Northwind"), "the control: it stood in clear");
    let mut shelf = shelf(&path);
    let mut admin = of_schema_1().people[&ADMIN].clone();
    admin.name = "Ada".parse().expect("a name");
    upgrade(&mut shelf, vec![Change::PutPerson(admin.clone())]).expect("upgrades");
    let mut expected = of_schema_1();
    expected.people.insert(ADMIN, admin);
    assert_eq!(*shelf.book().expect("is open"), expected);
    assert_eq!(shelf.look(), Ok(Look::Vault));
    assert!(!stands_in(folder.path(), "vault.sqlite", "Northwind"), "in the file");
    assert!(!stands_in(folder.path(), "-wal", "Northwind"), "in the log");
    let copy = folder.path().join("vault.sqlite.schema-1.copy-1");
    assert_eq!(self::shelf(&copy).older(), Ok(of_schema_1()));
}

#[test]
fn a_damaged_one_is_named_and_stays_as_it_is_without_a_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.sqlite");
    let mut bytes = SCHEMA_1.to_vec();
    let name = b"Northwind";
    let at = bytes.windows(name.len()).position(|w| w == name).expect("the account's name");
    bytes[at] = b'M';
    std::fs::write(&path, &bytes).expect("writes");
    let mut shelf = shelf(&path);
    let named = StoreError::Corrupt { part: "connection" };
    assert_eq!(shelf.older(), Err(named.clone()));
    assert_eq!(upgrade(&mut shelf, vec![]), Err(named));
    drop(shelf);
    assert_eq!(std::fs::read(&path).expect("reads"), bytes);
    let mut files = folder.path().read_dir().expect("lists").map(|file| file.expect("a file"));
    assert!(!files.any(|file| file.file_name().to_string_lossy().contains("copy")));
}
