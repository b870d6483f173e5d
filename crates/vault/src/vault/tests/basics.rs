//! What is written comes back, whoever wrote it, and stands up to being verified.

use usher_core::book::{Change, Learnt};
use usher_core::error::StoreError;
use usher_core::rights::Standing;
use usher_core::time::Moment;

use super::super::tables;
use super::super::unlock::{AnchorWas, How};
use super::world::{ADMIN, SESSION, TECH, World, commit, rename};
use crate::rows::specimen;
use crate::vault::{Look, Shelf, Step};

#[test]
fn everything_is_there_after_closing_and_opening() {
    let world = World::new();
    let (mut shelf, unlocked) = world.open_how(ADMIN, How::default()).expect("opens");
    assert_eq!((unlocked.damage, unlocked.anchor), (None, AnchorWas::Known));
    let book = shelf.book().expect("reads");
    let mut expected = usher_core::book::Book::default();
    for change in specimen::everything() {
        expected.apply(change).expect("applies");
    }
    expected.people.insert(TECH, book.people[&TECH].clone());
    expected.grants = book.grants.clone();
    assert_eq!(*book, expected);
    assert_eq!(*world.open(TECH).expect("opens").book().expect("reads"), *book);
}

#[test]
fn a_locked_vault_gives_and_takes_nothing() {
    let world = World::new();
    let mut shelf = world.shelf();
    assert_eq!(shelf.look(), Ok(Look::Vault));
    assert_eq!(shelf.book().map(drop), Err(StoreError::Locked));
    assert_eq!(commit(&mut shelf, ADMIN, vec![]).map(drop), Err(StoreError::Locked));
    let mut shelf = world.open(ADMIN).expect("opens");
    let used = shelf.book().expect("reads").connections[&specimen::CONNECTION].key();
    shelf.lock(ADMIN);
    assert_eq!(shelf.book().map(drop), Err(StoreError::Locked));
    assert_eq!(shelf.learn(used, Learnt::PasswordAccess), Err(StoreError::Locked));
    assert_eq!(shelf.rows().map(drop), Err(StoreError::Locked));
}

#[test]
fn what_a_technician_wrote_is_read_by_everybody() {
    let world = World::new();
    let mut shelf = world.open(TECH).expect("opens");
    for name in ["one", "two", "three"] {
        let book = shelf.book().expect("reads");
        commit(&mut shelf, TECH, rename(&book, name)).expect("theirs to rename");
    }
    drop(shelf);
    for person in [TECH, ADMIN, TECH] {
        let book = world.open(person).expect("opens").book().expect("reads");
        assert_eq!(book.sessions[&SESSION].name.as_str(), "three");
    }
}

#[test]
fn an_administrators_commit_ends_the_walk() {
    let world = World::new();
    let mut shelf = world.open(TECH).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "one")).expect("commits");
    drop(shelf);
    let kept = |world: &World| {
        let connection = rusqlite::Connection::open(&world.path).expect("opens");
        tables::whole_journal(&connection).expect("reads").len()
    };
    assert_eq!(kept(&world), 1);
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "two")).expect("commits");
    drop(shelf);
    assert_eq!(kept(&world), 0);
    assert_eq!(world.book().expect("reads").sessions[&SESSION].name.as_str(), "two");
}

#[test]
fn what_is_not_theirs_is_refused_before_it_is_written() {
    let world = World::new();
    let before = world.bytes();
    let mut shelf = world.open(TECH).expect("opens");
    let book = shelf.book().expect("reads");
    let mut me = book.people[&TECH].clone();
    me.administrator = true;
    let outcome = commit(&mut shelf, TECH, vec![Change::PutPerson(me)]);
    assert_eq!(outcome.map(drop), Err(StoreError::Conflict));
    assert_eq!(*shelf.book().expect("still reads"), *book);
    drop(shelf);
    assert_eq!(world.bytes(), before);
}

#[test]
fn administrators_come_and_go_and_the_charter_says_so() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    let mut tess = book.people[&TECH].clone();
    tess.administrator = true;
    commit(&mut shelf, ADMIN, vec![Change::PutPerson(tess)]).expect("appoints");
    let charter = shelf.clear().expect("reads").charter;
    let key = world.tech.public().signing;
    assert_eq!((charter.len(), charter.administrators().get(&TECH)), (2, Some(&key)));
    drop(shelf);
    let mut shelf = world.open(TECH).expect("opens");
    let mut founder = shelf.book().expect("reads").people[&ADMIN].clone();
    founder.administrator = false;
    commit(&mut shelf, TECH, vec![Change::PutPerson(founder)]).expect("removes");
    drop(shelf);
    let charter = world.open(ADMIN).expect("opens").clear().expect("reads").charter;
    let left: Vec<_> = charter.administrators().keys().copied().collect();
    assert_eq!((charter.len(), left), (3, vec![TECH]));
}

#[test]
fn an_administrator_may_take_their_own_leave() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    let (mut tess, mut founder) = (book.people[&TECH].clone(), book.people[&ADMIN].clone());
    (tess.administrator, founder.administrator) = (true, false);
    let both = vec![Change::PutPerson(tess), Change::PutPerson(founder)];
    commit(&mut shelf, ADMIN, both).expect("hands over");
    drop(shelf);
    let book = world.open(TECH).expect("opens").book().expect("reads");
    assert!(book.is_administrator(TECH) && !book.is_administrator(ADMIN));
}

#[test]
fn whoever_goes_cannot_open_it_and_all_is_sealed_anew() {
    let world = World::new();
    let old = world.keys(&mut world.shelf(), TECH).expect("has a share");
    let mut shelf = world.open(ADMIN).expect("opens");
    let mut tess = shelf.book().expect("reads").people[&TECH].clone();
    tess.standing = Standing::Disabled;
    let after = commit(&mut shelf, ADMIN, vec![Change::PutPerson(tess)]).expect("disables");
    assert_eq!(shelf.keys().expect("open").ring().epoch(), 2);
    drop(shelf);
    assert_eq!(world.keys(&mut world.shelf(), TECH).map(drop), Err(StoreError::Locked));
    let unlocked = world.shelf().unlock(old, How::default());
    assert_eq!(unlocked.map(drop), Err(StoreError::Locked));
    assert_eq!(*world.book().expect("reads"), *after);
}

#[test]
fn sealed_anew_it_is_the_same_book() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let before = shelf.book().expect("reads");
    shelf.commit(ADMIN, Step { rekey: true, ..Step::default() }).expect("rekeys");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "after")).expect("goes on");
    drop(shelf);
    let after = world.open(TECH).expect("opens").book().expect("reads");
    assert_eq!(after.sessions[&SESSION].name.as_str(), "after");
    assert_eq!(
        (&after.credentials, &after.connections),
        (&before.credentials, &before.connections)
    );
}

#[test]
fn another_program_that_seals_anew_is_followed() {
    let world = World::new();
    let (mut one, mut two) = (world.open(ADMIN).expect("opens"), world.open(TECH).expect("opens"));
    one.commit(ADMIN, Step { rekey: true, ..Step::default() }).expect("rekeys");
    let book = two.book().expect("reads with the new key");
    commit(&mut two, TECH, rename(&book, "by the other")).expect("commits");
    let book = one.book().expect("reads");
    assert_eq!(book.sessions[&SESSION].name.as_str(), "by the other");
    let mut tess = book.people[&TECH].clone();
    tess.standing = Standing::Revoked;
    commit(&mut one, ADMIN, vec![Change::PutPerson(tess)]).expect("revokes");
    assert_eq!(two.book().map(drop), Err(StoreError::Locked));
    assert_eq!(two.keys().map(drop), Err(StoreError::Locked), "the keys are gone");
}

#[test]
fn what_is_learnt_of_a_key_is_kept_and_is_no_commit() {
    let world = World::new();
    let mut shelf = world.open(TECH).expect("opens");
    let used = shelf.book().expect("reads").connections[&specimen::CONNECTION].key();
    let at = Moment::from_unix_millis(5);
    shelf.learn(used, Learnt::Refused(at)).expect("learns");
    shelf.learn(used, Learnt::NoPasswordAccess).expect("learns");
    let number = tables::last_number(shelf.connection.as_ref().expect("open")).expect("reads");
    drop(shelf);
    let book = world.book().expect("reads");
    assert_eq!(book.connections[&specimen::CONNECTION].history.refused_since, Some(at));
    assert_eq!(number, 2, "founded, hired");
}

#[test]
fn a_missing_anchor_is_told_and_made_anew_by_an_administrator() {
    let world = World::new();
    world.forget_anchor();
    let (mut shelf, unlocked) = world.open_how(TECH, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Missing);
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "one")).expect("commits");
    drop(shelf);
    let (mut shelf, unlocked) = world.open_how(ADMIN, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Missing, "a technician's commit does not make it");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "two")).expect("commits");
    drop(shelf);
    let (_, unlocked) = world.open_how(TECH, How::default()).expect("opens");
    assert_eq!(unlocked.anchor, AnchorWas::Known);
}

#[test]
fn looked_over_from_outside_a_sound_vault_is_sound_and_a_damaged_one_is_named() {
    let world = World::new();
    let examined = world.shelf().examine().expect("is there");
    assert_eq!((examined.number, examined.damage, examined.anchored), (2, None, Some(true)));
    assert!(examined.rows > 20);
    let good = world.bytes();
    world.alter(
        "UPDATE person SET version = version + 1 WHERE id = x'01010101010101010101010101010101'",
    );
    let examined = world.shelf().examine().expect("is there");
    let named = StoreError::Damaged { table: "person", row: "01".repeat(16) };
    assert_eq!(examined.damage, Some(named));
    world.leave_only(&good);
    world.alter("CREATE VIEW v AS SELECT 1");
    let examined = world.shelf().examine().expect("is there");
    assert_eq!(examined.damage, Some(StoreError::Corrupt { part: "schema" }));
}

#[test]
fn after_many_steps_an_administrator_who_comes_in_vouches_for_them() {
    let world = World::new();
    let mut shelf = world.open(TECH).expect("opens");
    for number in 0..256 {
        let book = shelf.book().expect("reads");
        commit(&mut shelf, TECH, rename(&book, &format!("{number}"))).expect("commits");
    }
    drop(shelf);
    let deltas = |shelf: &mut Shelf| shelf.current().expect("reads").deltas;
    assert_eq!(deltas(&mut world.open(TECH).expect("opens")), 256);
    assert_eq!(deltas(&mut world.open(ADMIN).expect("opens")), 0);
    assert_eq!(deltas(&mut world.open(TECH).expect("opens")), 0);
}
