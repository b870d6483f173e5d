use crate::Secret;
use crate::accounts;
use crate::audit::{Outcome, What};
use crate::book::Book;
use crate::entry::{Connection, KeyId, PersonKey};
use crate::error::{Error, Missing, Rule, SourceError};
use crate::ids::{GrantId, OrganizationId, PasswordId, PersonId};
use crate::policy::{Action, Denied, Lacking};
use crate::rights::{Standing, Subject};
use crate::testing::{ACCOUNT, ADA, BOB, CLIENT, OTHER, Scene, at_once, record};
use crate::time::Moment;

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(super) fn replace(scene: &Scene, key: &str) -> Result<(Connection, usize), Error> {
    let (ports, key) = (scene.world.as_ref(), secret(key));
    at_once(accounts::replace_key(ports, scene.unlock, ACCOUNT, key)).expect("ready")
}

pub(super) fn give(
    scene: &Scene,
    whose: PersonId,
    key: &str,
) -> Result<(Connection, usize), Error> {
    let (ports, key) = (scene.world.as_ref(), secret(key));
    at_once(accounts::set_person_key(ports, scene.unlock, (ACCOUNT, whose), key)).expect("ready")
}

pub(super) fn take(scene: &Scene, whose: PersonId) -> Result<Connection, Error> {
    let ports = scene.world.as_ref();
    at_once(accounts::remove_person_key(ports, scene.unlock, ACCOUNT, whose)).expect("ready")
}

/// With which key the person's own questions are asked.
fn key_used_by(scene: &Scene, person: PersonId) -> String {
    scene.asks(person);
    scene.world.state().records = vec![record("1", "Servers", false)];
    let (organization, record) = (OrganizationId::new(CLIENT), PasswordId::new("1"));
    let of = accounts::PageOf::Record(ACCOUNT, organization, record);
    scene.world.asked();
    drop(at_once(accounts::open_page(scene.world.as_ref(), scene.unlock, &of)));
    scene.asks(ADA);
    scene.world.asked().pop().expect("IT Glue was asked").1
}

pub(super) fn own(scene: &Scene, person: PersonId) -> Option<PersonKey> {
    scene.world.book().person_key(ACCOUNT, person).cloned()
}

#[test]
fn a_new_key_takes_the_old_ones_place_where_it_sees_what_is_in_use() {
    let scene = Scene::new();
    scene.stands("new", &[OTHER, CLIENT]);
    assert_eq!(replace(&scene, "new").map(|(_, seen)| seen), Ok(2));
    assert_eq!(scene.world.state().keys[&KeyId::Account(ACCOUNT)], "new");
    assert_eq!(scene.world.outcomes(What::KeyReplaced), [Outcome::Intended, Outcome::Done]);
}

#[test]
fn a_new_key_that_misses_what_is_in_use_changes_nothing() {
    let scene = Scene::new();
    scene.stands("foreign", &[OTHER]);
    let before = scene.world.book();
    let refusals = [replace(&scene, "foreign"), give(&scene, BOB, "foreign")];
    for refused in refusals {
        let Err(Error::KeyMissesOrganizations(missing)) = refused else {
            panic!("taken: {refused:?}");
        };
        let names: Vec<&str> = missing.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(names, ["Organization 7"]);
    }
    assert_eq!(replace(&scene, "unknown").err(), Some(Error::Source(SourceError::KeyRefused)));
    assert_eq!(scene.world.state().keys.len(), 1);
    assert_eq!(scene.world.state().keys[&KeyId::Account(ACCOUNT)], "old");
    assert_eq!(scene.world.book(), before, "the old key's card says nothing of the new one");
    assert!(scene.world.state().log.is_empty());
}

#[test]
fn a_person_with_a_key_of_their_own_works_with_it_and_nobody_else_does() {
    let scene = Scene::new();
    scene.edit(grant_ada_view);
    scene.stands("bobs", &[CLIENT]);
    assert!(give(&scene, BOB, "bobs").is_ok());
    assert_eq!(key_used_by(&scene, BOB), "bobs");
    assert_eq!(key_used_by(&scene, ADA), "old");
    let id = own(&scene, BOB).expect("his").id;
    scene.stands("newer", &[CLIENT]);
    assert!(give(&scene, BOB, "newer").is_ok());
    assert_eq!(own(&scene, BOB).expect("his").id, id, "in the same place");
    assert_eq!(key_used_by(&scene, BOB), "newer");
    assert!(take(&scene, BOB).is_ok());
    assert_eq!(key_used_by(&scene, BOB), "old");
    assert_eq!(scene.world.state().keys.len(), 1);
    let named = |what| {
        let log = &scene.world.state().log;
        let of_it = log.iter().filter(|event| event.what == what);
        of_it.filter(|event| event.details == [("person", "Bob".to_owned())]).count()
    };
    let counts = (named(What::PersonKeySet), named(What::PersonKeyRemoved));
    assert_eq!(counts, (4, 2), "each with its intent");
}

fn grant_ada_view(book: &mut Book) {
    let mut grant = book.grants.values().next().expect("Bob's").clone();
    grant.id = GrantId::from_bytes([9; 16]);
    grant.subject = Subject::Person(ADA);
    book.grants.insert(grant.id, grant);
}

#[test]
fn what_becomes_of_a_persons_key_does_not_touch_the_accounts_card() {
    let scene = Scene::new();
    scene.stands("bobs", &[CLIENT]);
    assert!(give(&scene, BOB, "bobs").is_ok());
    let card = scene.account();
    scene.alter("bobs", |standing| standing.fails = Some(SourceError::KeyRefused));
    scene.world.state().now = 7;
    assert_eq!(key_used_by(&scene, BOB), "bobs");
    let refused = own(&scene, BOB).expect("kept").history.refused_since;
    assert_eq!(refused.map(Moment::unix_millis), Some(7));
    assert_eq!(scene.account(), card);
    scene.alter("bobs", |standing| standing.fails = None);
    assert_eq!(key_used_by(&scene, BOB), "bobs");
    assert_eq!(own(&scene, BOB).expect("kept").history.refused_since, None);
}

#[test]
fn keys_are_given_by_administrators_to_people_there_are() {
    let scene = Scene::new();
    scene.stands("bobs", &[CLIENT]);
    scene.asks(BOB);
    let denied =
        Error::Denied(Denied { action: Action::Administer, lacking: Lacking::Administrator });
    assert_eq!(give(&scene, BOB, "bobs").err(), Some(denied.clone()));
    assert_eq!(take(&scene, BOB).err(), Some(denied));
    scene.asks(ADA);
    let nobody = PersonId::from_bytes([0x7f; 16]);
    assert_eq!(give(&scene, nobody, "bobs").err(), Some(Error::NotFound(Missing::Person)));
    scene.edit(|book| book.people.get_mut(&BOB).expect("Bob").standing = Standing::Disabled);
    assert_eq!(give(&scene, BOB, "bobs").err(), Some(Error::NotFound(Missing::Person)));
    let none = Error::Invalid { field: "person", rule: Rule::NotApplicable };
    assert_eq!(take(&scene, BOB).err(), Some(none));
    assert_eq!(scene.world.asked(), []);
}

#[test]
fn the_book_names_every_key_that_the_keyring_holds() {
    let scene = Scene::new();
    scene.stands("bobs", &[CLIENT]);
    assert!(give(&scene, BOB, "bobs").is_ok());
    let named: Vec<KeyId> = scene.world.book().keys().collect();
    assert_eq!(named.len(), 2);
    let held: Vec<KeyId> = scene.world.state().keys.keys().copied().collect();
    assert_eq!(named, held);
}

#[test]
fn an_account_takes_all_its_keys_with_it() {
    let scene = Scene::new();
    scene.stands("bobs", &[CLIENT]);
    assert!(give(&scene, BOB, "bobs").is_ok());
    scene.edit(|book| {
        book.credentials.clear();
        book.folders.clear();
    });
    let ports = scene.world.as_ref();
    let removed = at_once(accounts::remove(ports, scene.unlock, ACCOUNT)).expect("ready");
    assert_eq!(removed, Ok(()));
    assert!(scene.world.state().keys.is_empty());
    assert!(scene.world.book().person_keys.is_empty());
}
