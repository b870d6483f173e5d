//! The other process: this test program, started again by a test, playing one part.

use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;

use usher_core::book::Change;
use usher_core::entry::Folder;
use usher_core::error::StoreError;
use usher_core::ports::{Access, Store};
use usher_vault::Vault;

use crate::access::house::permit;
use crate::specimen::{PERSON, ROOT};
use crate::support::{
    commit, found, found_in, hire, open, open_in, path_in, put_folder, refusal, upgrade_in,
    vault_at,
};

/// Where a child reads its part from, and the folder it works in.
pub(crate) const PART: &str = "USHER_VAULT_TEST_PART";
pub(crate) const FOLDER: &str = "USHER_VAULT_TEST_FOLDER";
/// The number a child counts from.
pub(crate) const FROM: &str = "USHER_VAULT_TEST_FROM";

/// The arguments that make this test program a child.
pub(crate) const ARGUMENTS: [&str; 3] = ["--exact", "child::part", "--nocapture"];

/// Played in a second process by the tests that start one; by itself it shows that a child with no
/// such part fails, so that a misspelt part cannot pass for a child that did its work.
#[tokio::test]
async fn part() {
    let Ok(part) = std::env::var(PART) else {
        return an_unknown_part_fails();
    };
    match part.as_str() {
        "commit for ever" => commit_for_ever().await,
        "commit fifty" => commit_fifty().await,
        "count up" => count_up_from_the_start().await,
        "commit until full" => commit_until_full().await,
        "open what is read-only" => open_what_is_read_only().await,
        "rekey for ever" => rekey_for_ever().await,
        "hire for ever" => hire_for_ever().await,
        "upgrade" => upgrade().await,
        #[cfg(target_os = "linux")]
        "keep what can be kept" => crate::injected::keep_what_can_be_kept().await,
        #[cfg(target_os = "linux")]
        "keyring" => crate::keyring::part().await,
        #[cfg(target_os = "linux")]
        "no keyring" => crate::keyring::without_a_bus(),
        unknown => panic!("no such part: {unknown}"),
    }
}

#[expect(clippy::disallowed_types, reason = "it starts itself")]
fn an_unknown_part_fails() {
    let myself = std::env::current_exe().expect("a test program has a file");
    let output = std::process::Command::new(myself)
        .args(ARGUMENTS)
        .env(PART, "a part that nobody plays")
        .output()
        .expect("it starts");
    assert!(!output.status.success());
}

pub(crate) fn folder() -> PathBuf {
    std::env::var_os(FOLDER).expect("started by a test").into()
}

fn from() -> u64 {
    std::env::var(FROM).expect("started by a test").parse().expect("a number")
}

/// A line that the parent reads, at once.
pub(crate) fn say(line: impl AsRef<OsStr>) {
    let mut out = std::io::stdout().lock();
    let line = line.as_ref().to_string_lossy();
    writeln!(out, "\nsays {line}").and_then(|()| out.flush()).expect("the parent listens");
}

/// The vault in the folder, made if there is none.
async fn any() -> Vault {
    if path_in(&folder()).exists() {
        open_in(&folder()).await.expect("opens")
    } else {
        found_in(&folder()).await.expect("founds")
    }
}

async fn commit_for_ever() {
    let vault = any().await;
    for number in from().. {
        commit(&vault, vec![put_folder(number)]).await.expect("commits");
        say(number.to_string());
    }
}

async fn rekey_for_ever() {
    let vault = any().await;
    for number in from().. {
        commit(&vault, vec![put_folder(number)]).await.expect("commits");
        say(number.to_string());
        vault.rekey(permit(PERSON)).await.expect("rekeys");
    }
}

async fn hire_for_ever() {
    let vault = any().await;
    for number in from().. {
        commit(&vault, hire(number)).await.expect("commits");
        say(number.to_string());
    }
}

async fn upgrade() {
    drop(upgrade_in(&folder()).await.expect("upgrades"));
    say("0");
}

async fn commit_fifty() {
    let vault = open_in(&folder()).await.expect("opens");
    for number in from()..from() + 50 {
        patiently(&vault, number).await;
    }
}

/// The vault retries nothing; this test does.
pub(crate) async fn patiently(vault: &Vault, number: u64) {
    loop {
        match commit(vault, vec![put_folder(number)]).await {
            Ok(_) => return,
            Err(StoreError::Busy) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

async fn count_up_from_the_start() {
    let vault = open_in(&folder()).await.expect("opens");
    say("open");
    for number in count_up(&vault, from()).await {
        say(number.to_string());
    }
}

/// Counts up the number that is the root folder's name, so often, beside another process that does so
/// as often: what it was counted up to.
pub(crate) async fn count_up(vault: &Vault, times: u64) -> Vec<u64> {
    let mut counted = Vec::new();
    for time in 0..times {
        let number = loop {
            if let Some(number) = counted_up(vault).await {
                break number;
            }
        };
        counted.push(number);
        // SQLite lets whoever wrote last write again: every other time the other one comes first.
        let through = number - (time + 1) == times;
        if time % 2 == 1 && !through {
            counted_on(vault, number).await;
        }
    }
    counted
}

/// Waits until the other process has counted on from here.
async fn counted_on(vault: &Vault, from: u64) {
    for _ in 0..1_000_000 {
        if count(vault).await.0 != from {
            return;
        }
    }
    panic!("the other one is gone");
}

/// The number, and the folder that has it for its name.
async fn count(vault: &Vault) -> (u64, Folder) {
    let root = vault.book().await.expect("reads").folders[&ROOT].clone();
    (root.name.as_str().parse().unwrap_or(0), root)
}

/// One up, unless the other process came between reading and writing.
async fn counted_up(vault: &Vault) -> Option<u64> {
    let (number, mut root) = count(vault).await;
    root.name = (number + 1).to_string().parse().expect("a name");
    root.version = root.version.next();
    match commit(vault, vec![Change::PutFolder(root)]).await {
        Ok(_) => Some(number + 1),
        Err(StoreError::Busy | StoreError::Conflict) => None,
        Err(other) => panic!("{other:?}"),
    }
}

async fn commit_until_full() {
    let vault = open_in(&folder()).await.expect("opens");
    let mut before = vault.book().await.expect("reads");
    for number in 0..100_000 {
        match commit(&vault, vec![put_folder(number)]).await {
            Ok(book) => before = book,
            Err(fault) => {
                assert_eq!(fault, StoreError::Failed);
                assert_eq!(*vault.book().await.expect("still reads"), *before);
                say(before.folders.len().to_string());
                return;
            }
        }
    }
    panic!("the disk was never full");
}

async fn open_what_is_read_only() {
    for name in ["file/vault.sqlite", "folder/vault.sqlite"] {
        let vault = vault_at(&folder(), folder().join(name));
        assert_eq!(refusal(open(&vault, &folder()).await), StoreError::ReadOnly, "{name}");
    }
    let new = vault_at(&folder(), folder().join("folder/new.sqlite"));
    assert_eq!(refusal(found(&new, &folder()).await), StoreError::ReadOnly);
    say("refused");
}
