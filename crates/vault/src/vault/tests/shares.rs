//! Shares of the API keys' and the audit log's secrets: a technician's commit hands on what follows from
//! the book, and takes nothing from anybody.

use usher_core::book::Change;
use usher_core::entry::{CredentialEntry, Inheritance, KeyId};
use usher_core::ids::{CredentialEntryId, GrantId, PersonId};
use usher_core::rights::{Grant, Object, Person, Right, RightSet, Standing, Subject};

use super::super::unlock::How;
use super::forger::{Cover, Forger};
use super::world::{ADMIN, TECH, World, commit, rename};
use crate::keys::{SealedApiKey, Share, Shared};
use crate::rows::{Place, Stored, specimen};
use crate::seal::SymmetricKey;
use crate::vault::Step;

const ACCOUNT: KeyId = KeyId::Account(specimen::CONNECTION);
const KEY: Shared = Shared::ApiKey(ACCOUNT);
const OTHER: PersonId = PersonId::from_bytes([0x44; 16]);
const SEEN: CredentialEntryId = CredentialEntryId::from_bytes([0x67; 16]);

/// An API key and the log's secret, shared with these people by hand.
fn shared(with: &[PersonId]) -> World {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let key = SymmetricKey::generate().expect("random");
    let sealed = SealedApiKey::seal(world.vault, ACCOUNT, &key, b"characters").expect("seals");
    let mut rows = vec![sealed.write().expect("encodes")];
    for person in with {
        let to = (*person, world.identity(*person).public().sharing);
        let share = Share::give(world.vault, KEY, to, key.as_bytes()).expect("shares");
        rows.push(share.write().expect("encodes"));
    }
    let to = (ADMIN, world.admin.public().sharing);
    rows.push(
        Share::give(world.vault, Shared::Audit, to, &[7; 32])
            .expect("shares")
            .write()
            .expect("encodes"),
    );
    shelf.commit(ADMIN, Step { rows, ..Step::default() }).expect("commits");
    world
}

fn share(world: &World, of: Shared, person: PersonId) -> Option<Share> {
    let mut shelf = world.open(ADMIN).expect("opens");
    Share::find(shelf.rows().expect("reads"), of, person)
}

/// What might be done to a share that is as it should be.
fn spoilt(world: &World, share: &Share) -> Vec<(&'static str, Place, Option<Stored>)> {
    let place = share.remove().place();
    let give = |to: [u8; 32]| {
        let rubbish = Share::give(world.vault, share.of, (share.person, to), &[9; 32]);
        let put = rubbish.expect("shares").write().expect("encodes").put.expect("puts");
        Some(Stored { key: place.key, version: 2, blob: put.blob })
    };
    vec![
        ("taken away", place, None),
        ("of something else", place, give(share.to)),
        ("for another key", place, give(world.tech.public().sharing)),
        ("nothing", place, Some(Stored { key: place.key, version: 2, blob: vec![1] })),
    ]
}

#[test]
fn a_share_that_is_as_it_should_be_is_nobodys_to_change() {
    let world = shared(&[ADMIN]);
    let good = world.bytes();
    for of in [KEY, Shared::Audit] {
        world.leave_only(&good);
        let share = share(&world, of, ADMIN).expect("is there");
        for (what, place, row) in spoilt(&world, &share) {
            world.leave_only(&good);
            let mut forger = Forger::at(&world);
            forger.put_as_it_is(place, row);
            forger.cover(&world, Cover::Delta);
            forger.close();
            for person in [ADMIN, TECH] {
                let outcome = world.open(person).map(drop);
                assert_eq!(outcome, Err(place.damaged()), "{of:?} {what}");
            }
            let how = How { as_found: true, new_device: false };
            let (mut shelf, _) = world.open_how(ADMIN, how).expect("opens as found");
            let found = Share::find(shelf.rows().expect("reads"), of, ADMIN);
            assert_eq!(found, Some(share.clone()), "{of:?} {what}: as it was before");
        }
    }
}

#[test]
fn nobody_is_handed_what_the_book_does_not_give_them() {
    let world = shared(&[ADMIN]);
    let mine = (TECH, world.tech.public().sharing);
    let share = Share::give(world.vault, Shared::Audit, mine, &[7; 32]).expect("shares");
    let write = share.write().expect("encodes");
    let place = write.place();
    let mut forger = Forger::at(&world);
    let blob = write.put.expect("puts").blob;
    forger.put_as_it_is(place, Some(Stored { key: place.key, version: 1, blob }));
    forger.cover(&world, Cover::Delta);
    forger.close();
    assert_eq!(world.open(ADMIN).map(drop), Err(place.damaged()));
}

/// The control: who lacks a share that is theirs gets it with anybody's commit.
#[test]
fn a_technicians_commit_hands_on_what_somebody_lacks() {
    let world = shared(&[TECH]);
    assert_eq!(share(&world, KEY, ADMIN), None, "nobody was here who could have shared it");
    let mut shelf = world.open(TECH).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, TECH, rename(&book, "any")).expect("commits");
    drop(shelf);
    let share = share(&world, KEY, ADMIN).expect("handed on");
    assert!(share.take(world.vault, &world.admin).is_some());
}

/// The other control: with the last entry that they see of an account, somebody's share goes.
#[test]
fn a_technicians_commit_takes_what_the_book_no_longer_gives() {
    let world = shared(&[ADMIN]);
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, one_who_sees_one_entry(&book)).expect("commits");
    drop(shelf);
    assert!(share(&world, KEY, OTHER).is_some());
    let mut shelf = world.open(TECH).expect("opens");
    let mut gone: Vec<Change> = GRANTS.map(Change::RemoveGrant).into();
    gone.push(Change::RemoveCredential(SEEN));
    commit(&mut shelf, TECH, gone).expect("commits");
    drop(shelf);
    assert_eq!(share(&world, KEY, OTHER), None);
    assert!(share(&world, KEY, ADMIN).is_some() && share(&world, KEY, TECH).is_some());
}

const GRANTS: [GrantId; 2] = [GrantId::from_bytes([0x45; 16]), GrantId::from_bytes([0x46; 16])];

fn one_who_sees_one_entry(book: &usher_core::book::Book) -> Vec<Change> {
    let like = book.credentials[&CredentialEntryId::from_bytes([6; 16])].clone();
    let entry = CredentialEntry { id: SEEN, inheritance: Inheritance::Own, ..like };
    let name = "Otis".parse().expect("a name");
    let standing = Standing::Active;
    let other = Person { id: OTHER, name, administrator: false, standing };
    let rights =
        [(OTHER, RightSet::of(&[Right::View])), (TECH, RightSet::of(&[Right::View, Right::Edit]))];
    let grants = GRANTS.into_iter().zip(rights).map(|(id, (person, rights))| {
        let (subject, object) = (Subject::Person(person), Object::Credential(SEEN));
        Change::PutGrant(Grant { id, subject, object, rights })
    });
    [Change::PutPerson(other), Change::PutCredential(entry)].into_iter().chain(grants).collect()
}
