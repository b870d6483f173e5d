//! Somebody who once was an administrator, with their old keys, old copies and tools.

use serde_json::json;
use usher_core::book::Change;
use usher_core::error::{KeyringError, StoreError};
use usher_core::ids::PersonId;
use usher_core::rights::Standing;

use super::super::statement::Kind;
use super::super::unlock::{AnchorWas, How};
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECH, TECHS_GRANT, World, commit, rename};
use crate::rows::{Place, Table};

const AS_FOUND: How = How { as_found: true, new_device: false };
const GRANT: Place = Place { table: Table::Grant, key: TECHS_GRANT.to_bytes() };

/// Makes the technician this.
fn make(world: &World, by: PersonId, administrator: bool, standing: Standing) {
    let mut shelf = world.open(by).expect("opens");
    let mut tess = shelf.book().expect("reads").people[&TECH].clone();
    (tess.administrator, tess.standing) = (administrator, standing);
    commit(&mut shelf, by, vec![Change::PutPerson(tess)]).expect("commits");
}

/// They administered it for a day. The file of that day as well.
fn after_a_day(standing: Standing) -> (World, Vec<u8>) {
    let world = World::new();
    make(&world, ADMIN, true, Standing::Active);
    let then = world.bytes();
    make(&world, ADMIN, false, standing);
    (world, then)
}

#[test]
fn with_yesterdays_copy_nobody_becomes_an_administrator_again() {
    for standing in [Standing::Active, Standing::Disabled, Standing::Revoked] {
        let (world, then) = after_a_day(standing);
        let now = world.bytes();
        world.leave_only(&then);
        let told = Err(StoreError::RolledBack { file: 3, anchor: 4 });
        for person in [TECH, ADMIN] {
            let outcome = world.open_how(person, AS_FOUND).map(drop);
            assert_eq!(outcome, told, "{standing:?}: what it says of administrators is over");
        }
        world.leave_only(&now);
        assert!(world.open(ADMIN).is_ok(), "the device still knows which one is true");
    }
}

/// The control: whoever still is one takes an older copy as it was found.
#[test]
fn with_yesterdays_copy_who_still_administers_it_sees_it_as_found() {
    let world = World::new();
    make(&world, ADMIN, true, Standing::Active);
    let then = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "lost")).expect("commits");
    drop(shelf);
    world.leave_only(&then);
    let (mut shelf, unlocked) = world.open_how(TECH, AS_FOUND).expect("opens as found");
    assert_eq!(unlocked.damage, Some(StoreError::RolledBack { file: 3, anchor: 4 }));
    shelf.accept_as_found(TECH).expect("accepts");
    drop(shelf);
    assert!(world.open(ADMIN).is_ok());
}

#[test]
fn while_the_keyring_says_nothing_nothing_is_accepted() {
    let world = World::new();
    world.alter("UPDATE folder SET version = version + 1");
    let (mut shelf, unlocked) = world.open_how(ADMIN, AS_FOUND).expect("opens as found");
    world.device.breaks(Some(KeyringError::Locked));
    assert_eq!(shelf.accept_as_found(ADMIN).err(), unlocked.damage);
    world.device.breaks(None);
    shelf.accept_as_found(ADMIN).expect("accepts");
}

/// The copy goes on in this person's name while the keyring is silent, and then for a while more.
fn go_on_unknown(world: &World, by: PersonId) {
    world.device.breaks(Some(KeyringError::Locked));
    let (mut shelf, unlocked) = world.open_how(by, How::default()).expect("nothing is known");
    assert_eq!(unlocked.anchor, AnchorWas::Unreadable(KeyringError::Locked));
    for step in 0..4 {
        if step == 2 {
            world.device.breaks(None);
        }
        let book = shelf.book().expect("reads");
        commit(&mut shelf, by, rename(&book, &format!("{step}"))).expect("commits");
    }
}

#[test]
fn an_older_copy_that_went_on_while_the_keyring_was_silent_is_not_anchored() {
    // Neither by who was taken off, nor by who does not know that it is one.
    for by in [TECH, ADMIN] {
        let (world, then) = after_a_day(Standing::Active);
        let now = world.bytes();
        world.leave_only(&then);
        go_on_unknown(&world, by);
        let told = Err(StoreError::RolledBack { file: 7, anchor: 4 });
        assert_eq!(world.open(ADMIN).map(drop), told);
        world.leave_only(&now);
        assert!(world.open(ADMIN).is_ok(), "the device still knows which one is true");
    }
}

/// The control: what is no older copy is anchored once the keyring answers again.
#[test]
fn what_went_on_rightly_while_the_keyring_was_silent_is_anchored() {
    let (world, _) = after_a_day(Standing::Active);
    let then = world.bytes();
    go_on_unknown(&world, ADMIN);
    world.leave_only(&then);
    let told = Err(StoreError::RolledBack { file: 4, anchor: 8 });
    assert_eq!(world.open(ADMIN).map(drop), told);
}

/// A right more, and over it a checkpoint with the old keys, after a statement that says the
/// charter were still that of the day.
fn forge(world: &World, (kind, gap): (Kind, u64), (then, now): (u32, u32)) {
    let mut forger = Forger::at(world);
    forger.edit(GRANT, |json| json["rights"] = json!(["view", "view_password", "edit"]));
    forger.cover(world, Cover::Leaves);
    let last = forger.last();
    let number = last.statement.number + 1 + gap;
    let old = (number, last.hash, then);
    let hash = forger.state_under(&last.statement, (kind, TECH), old, &world.tech);
    let by = (Kind::Checkpoint, TECH);
    forger.state_under(&last.statement, by, (number + 1, hash, now), &world.tech);
    forger.close();
}

fn refused(world: &World, case: &str) {
    for person in [ADMIN, TECH] {
        for how in [How::default(), AS_FOUND] {
            let outcome = world.open_how(person, how).map(drop);
            let named = matches!(outcome, Err(StoreError::Damaged { table: "manifest", .. }));
            assert!(named, "{case}: {person:?} {how:?}: {outcome:?}");
        }
    }
    let examined = world.shelf().examine().expect("reads");
    assert!(examined.damage.is_some(), "{case}: it shows from outside as well");
}

fn every_kind_is_refused(world: &World) {
    let good = world.bytes();
    for kind in [(Kind::Checkpoint, 0), (Kind::Delta, 0), (Kind::Accepted, 0), (Kind::Accepted, 9)]
    {
        world.leave_only(&good);
        forge(world, kind, (2, 3));
        refused(world, &format!("{kind:?}"));
    }
}

#[test]
fn a_former_administrators_key_signs_no_checkpoint_under_the_charter_of_before() {
    let (world, _) = after_a_day(Standing::Active);
    every_kind_is_refused(&world);
}

#[test]
fn nor_does_the_key_of_somebody_who_resigned_as_one() {
    let world = World::new();
    make(&world, ADMIN, true, Standing::Active);
    make(&world, TECH, false, Standing::Active);
    every_kind_is_refused(&world);
}

/// The control: with the same tools, the key of somebody who administers it signs checkpoints.
#[test]
fn the_key_of_an_administrator_in_force_signs_checkpoints() {
    let world = World::new();
    make(&world, ADMIN, true, Standing::Active);
    forge(&world, (Kind::Checkpoint, 0), (2, 2));
    let book = world.book().expect("opens");
    assert!(book.grants[&TECHS_GRANT].rights.has(usher_core::rights::Right::ViewPassword));
}

/// The other control: all that can happen to a charter while a device is away.
#[test]
fn a_device_that_was_away_follows_all_that_went_on_rightly() {
    let world = World::new();
    let away = world.device.copied();
    make(&world, ADMIN, true, Standing::Active);
    make(&world, ADMIN, false, Standing::Active);
    let mut shelf = world.open(TECH).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "theirs")).expect("commits");
    drop(shelf);
    make(&world, ADMIN, true, Standing::Active);
    make(&world, TECH, false, Standing::Active);
    let mut shelf = world.open(TECH).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "theirs again")).expect("commits");
    drop(shelf);
    let world = World { device: away, ..world };
    let (mut shelf, unlocked) = world.open_how(ADMIN, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Known);
    let name = shelf.book().expect("reads").sessions[&SESSION].name.clone();
    assert_eq!(name.as_str(), "theirs again");
}
