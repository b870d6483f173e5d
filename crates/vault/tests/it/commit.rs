//! Reading and writing through the port.

use std::sync::Arc;

use usher_core::book::{Change, Learnt};
use usher_core::entry::{KeyId, KeyInUse, PasswordAccess, PersonKey, Version};
use usher_core::error::StoreError;
use usher_core::ids::PersonKeyId;
use usher_core::ports::Store;
use usher_core::time::Moment;

use crate::specimen;
use crate::support::{Place, commit, folder_id, put_folder};

#[tokio::test]
async fn everything_is_there_after_closing_and_opening() {
    let place = Place::new();
    let written = place.full().await;
    let vault = place.open().await;
    let read = vault.book().await.expect("reads");
    assert_eq!(*read, *written);
    assert_eq!((read.folders.len(), read.sessions.len(), read.certificates.len()), (2, 3, 1));
}

#[tokio::test]
async fn what_was_removed_stays_removed() {
    let place = Place::new();
    let written = place.full().await;
    let session = *written.sessions.keys().next().expect("a session");
    let grant = *written.grants.keys().next().expect("a grant");
    let vault = place.open().await;
    let changes = vec![Change::RemoveSession(session), Change::RemoveGrant(grant)];
    let after = commit(&vault, changes).await.expect("commits");
    drop(vault);
    let read = place.open().await.book().await.expect("reads");
    assert_eq!(*read, *after);
    assert!(!read.sessions.contains_key(&session) && !read.grants.contains_key(&grant));
}

#[tokio::test]
async fn of_a_commit_with_one_conflict_nothing_is_written() {
    let place = Place::new();
    let before = place.full().await;
    let vault = place.open().await;
    let root = before.folders[&specimen::ROOT].clone();
    let stale = Change::PutFolder(usher_core::entry::Folder { version: Version(3), ..root });
    let outcome = commit(&vault, vec![put_folder(1), stale]).await;
    assert_eq!(outcome, Err(StoreError::Conflict));
    assert_eq!(*vault.book().await.expect("reads"), *before);
    drop(vault);
    assert_eq!(*place.open().await.book().await.expect("reads"), *before);
}

#[tokio::test]
async fn of_two_edits_of_one_version_the_second_is_a_conflict() {
    let place = Place::new();
    let before = place.full().await;
    let (one, two) = (place.open().await, place.open().await);
    let edit = |name: &str| {
        let mut root = before.folders[&specimen::ROOT].clone();
        root.name = name.parse().expect("a name");
        root.version = root.version.next();
        vec![Change::PutFolder(root)]
    };
    commit(&one, edit("first")).await.expect("commits");
    assert_eq!(commit(&two, edit("second")).await, Err(StoreError::Conflict));
    let seen = two.book().await.expect("reads");
    assert_eq!(seen.folders[&specimen::ROOT].name.as_str(), "first");
}

#[tokio::test]
async fn a_book_once_given_does_not_change() {
    let place = Place::new();
    let given = place.full().await;
    let vault = place.open().await;
    let old = vault.book().await.expect("reads");
    assert!(Arc::ptr_eq(&old, &vault.book().await.expect("reads")), "read once while unchanged");
    commit(&vault, vec![put_folder(1)]).await.expect("commits");
    assert_eq!(*old, *given);
    assert!(vault.book().await.expect("reads").folders.contains_key(&folder_id(1)));
}

#[tokio::test]
async fn what_is_learnt_of_a_key_is_kept() {
    let place = Place::new();
    let book = place.full().await;
    let vault = place.open().await;
    let at = Moment::from_unix_millis(5);
    let (account, own) = (specimen::CONNECTION, specimen::PERSON_KEY);
    let used = book.connections[&account].key();
    for learnt in [Learnt::Refused(at), Learnt::NoPasswordAccess] {
        vault.learn(used, learnt).await.expect("learns");
    }
    let of_person = book.person_keys[&own].in_use(used.region);
    vault.learn(of_person, Learnt::PasswordAccess).await.expect("learns");
    let gone = usher_core::ids::ConnectionId::from_bytes([0x44; 16]);
    let of_gone = KeyInUse { key: KeyId::Account(gone), ..used };
    vault.learn(of_gone, Learnt::PasswordAccess).await.expect("nothing to learn it of");
    drop(vault);
    let read = place.open().await.book().await.expect("reads");
    let account = &read.connections[&account].history;
    assert_eq!(account.refused_since, Some(at));
    assert_eq!(account.password_access, PasswordAccess::Missing);
    let own = &read.person_keys[&own].history;
    assert_eq!(own.refused_since, None, "one key's verdict is not another's");
    assert_eq!(own.password_access, PasswordAccess::Granted);
    assert!(!read.connections.contains_key(&gone));
}

#[tokio::test]
async fn two_programs_that_alter_one_account_leave_each_others_part() {
    let place = Place::new();
    let book = place.full().await;
    let account = specimen::CONNECTION;
    let used = book.connections[&account].key();
    let (one, two) = (place.open().await, place.open().await);
    let at = Moment::from_unix_millis(7);
    commit(&one, vec![Change::KeyReplaced(used.key, at)]).await.expect("commits");
    commit(&two, vec![Change::SetKeepAlive(account, None)]).await.expect("commits");
    one.learn(used, Learnt::Refused(at)).await.expect("of the old key, and nobody asks any more");
    drop((one, two));
    let read = place.open().await.book().await.expect("reads");
    let row = &read.connections[&account];
    assert_eq!(
        (row.keep_alive, row.history),
        (None, book.connections[&account].history.replaced(at))
    );
    assert_ne!(row.history.serial, used.serial);
}

#[tokio::test]
async fn a_person_has_one_key_of_an_account_whoever_writes_it() {
    let place = Place::new();
    let book = place.full().await;
    let (one, two) = (place.open().await, place.open().await);
    let removed = vec![Change::RemovePersonKey(specimen::PERSON_KEY)];
    commit(&one, removed).await.expect("commits");
    let another = |byte| {
        let id = PersonKeyId::from_bytes([byte; 16]);
        vec![Change::PutPersonKey(PersonKey {
            id,
            ..book.person_keys[&specimen::PERSON_KEY].clone()
        })]
    };
    commit(&one, another(1)).await.expect("the first");
    assert_eq!(commit(&two, another(2)).await, Err(StoreError::Conflict));
    assert_eq!(two.book().await.expect("reads").person_keys.len(), 1);
}
