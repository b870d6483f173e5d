//! A vault that is not as it was left, opened by an administrator as it was found.

use serde_json::json;
use usher_core::book::Change;
use usher_core::error::StoreError;

use super::super::unlock::{AnchorWas, How};
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECH, TECHS_GRANT, World, commit, rename};
use crate::rows::{Place, Table, specimen};
use crate::vault::Shelf;

const AS_FOUND: How = How { as_found: true, new_device: false };
const GRANT: Place = Place { table: Table::Grant, key: TECHS_GRANT.to_bytes() };

fn as_found(world: &World) -> (Shelf, StoreError) {
    let (shelf, unlocked) = world.open_how(ADMIN, AS_FOUND).expect("opens as found");
    (shelf, unlocked.damage.expect("it is damaged"))
}

/// After being accepted it opens like any other, and goes on.
fn accept(world: &World, mut shelf: Shelf) {
    let found = shelf.book().expect("reads");
    assert_eq!(shelf.accept_as_found(TECH), Err(StoreError::Conflict), "administrators only");
    shelf.accept_as_found(ADMIN).expect("accepts");
    assert_eq!(*shelf.book().expect("reads"), *found);
    drop(shelf);
    let (mut shelf, unlocked) = world.open_how(ADMIN, How::default()).expect("opens");
    assert_eq!((unlocked.damage, unlocked.anchor), (None, AnchorWas::Known));
    let book = shelf.book().expect("reads");
    assert_eq!(*book, *found);
    commit(&mut shelf, ADMIN, rename(&book, "goes on")).expect("commits");
    drop(shelf);
    let mut shelf = world.open(TECH).expect("opens for everybody");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "and on")).expect("commits");
    drop(shelf);
    assert_eq!(world.book().expect("opens").sessions[&SESSION].name.as_str(), "and on");
}

#[test]
fn a_damaged_row_is_left_out_and_nothing_can_be_changed() {
    let world = World::new();
    let before = world.book().expect("opens");
    world.alter(
        "UPDATE grant_ SET blob = zeroblob(60) WHERE id = x'81818181818181818181818181818181'",
    );
    let named = StoreError::Damaged { table: "grant_", row: "81".repeat(16) };
    assert_eq!(world.open(ADMIN).map(drop), Err(named.clone()));
    let (mut shelf, damage) = as_found(&world);
    assert_eq!(damage, named);
    let found = shelf.book().expect("reads");
    assert_eq!(found.grants.len() + 1, before.grants.len());
    assert_eq!((&found.folders, &found.sessions), (&before.folders, &before.sessions));
    let refused = Err(StoreError::ReadOnlyAsFound);
    assert_eq!(commit(&mut shelf, ADMIN, rename(&found, "x")).map(drop), refused);
    let used = found.connections[&specimen::CONNECTION].key();
    let learnt = usher_core::book::Learnt::PasswordAccess;
    assert_eq!(shelf.learn(used, learnt), Err(StoreError::ReadOnlyAsFound));
    accept(&world, shelf);
}

#[test]
fn only_an_administrator_opens_it_as_found() {
    let world = World::new();
    world.alter("UPDATE folder SET version = version + 1");
    let outcome = world.open_how(TECH, AS_FOUND).map(drop);
    assert!(matches!(outcome, Err(StoreError::Damaged { table: "folder", .. })), "{outcome:?}");
}

#[test]
fn a_sound_vault_is_not_opened_as_found() {
    let world = World::new();
    let (mut shelf, unlocked) = world.open_how(ADMIN, AS_FOUND).expect("opens");
    assert_eq!(unlocked.damage, None);
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "x")).expect("may be changed");
    assert_eq!(shelf.accept_as_found(ADMIN), Err(StoreError::Conflict), "nothing to accept");
}

#[test]
fn a_step_that_was_not_theirs_is_undone_and_what_stood_before_is_back() {
    let world = World::new();
    let before = world.book().expect("opens");
    let mut forger = Forger::at(&world);
    forger.edit(GRANT, |json| json["rights"] = json!(["view", "view_password", "edit"]));
    forger.cover(&world, Cover::Delta);
    forger.close();
    let (mut shelf, damage) = as_found(&world);
    assert_eq!(damage, GRANT.damaged());
    assert_eq!(*shelf.book().expect("reads"), *before);
    accept(&world, shelf);
}

#[test]
fn rows_and_leaves_changed_together_are_left_out() {
    let world = World::new();
    let mut forger = Forger::at(&world);
    forger.edit(GRANT, |json| json["rights"] = json!(["view", "view_password", "edit"]));
    forger.cover(&world, Cover::Leaves);
    forger.close();
    let (mut shelf, damage) = as_found(&world);
    assert_eq!(damage, GRANT.damaged());
    assert!(!shelf.book().expect("reads").grants.contains_key(&TECHS_GRANT));
}

#[test]
fn an_older_copy_is_taken_as_it_was_and_then_goes_above_the_anchor() {
    let world = World::new();
    let (old, before) = (world.bytes(), world.book().expect("opens"));
    let mut shelf = world.open(ADMIN).expect("opens");
    for name in ["one", "two", "three"] {
        let book = shelf.book().expect("reads");
        commit(&mut shelf, ADMIN, rename(&book, name)).expect("commits");
    }
    drop(shelf);
    let new = world.bytes();
    world.leave_only(&old);
    let (mut shelf, damage) = as_found(&world);
    assert_eq!(damage, StoreError::RolledBack { file: 2, anchor: 5 });
    assert_eq!(*shelf.book().expect("reads"), *before);
    accept(&world, shelf);
    // What was the true one before is now the one that is behind.
    world.leave_only(&new);
    let told = Err(StoreError::RolledBack { file: 5, anchor: 8 });
    assert_eq!(world.open(ADMIN).map(drop), told);
}

#[test]
fn somebody_elses_device_follows_what_an_administrator_accepted() {
    let world = World::new();
    let old = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "lost")).expect("commits");
    drop(shelf);
    let others = world.device.copied();
    world.leave_only(&old);
    let (mut shelf, _) = as_found(&world);
    shelf.accept_as_found(ADMIN).expect("accepts");
    drop(shelf);
    let theirs = World { device: others, ..world };
    assert!(theirs.open(TECH).is_ok());
}

#[test]
fn a_removed_administrator_accepts_nothing() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    for administrator in [true, false] {
        let mut tess = shelf.book().expect("reads").people[&TECH].clone();
        tess.administrator = administrator;
        commit(&mut shelf, ADMIN, vec![Change::PutPerson(tess)]).expect("commits");
    }
    drop(shelf);
    world.alter("UPDATE folder SET version = version + 1");
    assert!(world.open_how(TECH, AS_FOUND).is_err());
    assert!(world.open_how(ADMIN, AS_FOUND).is_ok());
}

#[test]
fn where_nothing_can_be_trusted_nothing_is_shown() {
    let world = World::new();
    let good = world.bytes();
    for sql in [
        "DELETE FROM manifest",
        "DELETE FROM charter",
        "UPDATE charter SET statement = zeroblob(9)",
    ] {
        world.leave_only(&good);
        let keys = world.keys(&mut world.shelf(), ADMIN).expect("has a share");
        world.alter(sql);
        let outcome = world.shelf().unlock(keys, AS_FOUND).map(drop);
        assert!(matches!(outcome, Err(StoreError::Damaged { .. })), "{sql}: {outcome:?}");
    }
}

#[test]
fn nobody_slips_in_beside_an_administrator_who_looks_at_it_as_found() {
    let world = World::new();
    let keys = world.keys(&mut world.shelf(), TECH).expect("has a share");
    world.alter("UPDATE folder SET version = version + 1");
    let (mut shelf, damage) = as_found(&world);
    assert_eq!(shelf.unlock(keys, How::default()).map(drop), Err(damage.clone()));
    let keys = world.keys(&mut world.shelf(), TECH).expect("has a share");
    assert_eq!(shelf.unlock(keys, AS_FOUND).map(drop), Err(damage));
}
