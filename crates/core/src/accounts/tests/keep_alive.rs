use std::sync::Arc;

use crate::accounts;
use crate::audit::{Outcome, What};
use crate::entry::{KeyHistory, KeyId, PersonKey};
use crate::error::{Error, SourceError};
use crate::ids::PersonKeyId;
use crate::rights::Standing;
use crate::testing::{ACCOUNT, ADA, BOB, CLIENT, Scene, at_once, edit};
use crate::time::Moment;

const DAY: u64 = 86_400_000;

/// The app runs for so many further rounds.
fn run(scene: &Scene, rounds: usize) {
    scene.world.state().waits_left = rounds;
    let ports = Arc::clone(&scene.world);
    assert_eq!(at_once(accounts::keep_alive_for_ever(ports)), None, "it never ends by itself");
}

fn allow(scene: &Scene, on: bool) {
    let ports = scene.world.as_ref();
    let set = at_once(accounts::set_keep_alive(ports, scene.unlock, ACCOUNT, on)).expect("ready");
    assert_eq!(set.map(|row| row.keep_alive), Ok(on.then_some(ADA)));
}

fn bobs_key(scene: &Scene) {
    let id = PersonKeyId::from_bytes([8; 16]);
    let history = KeyHistory::accepted(Moment::from_unix_millis(0));
    let own = PersonKey { id, connection: ACCOUNT, person: BOB, history };
    scene.edit(|book| {
        book.person_keys.insert(id, own);
    });
    scene.world.state().keys.insert(KeyId::Person(id), "bobs".to_owned());
    scene.stands("bobs", &[CLIENT]);
}

#[test]
fn a_key_is_used_once_when_nobody_used_it_for_30_days() {
    let scene = Scene::new();
    allow(&scene, true);
    run(&scene, 29);
    assert_eq!(scene.world.asked(), [], "29 days");
    run(&scene, 0);
    assert_eq!(scene.world.asked(), [("check", "old".to_owned())]);
    let last = scene.account().history.last_accepted;
    assert_eq!(last, Some(Moment::from_unix_millis(30 * DAY)));
    run(&scene, 28);
    assert_eq!(scene.world.asked(), [], "it was used meanwhile");
    assert_eq!(scene.world.outcomes(What::KeptAlive), [Outcome::Intended, Outcome::Done]);
}

#[test]
fn without_an_administrators_word_no_key_is_used() {
    let scene = Scene::new();
    run(&scene, 100);
    assert_eq!(scene.world.asked(), []);
    allow(&scene, true);
    allow(&scene, false);
    run(&scene, 100);
    assert_eq!(scene.world.asked(), []);
    let words = [What::KeepAliveOn, What::KeepAliveOff].map(|what| scene.world.outcomes(what));
    assert_eq!(words, [[Outcome::Intended, Outcome::Done]; 2]);
    scene.asks(BOB);
    let ports = scene.world.as_ref();
    let set = at_once(accounts::set_keep_alive(ports, scene.unlock, ACCOUNT, true));
    assert!(matches!(set, Some(Err(Error::Denied(_)))));
}

#[test]
fn a_persons_key_is_kept_alive_as_long_as_the_person_is_active() {
    let scene = Scene::new();
    bobs_key(&scene);
    allow(&scene, true);
    scene.world.state().now = 31 * DAY;
    run(&scene, 0);
    assert_eq!(scene.world.asked(), ["old", "bobs"].map(|key| ("check", key.to_owned())));
    scene.edit(|book| book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled);
    scene.world.state().now = 62 * DAY;
    run(&scene, 0);
    assert_eq!(scene.world.asked(), [("check", "old".to_owned())]);
}

#[test]
fn a_key_that_is_refused_is_left_alone_and_one_not_reached_is_tried_once_a_day() {
    let scene = Scene::new();
    allow(&scene, true);
    scene.world.state().now = 30 * DAY;
    scene.alter("old", |standing| standing.fails = Some(SourceError::Unreachable));
    run(&scene, 2);
    assert_eq!(scene.world.asked().len(), 3, "at once, and after each day");
    scene.alter("old", |standing| standing.fails = Some(SourceError::KeyRefused));
    run(&scene, 5);
    assert_eq!(scene.world.asked().len(), 1);
    assert!(scene.account().history.refused_since.is_some(), "it stands on the card");
    let outcomes = scene.world.outcomes(What::KeptAlive);
    let ends: Vec<_> = outcomes.into_iter().filter(|o| *o != Outcome::Intended).collect();
    assert_eq!(ends, [Outcome::Failed, Outcome::Failed, Outcome::Failed, Outcome::Refused]);
}

#[test]
fn a_call_that_cannot_be_put_on_record_is_not_made() {
    let scene = Scene::new();
    allow(&scene, true);
    scene.world.state().now = 40 * DAY;
    scene.world.state().log_broken = true;
    let round = at_once(accounts::keep_alive(scene.world.as_ref()));
    assert_eq!(round, Some(Err(Error::AuditUnavailable)));
    assert_eq!(scene.world.asked(), []);
}

#[test]
fn no_key_is_used_in_the_name_of_somebody_who_administers_no_more() {
    let scene = Scene::new();
    bobs_key(&scene);
    allow(&scene, true);
    scene.edit(|book| {
        book.people.get_mut(&ADA).expect("Ada").administrator = false;
        book.people.get_mut(&BOB).expect("Bob").administrator = true;
    });
    run(&scene, 100);
    assert_eq!(scene.world.asked(), []);
    assert_eq!(scene.world.outcomes(What::KeptAlive), []);
}

#[test]
fn what_is_taken_back_during_a_round_counts_for_the_rest_of_it() {
    let scene = Scene::new();
    bobs_key(&scene);
    allow(&scene, true);
    scene.world.state().now = 31 * DAY;
    scene.meanwhile("check", |world| {
        edit(world, |book| book.connections.get_mut(&ACCOUNT).expect("it").keep_alive = None);
    });
    run(&scene, 0);
    assert_eq!(scene.world.asked(), [("check", "old".to_owned())], "and not Bob's");
}

#[test]
fn a_last_use_in_the_future_is_none() {
    let scene = Scene::new();
    allow(&scene, true);
    scene.edit(|book| {
        let row = book.connections.get_mut(&ACCOUNT).expect("it");
        row.history = KeyHistory::accepted(Moment::from_unix_millis(1_000 * DAY));
    });
    run(&scene, 0);
    assert_eq!(scene.world.asked(), [("check", "old".to_owned())]);
    assert_eq!(scene.account().history.last_accepted, Some(Moment::from_unix_millis(0)));
}
