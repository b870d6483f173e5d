//! Older copies: the device knows how far the vault had come.

use usher_core::error::{KeyringError, StoreError};

use super::super::unlock::{AnchorWas, How};
use super::damage::{Dice, cases};
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECH, World, commit, rename};
use crate::rows::{Place, Table};

/// The vault's main file and its log, together or from different days.
#[derive(Clone)]
struct Copy {
    main: Vec<u8>,
    log: Vec<u8>,
}

fn log_of(world: &World) -> std::path::PathBuf {
    format!("{}-wal", world.path.display()).into()
}

fn copy(world: &World) -> Copy {
    Copy { main: world.bytes(), log: std::fs::read(log_of(world)).unwrap_or_default() }
}

fn put_back(world: &World, main: &[u8], log: &[u8]) {
    world.leave_only(main);
    if !log.is_empty() {
        std::fs::write(log_of(world), log).expect("writes");
    }
}

/// A vault of many commits, with a copy of each state; the log is folded in now and then.
fn history() -> (World, Vec<Copy>) {
    let world = World::new();
    let mut copies = Vec::new();
    for part in 0..10 {
        let mut shelf = world.open(if part % 2 == 0 { ADMIN } else { TECH }).expect("opens");
        let by = if part % 2 == 0 { ADMIN } else { TECH };
        for step in 0..5 {
            copies.push(copy(&world));
            let book = shelf.book().expect("reads");
            commit(&mut shelf, by, rename(&book, &format!("{part} {step}"))).expect("commits");
        }
    }
    (world, copies)
}

#[test]
fn each_of_fifty_older_copies_is_rolled_back() {
    let (world, copies) = history();
    assert_eq!(copies.len(), 50);
    let number = 52;
    for (index, copy) in copies.iter().enumerate() {
        put_back(&world, &copy.main, &copy.log);
        let file = 2 + u64::try_from(index).expect("few");
        let told = Err(StoreError::RolledBack { file, anchor: number });
        assert_eq!(world.open(ADMIN).map(drop), told, "copy {index}");
        assert_eq!(world.open(TECH).map(drop), told, "copy {index}");
    }
}

#[test]
fn a_file_and_a_log_of_different_days_are_the_vault_or_nothing() {
    let (world, mut copies) = history();
    let book = world.book().expect("opens");
    copies.push(copy(&world));
    let mut dice = Dice::new(7);
    let mut refused = 0;
    for case in 0..cases(120, 2_500) {
        let (one, other) = (dice.below(copies.len()), dice.below(copies.len()));
        put_back(&world, &copies[one].main, &copies[other].log);
        match world.book() {
            Ok(read) => assert_eq!(*read, *book, "case {case}: {one} {other}"),
            Err(
                StoreError::RolledBack { .. }
                | StoreError::Damaged { .. }
                | StoreError::Corrupt { .. }
                | StoreError::Locked,
            ) => refused += 1,
            Err(error) => panic!("case {case}: {error:?}"),
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn an_older_copy_that_went_on_by_itself_is_rolled_back() {
    let world = World::new();
    let old = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    for name in ["one", "two"] {
        let book = shelf.book().expect("reads");
        commit(&mut shelf, ADMIN, rename(&book, name)).expect("commits");
    }
    drop(shelf);
    // As many steps, and more, of somebody who has all the tools but the keyring.
    for more in 1..5 {
        world.leave_only(&old);
        for step in 0..more {
            let mut forger = Forger::at(&world);
            let session = Place { table: Table::Session, key: SESSION.to_bytes() };
            forger.edit(session, |json| json["name"] = format!("{step}").into());
            forger.cover(&world, Cover::Delta);
            forger.close();
        }
        let told = Err(StoreError::RolledBack { file: 2 + more, anchor: 4 });
        assert_eq!(world.open(ADMIN).map(drop), told);
    }
}

#[test]
fn a_file_ahead_of_its_anchor_opens() {
    let world = World::new();
    let (mut shelf, _) = world.open_how(ADMIN, How::default()).expect("opens");
    // The keyring stops working; the vault goes on.
    world.device.breaks(Some(KeyringError::Locked));
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "one")).expect("commits");
    drop(shelf);
    let (_, unlocked) = world.open_how(TECH, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Unreadable(KeyringError::Locked));
    world.device.breaks(None);
    let (shelf, unlocked) = world.open_how(TECH, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Known);
    drop(shelf);
    // From here on it is anchored again.
    let old = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "two")).expect("commits");
    drop(shelf);
    world.leave_only(&old);
    let told = Err(StoreError::RolledBack { file: 3, anchor: 4 });
    assert_eq!(world.open(ADMIN).map(drop), told);
}

#[test]
fn put_back_while_it_is_open_it_is_rolled_back_too() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "one")).expect("commits");
    world.alter("DELETE FROM manifest WHERE number = 3");
    assert!(shelf.book().is_err());
    let book = commit(&mut shelf, ADMIN, vec![]);
    assert!(book.is_err(), "nothing is built on it");
}

#[test]
fn keyring_and_file_put_back_together_are_not_told_apart() {
    // Said in SECURITY.md: nothing on one machine can tell. This shows that the test for it is right.
    let world = World::new();
    let (old, device) = (world.bytes(), world.device.copied());
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "one")).expect("commits");
    drop(shelf);
    world.leave_only(&old);
    assert!(world.open(ADMIN).is_err());
    let world = World { device, ..world };
    assert!(world.open(ADMIN).is_ok());
}

// Windows lets nobody take a file away that is open.
#[cfg(unix)]
#[test]
fn another_file_put_in_the_place_of_the_open_one_is_seen_and_nothing_is_lost_in_between() {
    let world = World::new();
    let old = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "one")).expect("commits");
    let aside = world.folder.path().join("aside");
    std::fs::copy(&world.path, &aside).expect("copies");
    let put_there = |bytes: &[u8]| {
        std::fs::rename(&world.path, world.folder.path().join("moved")).expect("moves");
        world.leave_only(bytes);
    };
    put_there(&old);
    let told = Err(StoreError::RolledBack { file: 2, anchor: 3 });
    assert_eq!(shelf.book().map(drop), told);
    assert_eq!(commit(&mut shelf, ADMIN, rename(&book, "lost")).map(drop), told);
    drop(shelf);
    assert_eq!(world.open(ADMIN).map(drop), told);
}

// Windows lets nobody take a file away that is open.
#[cfg(unix)]
#[test]
fn somebody_who_takes_the_file_away_is_told_that_it_is_missing() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    std::fs::rename(&world.path, world.folder.path().join("moved")).expect("moves");
    let missing = Err(StoreError::Missing);
    assert_eq!(commit(&mut shelf, ADMIN, rename(&book, "lost")).map(drop), missing);
    std::fs::rename(world.folder.path().join("moved"), &world.path).expect("moves back");
    commit(&mut shelf, ADMIN, rename(&book, "kept")).expect("goes on");
}
