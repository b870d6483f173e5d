//! A technician with tools widens what they may: every way to do it, covered up in every way, is
//! refused, and the row is named.

use serde_json::{Value, json};
use usher_core::book::Change;
use usher_core::error::StoreError;
use usher_core::ids::GrantId;
use usher_core::rights::{Grant, Object, RightSet, Standing, Subject};

use super::super::leaf::leaf;
use super::super::statement::Kind;
use super::super::unlock::How;
use super::super::{charter, tables};
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECH, TECHS_GRANT, World, commit, rename};
use crate::keys::KnownIdentity;
use crate::rows::{Place, Stored, Table, specimen};
use crate::seal::SharingKey;

const GRANT: Place = Place { table: Table::Grant, key: TECHS_GRANT.to_bytes() };
const ADMINS_GRANT: Place = Place { table: Table::Grant, key: [0x80; 16] };
const NOTHING_GRANTED: Place = Place { table: Table::Grant, key: [0x82; 16] };
const ENTRY: Place = Place { table: Table::Credential, key: [0x66; 16] };
const ME: Place = Place { table: Table::Person, key: TECH.to_bytes() };

/// Somebody whom the administrator takes out before anything is forged.
const GONE: Place = Place { table: Table::Grant, key: [0x99; 16] };

type Forgery = (&'static str, Place, fn(&mut Forger));

/// What somebody might do to one row.
const FORGERIES: [Forgery; 10] = [
    ("a right more", GRANT, |forger| {
        forger.edit(GRANT, |json| json["rights"] = json!(["view", "view_password", "edit"]));
    }),
    ("another subject", ADMINS_GRANT, |forger| {
        forger.edit(ADMINS_GRANT, |json| json["subject"] = json!({ "person": TECH.to_string() }));
    }),
    ("another object", GRANT, |forger| {
        let entry = usher_core::ids::CredentialEntryId::from_bytes([6; 16]).to_string();
        forger.edit(GRANT, |json| json["object"] = json!({ "credential": entry }));
    }),
    ("an administrator more", ME, |forger| {
        forger.edit(ME, |json| json["administrator"] = Value::Bool(true));
    }),
    ("an entry pointed elsewhere", ENTRY, |forger| {
        forger.edit(ENTRY, |json| json["target"]["specific"]["id"] = Value::from("666"));
    }),
    ("a grant deleted that granted nothing", NOTHING_GRANTED, |forger| {
        forger.put_as_it_is(NOTHING_GRANTED, None);
    }),
    ("Source on all of an account", Place { table: Table::Source, key: [0x77; 16] }, |forger| {
        let own = forger.plain(Place { table: Table::Source, key: [0x90; 16] });
        let mut json: Value = serde_json::from_slice(&own.blob).expect("JSON");
        json["subject"] = json!({ "person": TECH.to_string() });
        let blob = serde_json::to_vec(&json).expect("encodes");
        let row = Stored { key: [0x77; 16], version: 1, blob };
        forger.put(Place { table: Table::Source, key: [0x77; 16] }, row);
    }),
    ("what everybody may", Place { table: Table::Setting, key: [0; 16] }, |forger| {
        let settings = Place { table: Table::Setting, key: [0; 16] };
        forger.edit(settings, |json| json["technicians_trust_on_first_use"] = Value::Bool(true));
    }),
    ("an account's other region", Place { table: Table::Connection, key: [3; 16] }, |forger| {
        let account = Place { table: Table::Connection, key: [3; 16] };
        forger.edit(account, |json| json["region"] = Value::from("us"));
    }),
    ("another's public keys", Place { table: Table::Identity, key: ADMIN.to_bytes() }, |forger| {
        let place = Place { table: Table::Identity, key: ADMIN.to_bytes() };
        let mine = forger.plain(Place { table: Table::Identity, key: TECH.to_bytes() });
        let row = forger.plain(place);
        forger.put(place, Stored { blob: mine.blob, version: row.version + 1, ..row });
    }),
];

#[test]
fn whatever_is_forged_is_refused_and_named_however_it_is_covered_up() {
    let world = World::new();
    let good = world.bytes();
    for (what, place, forge) in FORGERIES {
        for cover in Cover::ALL {
            world.leave_only(&good);
            let mut forger = Forger::at(&world);
            forge(&mut forger);
            forger.cover(&world, cover);
            forger.close();
            refused(&world, (what, cover), place);
        }
    }
}

pub(super) fn refused(world: &World, case: (&str, Cover), place: Place) {
    for person in [ADMIN, TECH] {
        let Err(error) = world.open(person).map(drop) else { panic!("{case:?}: it opened") };
        if case.1.names_the_row() {
            assert_eq!(error, place.damaged(), "{case:?}");
        } else {
            let manifest = matches!(error, StoreError::Damaged { table: "manifest", .. });
            assert!(manifest, "{case:?}: {error:?}");
        }
    }
}

/// The control for all of these: with the same tools, what is theirs to change is taken.
#[test]
fn with_the_same_tools_what_is_theirs_is_taken() {
    let world = World::new();
    let mut forger = Forger::at(&world);
    let session = Place { table: Table::Session, key: SESSION.to_bytes() };
    forger.edit(session, |json| json["name"] = Value::from("by hand"));
    forger.cover(&world, Cover::Delta);
    forger.close();
    let book = world.book().expect("a delta like any other");
    assert_eq!(book.sessions[&SESSION].name.as_str(), "by hand");
}

fn gone() -> Grant {
    Grant {
        id: GrantId::from_bytes(GONE.key),
        subject: Subject::Person(TECH),
        object: Object::Folder(specimen::ROOT),
        rights: RightSet::all(),
    }
}

#[test]
fn a_grant_that_was_taken_away_does_not_come_back() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    commit(&mut shelf, ADMIN, vec![Change::PutGrant(gone())]).expect("grants");
    let connection = rusqlite::Connection::open(&world.path).expect("opens");
    let old = tables::row_of(&connection, GONE).expect("reads").expect("there");
    connection.close().expect("closes");
    commit(&mut shelf, ADMIN, vec![Change::RemoveGrant(gone().id)]).expect("takes away");
    drop(shelf);
    let good = world.bytes();
    for cover in Cover::ALL {
        world.leave_only(&good);
        let mut forger = Forger::at(&world);
        forger.put_as_it_is(GONE, Some(old.clone()));
        forger.cover(&world, cover);
        forger.close();
        refused(&world, ("an old grant", cover), GONE);
    }
}

#[test]
fn a_person_who_was_disabled_does_not_come_back() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let mut other = shelf.book().expect("reads").people[&TECH].clone();
    other.id = usher_core::ids::PersonId::from_bytes([0x44; 16]);
    commit(&mut shelf, ADMIN, vec![Change::PutPerson(other.clone())]).expect("hires");
    other.standing = Standing::Disabled;
    commit(&mut shelf, ADMIN, vec![Change::PutPerson(other)]).expect("disables");
    drop(shelf);
    let place = Place { table: Table::Person, key: [0x44; 16] };
    let good = world.bytes();
    for cover in Cover::ALL {
        world.leave_only(&good);
        let mut forger = Forger::at(&world);
        forger.edit(place, |json| json["standing"] = Value::from("active"));
        forger.cover(&world, cover);
        forger.close();
        refused(&world, ("a disabled person", cover), place);
    }
}

#[test]
fn an_own_public_key_in_the_place_of_anothers_signs_nothing() {
    let world = World::new();
    let mut forger = Forger::at(&world);
    let place = Place { table: Table::Identity, key: TECH.to_bytes() };
    let other = crate::seal::Identity::generate().expect("random");
    let write = KnownIdentity::replaced(None, TECH, other.public()).expect("encodes");
    let row = forger.plain(place);
    let blob = write.put.expect("puts").blob;
    forger.put(place, Stored { blob, version: row.version + 1, ..row });
    forger.cover(&world, Cover::Leaves);
    let last = forger.last();
    let delta = (Kind::Delta, TECH);
    forger.state(&last.statement, delta, (last.statement.number + 1, last.hash), &other);
    forger.close();
    let Err(error) = world.open(ADMIN).map(drop) else { panic!("it opened") };
    assert_eq!(error, place.damaged(), "and not a statement that seems to be well signed");
}

#[test]
fn another_charter_is_another_vault() {
    let world = World::new();
    let keys = world.keys(&mut world.shelf(), ADMIN).expect("has a share");
    let audit = SharingKey::generate().expect("random");
    let own = charter::first(TECH, &world.tech, audit.public()).expect("a charter");
    let forger = Forger::at(&world);
    let replace = "UPDATE charter SET statement = ?1 WHERE number = 0";
    forger.connection.execute(replace, [own.statement]).expect("replaces");
    forger.close();
    let named = StoreError::Damaged { table: "charter", row: "00".repeat(4) };
    assert_eq!(world.shelf().unlock(keys, How::default()).map(drop), Err(named));
}

/// The technician administers for a while, and then no more.
fn was_an_administrator() -> World {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    for administrator in [true, false] {
        let mut tess = shelf.book().expect("reads").people[&TECH].clone();
        tess.administrator = administrator;
        commit(&mut shelf, ADMIN, vec![Change::PutPerson(tess)]).expect("commits");
    }
    world
}

#[test]
fn an_administrator_who_was_removed_cannot_cut_that_off_the_charter() {
    for keep_statements in [true, false] {
        let world = was_an_administrator();
        let mut forger = Forger::at(&world);
        forger.connection.execute("DELETE FROM charter WHERE number = 2", []).expect("cuts");
        if !keep_statements {
            let cut = "DELETE FROM manifest WHERE number = (SELECT max(number) FROM manifest)";
            forger.connection.execute(cut, []).expect("cuts");
        }
        forger.edit(ME, |json| json["administrator"] = Value::Bool(true));
        forger.cover(&world, Cover::Checkpoint);
        forger.close();
        let Err(error) = world.open(ADMIN).map(drop) else { panic!("it opened") };
        let told = if keep_statements {
            matches!(error, StoreError::Damaged { table: "manifest", .. })
        } else {
            matches!(error, StoreError::RolledBack { .. })
        };
        assert!(told, "{error:?}");
    }
}

#[test]
fn a_statement_for_the_charter_that_nobody_counted_is_named() {
    let world = was_an_administrator();
    let good = world.bytes();
    world.alter("DELETE FROM charter WHERE number = 2");
    let Err(error) = world.open(ADMIN).map(drop) else { panic!("it opened") };
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    world.leave_only(&good);
    world.alter(
        "INSERT INTO charter (number, statement) SELECT 3, statement FROM charter WHERE number = 1",
    );
    let named = StoreError::Damaged { table: "charter", row: "00000003".into() };
    assert_eq!(world.open(ADMIN).map(drop), Err(named));
}

#[test]
fn in_a_chain_of_steps_the_one_that_was_not_theirs_is_named() {
    let world = World::new();
    let rename_by_hand = |name: &str, world: &World| {
        let mut shelf = world.open(TECH).expect("opens");
        let book = shelf.book().expect("reads");
        commit(&mut shelf, TECH, rename(&book, name)).expect("theirs");
    };
    rename_by_hand("one", &world);
    let mut forger = Forger::at(&world);
    forger.edit(GRANT, |json| json["rights"] = json!(["view", "view_password", "edit"]));
    forger.cover(&world, Cover::Delta);
    // And on top of it a step that is fine, by the same hand.
    forger.close();
    let mut forger = Forger::at(&world);
    let session = Place { table: Table::Session, key: SESSION.to_bytes() };
    forger.edit(session, |json| json["name"] = Value::from("harmless"));
    forger.cover(&world, Cover::Delta);
    forger.close();
    assert_eq!(world.open(ADMIN).map(drop), Err(GRANT.damaged()));
}

#[test]
fn a_journal_that_was_changed_is_named_by_its_row() {
    let world = super::damage::lived_in();
    let session = Place { table: Table::Session, key: SESSION.to_bytes() };
    let good = world.bytes();
    let connection = rusqlite::Connection::open(&world.path).expect("opens");
    let now = tables::row_of(&connection, session).expect("reads").expect("there");
    connection.close().expect("closes");
    assert_ne!(leaf(session, &now), [0; 32]);
    for sql in [
        "DELETE FROM journal WHERE number = 5",
        "UPDATE journal SET blob = zeroblob(9) WHERE number = 4",
        "UPDATE journal SET version = 9 WHERE number = 5",
        "UPDATE journal SET version = NULL, blob = NULL WHERE number = 4",
    ] {
        world.leave_only(&good);
        world.alter(sql);
        assert_eq!(world.open(ADMIN).map(drop), Err(session.damaged()), "{sql}");
    }
}
