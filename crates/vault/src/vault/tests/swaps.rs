//! Every ciphertext opens where it was sealed and nowhere else: neither in another row, nor in another
//! table, nor as another version, nor in another vault.

use rusqlite::Connection;
use usher_core::error::StoreError;

use super::super::leaf::leaf;
use super::super::unlock::How;
use super::super::{reading, tables};
use super::damage::{Dice, cases, lived_in};
use super::world::{ADMIN, SESSION, World};
use crate::rows::{Place, Stored, Table};

fn sealed(world: &World) -> Vec<(Place, Stored)> {
    let connection = Connection::open(&world.path).expect("opens");
    let rows = reading::scan(&connection).expect("reads").sealed;
    assert!(rows.len() > 15, "the specimen has many rows");
    rows
}

/// Puts the blobs there, and their leaves with them if asked to.
fn place(world: &World, rows: &[(Place, Stored)], with_leaves: bool) {
    let connection = Connection::open(&world.path).expect("opens");
    for (place, row) in rows {
        if with_leaves {
            tables::put(&connection, *place, row, &leaf(*place, row)).expect("puts");
        } else {
            let sql = format!("UPDATE {} SET blob = ?1 WHERE id = ?2", place.table.name());
            connection.execute(&sql, (&row.blob, place.key)).expect("updates");
        }
    }
    connection.close().expect("closes");
}

#[test]
fn two_blobs_that_change_places_are_refused_and_one_of_them_is_named() {
    let world = lived_in();
    let (rows, good) = (sealed(&world), world.bytes());
    let pairs = (0..rows.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let mut pairs: Vec<_> = pairs.collect();
    let mut dice = Dice::new(5);
    while pairs.len() > cases(120, usize::MAX) {
        pairs.swap_remove(dice.below(pairs.len()));
    }
    for (one, other) in pairs {
        let ((here, first), (there, second)) = (&rows[one], &rows[other]);
        let swapped = [
            (*here, Stored { blob: second.blob.clone(), ..first.clone() }),
            (*there, Stored { blob: first.blob.clone(), ..second.clone() }),
        ];
        for with_leaves in [false, true] {
            world.leave_only(&good);
            place(&world, &swapped, with_leaves);
            let refused = world.open(ADMIN).map(drop);
            let either = [Err(here.damaged()), Err(there.damaged())];
            assert!(either.contains(&refused), "{here:?} {there:?} {with_leaves}: {refused:?}");
        }
    }
}

#[test]
fn an_older_version_of_a_row_is_not_taken_for_the_new_one() {
    let world = lived_in();
    let session = Place { table: Table::Session, key: SESSION.to_bytes() };
    let connection = Connection::open(&world.path).expect("opens");
    let now = tables::row_of(&connection, session).expect("reads").expect("there");
    let before = tables::journal(&connection, 6).expect("reads");
    let (_, Some(older)) = before.into_iter().next().expect("kept") else { panic!("was there") };
    connection.close().expect("closes");
    assert_eq!(older.version + 1, now.version);
    let good = world.bytes();
    for row in [older.clone(), Stored { version: now.version, ..older }] {
        for with_leaves in [false, true] {
            world.leave_only(&good);
            place(&world, &[(session, row.clone())], with_leaves);
            assert_eq!(world.open(ADMIN).map(drop), Err(session.damaged()), "{with_leaves}");
        }
    }
}

#[test]
fn a_row_of_another_vault_is_not_taken() {
    let (world, other) = (lived_in(), lived_in());
    let good = world.bytes();
    for (here, row) in sealed(&other) {
        for with_leaves in [false, true] {
            world.leave_only(&good);
            place(&world, &[(here, row.clone())], with_leaves);
            assert_eq!(world.open(ADMIN).map(drop), Err(here.damaged()), "{here:?} {with_leaves}");
        }
    }
}

#[test]
fn another_vault_under_this_ones_name_is_refused() {
    let (world, other) = (World::new(), World::new());
    let mut shelf = world.shelf();
    let keys = world.keys(&mut shelf, ADMIN).expect("has a share");
    drop(shelf);
    world.leave_only(&other.bytes());
    let named = Err(StoreError::Damaged { table: "charter", row: "00".repeat(4) });
    assert_eq!(world.shelf().unlock(keys, How::default()).map(drop), named);
}
