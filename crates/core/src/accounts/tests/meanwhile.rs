//! IT Glue, the keyring and the vault take their time. What else happens by then counts.

use super::keys::{give, own, replace, secret, take};
use crate::accounts;
use crate::audit::{Outcome, What};
use crate::entry::{Connection, KeyHistory, KeyId, PasswordAccess, PersonKey};
use crate::error::{Error, KeyringError, Missing, SourceError, StoreError};
use crate::ids::{OrganizationId, PasswordId, PersonKeyId};
use crate::launch::UnlockId;
use crate::rights::Standing;
use crate::testing::{ACCOUNT, ADA, BOB, CLIENT, OTHER, Scene, World, at_once, edit, record};
use crate::time::Moment;

/// A scene in which both `new` and `other` could take a key's place.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.stands("new", &[CLIENT, OTHER]);
    scene.stands("other", &[CLIENT, OTHER]);
    scene
}

/// Somebody else of the same vault replaces the account's key.
fn replaced_by_another(world: &World) {
    let replaced = accounts::replace_key(world, UnlockId(2), ACCOUNT, secret("other"));
    assert!(at_once(replaced).expect("ready").is_ok());
}

/// Somebody else of the same vault gives Bob a key.
fn given_by_another(world: &World) {
    let given = accounts::set_person_key(world, UnlockId(2), (ACCOUNT, BOB), secret("other"));
    assert!(at_once(given).expect("ready").is_ok());
}

/// A way in which a key takes a place.
type Way = fn(&Scene, &str) -> Result<(Connection, usize), Error>;

/// What the keyring holds, but for which places.
fn kept(scene: &Scene) -> Vec<String> {
    scene.world.state().keys.values().cloned().collect()
}

#[test]
fn what_the_old_key_brings_to_light_is_not_said_of_the_new_one() {
    for fails in [Some(SourceError::KeyRefused), Some(SourceError::NoPasswordAccess), None] {
        let scene = scene();
        let verdict = fails.clone();
        scene.alter("old", |standing| standing.fails = verdict);
        scene.world.state().now = 5;
        scene.meanwhile("check", replaced_by_another);
        let checked = at_once(accounts::check(scene.world.as_ref(), scene.unlock, ACCOUNT));
        assert_eq!(checked.expect("ready").is_ok(), fails.is_none());
        let before = KeyHistory::accepted(Moment::from_unix_millis(0));
        assert_eq!(scene.account().history, before.replaced(Moment::from_unix_millis(5)));
    }
}

#[test]
fn a_test_of_the_old_key_does_not_mark_the_new_one() {
    let scene = scene();
    scene.alter("old", |standing| standing.password_access = false);
    scene.meanwhile("test", replaced_by_another);
    let record = (OrganizationId::new(CLIENT), PasswordId::new("1"));
    let ports = scene.world.as_ref();
    let after = at_once(accounts::test_password_access(ports, scene.unlock, ACCOUNT, record));
    let access = after.expect("ready").map(|account| account.history.password_access);
    assert_eq!(access, Ok(PasswordAccess::Unknown));
}

#[test]
fn a_persons_answer_for_their_old_key_does_not_mark_their_new_one() {
    let scene = scene();
    assert!(give(&scene, BOB, "new").is_ok());
    scene.alter("new", |standing| standing.fails = Some(SourceError::KeyRefused));
    scene.world.state().records = vec![record("1", "Servers", false)];
    scene.asks(BOB);
    scene.meanwhile("record", |world| {
        world.state().person = Some(ADA);
        given_by_another(world);
    });
    let of = (OrganizationId::new(CLIENT), PasswordId::new("1"));
    let of = accounts::PageOf::Record(ACCOUNT, of.0, of.1);
    let opened = at_once(accounts::open_page(scene.world.as_ref(), scene.unlock, &of));
    assert_eq!(opened, Some(Err(Error::Source(SourceError::KeyRefused))));
    assert_eq!(own(&scene, BOB).expect("his").history.refused_since, None);
}

#[test]
fn a_key_takes_no_place_for_somebody_who_may_not_any_more() {
    let denied = |error: &Error| matches!(error, Error::Denied(_));
    let ways: [Way; 2] = [replace, |scene, key| give(scene, BOB, key)];
    for by in ways {
        let scene = scene();
        scene.meanwhile("seen by", |world| world.state().person = None);
        assert_eq!(by(&scene, "new").err(), Some(Error::Locked));
        scene.asks(ADA);
        scene.meanwhile("seen by", |world| {
            edit(world, |book| book.people.get_mut(&ADA).expect("Ada").administrator = false);
        });
        assert!(by(&scene, "new").is_err_and(|error| denied(&error)));
        assert_eq!(kept(&scene), ["old"]);
        assert!(scene.world.book().person_keys.is_empty());
        assert!(scene.world.state().log.is_empty(), "not even intended");
    }
}

#[test]
fn a_key_takes_no_place_that_is_gone() {
    let scene = scene();
    scene.meanwhile("seen by", |world| {
        edit(world, |book| book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled);
    });
    assert_eq!(give(&scene, BOB, "new").err(), Some(Error::NotFound(Missing::Person)));
    let removed = |world: &World| edit(world, |book| drop(book.connections.remove(&ACCOUNT)));
    scene.meanwhile("seen by", removed);
    assert_eq!(replace(&scene, "new").err(), Some(Error::NotFound(Missing::Connection)));
    assert_eq!(kept(&scene), ["old"]);
}

#[test]
fn a_key_whose_place_goes_while_the_keyring_takes_it_is_taken_out_again() {
    let scene = scene();
    scene.meanwhile("commit", |world| {
        edit(world, |book| book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled);
    });
    assert_eq!(give(&scene, BOB, "new").err(), Some(Error::Store(StoreError::Conflict)));
    assert_eq!(kept(&scene), ["old"]);
    assert_eq!(scene.world.outcomes(What::PersonKeySet), [Outcome::Intended, Outcome::Failed]);
    scene.meanwhile("commit", |world| {
        edit(world, |book| drop(book.connections.remove(&ACCOUNT)));
    });
    assert_eq!(replace(&scene, "new").err(), Some(Error::Store(StoreError::Conflict)));
    assert_eq!(kept(&scene), [""; 0]);
    assert_eq!(scene.world.outcomes(What::KeyReplaced), [Outcome::Intended, Outcome::Failed]);
}

#[test]
fn an_account_is_not_added_by_somebody_who_may_not_any_more() {
    let scene = scene();
    let add = |scene: &Scene| {
        let (name, key) = ("Another".parse().expect("a name"), secret("new"));
        let account = accounts::NewAccount { name, region: crate::entry::Region::Us, key };
        at_once(accounts::add(scene.world.as_ref(), scene.unlock, account)).expect("ready")
    };
    scene.meanwhile("check", |world| world.state().person = None);
    assert_eq!(add(&scene).err(), Some(Error::Locked));
    scene.asks(ADA);
    scene.world.state().store_broken = Some(StoreError::Busy);
    assert_eq!(add(&scene).err(), Some(Error::Store(StoreError::Busy)));
    assert_eq!(kept(&scene), ["old"]);
}

#[test]
fn of_two_keys_given_at_once_one_stays_and_none_is_left_over() {
    let scene = scene();
    scene.meanwhile("seen by", given_by_another);
    assert!(give(&scene, BOB, "new").is_ok(), "in the place of the other one");
    assert_eq!(scene.world.book().person_keys.len(), 1);
    assert_eq!(kept(&scene), ["old", "new"]);
    assert!(take(&scene, BOB).is_ok());

    scene.meanwhile("put", given_by_another);
    assert_eq!(give(&scene, BOB, "new").err(), Some(Error::Store(StoreError::Conflict)));
    assert_eq!(scene.world.book().person_keys.len(), 1);
    assert_eq!(kept(&scene), ["old", "other"]);
    assert!(take(&scene, BOB).is_ok());
    assert_eq!(kept(&scene), ["old"]);
}

#[test]
fn whoever_has_two_keys_after_all_has_none_once_it_is_taken_away() {
    let scene = scene();
    assert!(give(&scene, BOB, "new").is_ok());
    let second =
        PersonKey { id: PersonKeyId::from_bytes([9; 16]), ..own(&scene, BOB).expect("his") };
    scene.world.state().keys.insert(KeyId::Person(second.id), "second".to_owned());
    scene.edit(|book| {
        book.person_keys.insert(second.id, second);
    });
    assert!(take(&scene, BOB).is_ok());
    assert_eq!(own(&scene, BOB), None);
    assert_eq!(kept(&scene), ["old"]);
    assert_eq!(scene.world.outcomes(What::PersonKeyRemoved), [Outcome::Intended, Outcome::Done]);
}

#[test]
fn a_new_key_and_keep_alive_leave_each_other_as_they_are() {
    let allow = |world: &World, on| {
        let set = accounts::set_keep_alive(world, UnlockId(2), ACCOUNT, on);
        assert!(at_once(set).expect("ready").is_ok());
    };
    let scene = scene();
    scene.meanwhile("commit", move |world| allow(world, true));
    let (account, _) = replace(&scene, "new").expect("replaced");
    assert_eq!((account.keep_alive, account.history.serial.0), (Some(ADA), 1));
    scene.meanwhile("commit", replaced_by_another);
    allow(&scene.world, false);
    let account = scene.account();
    assert_eq!((account.keep_alive, account.history.serial.0), (None, 2));
}

#[test]
fn a_keyring_that_answers_with_an_error_may_have_kept_the_key_all_the_same() {
    let scene = scene();
    scene.world.state().keyring_answers = Some(KeyringError::TimedOut);
    let slow = Some(Error::Keyring(KeyringError::TimedOut));
    assert_eq!(replace(&scene, "new").err(), slow);
    assert_eq!(scene.world.state().forgotten, [KeyId::Account(ACCOUNT)], "the old key is not used");
    assert_eq!(scene.world.outcomes(What::KeyReplaced), [Outcome::Intended, Outcome::Failed]);
}

#[test]
fn a_card_that_cannot_be_written_does_not_say_that_the_old_key_is_in_place() {
    let scene = scene();
    assert!(give(&scene, BOB, "other").is_ok());
    scene.world.state().store_broken = Some(StoreError::Busy);
    let unwritten = Some(Error::KeyCardUnwritten(StoreError::Busy));
    assert_eq!(replace(&scene, "new").err(), unwritten);
    assert_eq!(give(&scene, BOB, "new").err(), unwritten);
    assert_eq!(kept(&scene), ["new", "new"]);
    let failed = [Outcome::Intended, Outcome::Failed];
    assert_eq!(scene.world.outcomes(What::KeyReplaced), failed);
    assert!(take(&scene, BOB).is_err());
    assert_eq!(scene.world.outcomes(What::PersonKeyRemoved), failed);
}
