//! Bytes that somebody changes in the file behind `SQLite`'s back, while it is open: nothing shows it.

use serde_json::json;
use usher_core::error::StoreError;

use super::super::tables;
use super::forger::{Cover, Forger};
use super::world::{ADMIN, SESSION, TECHS_GRANT, World, commit, rename};
use crate::rows::{Place, Table};
use crate::vault::{Shelf, Step};

const GRANT: Place = Place { table: Table::Grant, key: TECHS_GRANT.to_bytes() };
const NAME: Place = Place { table: Table::Session, key: SESSION.to_bytes() };

/// The file with rights more and another session's name, sealed as they have to be.
fn forged() -> (World, Vec<u8>) {
    let world = World::new();
    let good = world.bytes();
    let mut forger = Forger::at(&world);
    let rights = json!(["view", "view_password", "edit"]);
    // In place, without a new version: as little as can be.
    for (place, field, value) in [(GRANT, "rights", rights), (NAME, "name", json!("forged"))] {
        let row = forger.plain(place);
        let mut json: serde_json::Value = serde_json::from_slice(&row.blob).expect("JSON");
        json[field] = value;
        let blob = serde_json::to_vec(&json).expect("encodes");
        forger.put(place, crate::rows::Stored { blob, ..row });
    }
    forger.cover(&world, Cover::None);
    forger.close();
    let bytes = world.bytes();
    world.leave_only(&good);
    (world, bytes)
}

/// Puts the bytes where the open file has its own, as with a hex editor; what is in memory of the file
/// goes, as it does of a large one.
fn put_under(shelf: &Shelf, world: &World, bytes: &[u8]) {
    let connection = shelf.connection.as_ref().expect("open");
    let before = tables::data_version(connection).expect("reads");
    std::fs::write(&world.path, bytes).expect("writes");
    connection.execute_batch("PRAGMA shrink_memory").expect("forgets");
    assert_eq!(tables::data_version(connection).expect("reads"), before, "SQLite sees nothing");
}

#[test]
fn what_was_never_verified_is_not_sealed_anew() {
    let (world, bytes) = forged();
    let mut shelf = world.open(ADMIN).expect("opens");
    shelf.book().expect("reads");
    put_under(&shelf, &world, &bytes);
    let rekey = Step { rekey: true, ..Step::default() };
    let named = [Err(GRANT.damaged()), Err(NAME.damaged())];
    assert!(named.contains(&shelf.commit(ADMIN, rekey).map(drop)));
    drop(shelf);
    assert!(named.contains(&world.open(ADMIN).map(drop)), "and it stays what it is: damaged");
}

#[test]
fn what_was_never_verified_is_not_written_over_either() {
    let (world, bytes) = forged();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    put_under(&shelf, &world, &bytes);
    let outcome = commit(&mut shelf, ADMIN, rename(&book, "mine")).map(drop);
    assert_eq!(outcome, Err(NAME.damaged()));
}

/// The control: with the bytes that were there, the same goes through.
#[test]
fn what_was_verified_is_sealed_anew() -> Result<(), StoreError> {
    let world = World::new();
    let good = world.bytes();
    let mut shelf = world.open(ADMIN)?;
    let before = shelf.book()?;
    put_under(&shelf, &world, &good);
    shelf.commit(ADMIN, Step { rekey: true, ..Step::default() })?;
    drop(shelf);
    assert_eq!(*world.book()?, *before);
    Ok(())
}
