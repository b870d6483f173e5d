//! Damaged files: either all the content is there, or a typed error names the damage. Never a panic,
//! and never a book that differs in silence.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use usher_core::book::Book;
use usher_core::error::StoreError;

use super::world::{ADMIN, TECH, World, commit, rename};
use crate::rows::{ClearRows, Put, Table, Write};
use crate::vault::Step;
use crate::vault::unlock::How;

/// How many cases: a few, or with `USHER_SOAK` all that the security programme asks for.
pub(super) fn cases(few: usize, all: usize) -> usize {
    if std::env::var_os("USHER_SOAK").is_some() { all } else { few }
}

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    /// Below the number.
    pub(super) fn below(&mut self, number: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % number.max(1)
    }
}

/// What somebody who opens the vault gets to see.
type Content = (Book, ClearRows);

fn content(world: &World) -> Result<Content, StoreError> {
    let mut shelf = world.open(ADMIN)?;
    Ok((Book::clone(&*shelf.book()?), shelf.rows()?.clone()))
}

/// A vault with rows in every table, and steps of a technician after the last checkpoint.
pub(super) fn lived_in() -> World {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let clear = [Table::Slot, Table::Device, Table::ApiKey, Table::ApiShare];
    let row = |table| {
        let put = Put { version: None, blob: b"not read here".to_vec() };
        Write { table, key: [0x5a; 16], put: Some(put) }
    };
    let rows = clear.into_iter().map(row).collect();
    shelf.commit(ADMIN, Step { rows, ..Step::default() }).expect("commits");
    drop(shelf);
    let mut shelf = world.open(TECH).expect("opens");
    for name in ["one", "two", "three"] {
        let book = shelf.book().expect("reads");
        commit(&mut shelf, TECH, rename(&book, name)).expect("commits");
    }
    drop(shelf);
    world
}

/// How often the damage showed. Whatever opens must hold what it held, and nothing takes long.
fn found(world: &World, good: &Content, damaged: impl Iterator<Item = Vec<u8>>) -> (u32, u32) {
    let (mut named, mut all) = (0, 0);
    // Wine asks a server of its own for each file: that it takes longer tells nothing of ours.
    let limit = Duration::from_secs(if cfg!(windows) { 10 } else { 2 });
    for bytes in damaged {
        world.leave_only(&bytes);
        all += 1;
        let begun = Instant::now();
        match content(world) {
            Ok(read) => assert_eq!(read, *good, "content changed in silence, case {all}"),
            // `Locked`: the person's own share of the key is gone, and they cannot come in at all.
            Err(
                StoreError::Corrupt { .. }
                | StoreError::Damaged { .. }
                | StoreError::RolledBack { .. }
                | StoreError::NewerVersion { .. }
                | StoreError::Locked,
            ) => named += 1,
            Err(other) => panic!("case {all}: {other:?} does not name damage"),
        }
        assert!(begun.elapsed() < limit, "case {all} hung");
        assert!(world.path.exists());
    }
    (named, all)
}

#[test]
fn flipped_bits_are_named_or_harmless() {
    let world = lived_in();
    let (good, bytes) = (content(&world).expect("opens"), world.bytes());
    let mut dice = Dice::new(1);
    let header = (0..100).flat_map(|place| [(place, 1), (place, 0x80)]);
    let anywhere = (0..cases(200, 4_000)).map(|_| (dice.below(bytes.len()), 1 << dice.below(8)));
    let flipped = header.chain(anywhere).map(|(place, bit)| {
        let mut bytes = bytes.clone();
        bytes[place] ^= bit;
        bytes
    });
    let (named, all) = found(&world, &good, flipped);
    assert!(named > all / 10, "the damage must have hit something: {named} of {all}");
}

#[test]
fn what_cannot_be_read_at_all_does_not_open_as_found_either() {
    let world = lived_in();
    let bytes = world.bytes();
    let mut dice = Dice::new(5);
    let mut corrupt = 0;
    for case in 0..cases(150, 2_000) {
        let mut bytes = bytes.clone();
        let page = 1 + dice.below(bytes.len() / 4096 - 1);
        if case % 2 == 0 {
            bytes[page * 4096..][..4096].fill(0x5a);
        } else {
            bytes[page * 4096 + dice.below(32)] ^= 1 << dice.below(8);
        }
        world.leave_only(&bytes);
        let Err(refused @ StoreError::Corrupt { .. }) = world.open(ADMIN).map(drop) else {
            continue;
        };
        corrupt += 1;
        let how = How { as_found: true, new_device: false };
        assert_eq!(world.open_how(ADMIN, how).map(drop), Err(refused), "case {case}");
    }
    assert!(corrupt > 20, "the damage must have hit something: {corrupt}");
}

#[test]
fn cut_and_swapped_pages_are_named() {
    let world = lived_in();
    let (good, bytes) = (content(&world).expect("opens"), world.bytes());
    let mut dice = Dice::new(2);
    let pages = bytes.len() / 4096;
    let cut: Vec<_> =
        (0..cases(20, 1_000)).map(|_| bytes[..dice.below(bytes.len())].to_vec()).collect();
    let swapped = (0..cases(40, 1_500)).map(|_| {
        let (one, other) = (1 + dice.below(pages - 1), 1 + dice.below(pages - 1));
        let mut bytes = bytes.clone();
        for place in 0..4096 {
            bytes.swap(one * 4096 + place, other * 4096 + place);
        }
        bytes
    });
    let (named, all) = found(&world, &good, cut.into_iter().chain(swapped));
    assert!(named > all * 3 / 4, "{named} of {all}");
}

#[test]
fn pages_of_an_older_copy_do_not_mix_in() {
    let world = lived_in();
    let old = world.bytes();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    commit(&mut shelf, ADMIN, rename(&book, "later")).expect("commits");
    drop(shelf);
    let (good, new) = (content(&world).expect("opens"), world.bytes());
    let length = old.len().min(new.len());
    let differ = |page: &usize| old[page * 4096..][..4096] != new[page * 4096..][..4096];
    let mixed = (1..length / 4096).filter(differ).map(|page| {
        let mut bytes = new.clone();
        bytes[page * 4096..][..4096].copy_from_slice(&old[page * 4096..][..4096]);
        bytes
    });
    let (named, all) = found(&world, &good, mixed);
    // A page may hold nothing that counts: what was freed, or statements that are read no more.
    assert!(all >= 3 && named * 2 > all, "{named} of {all}");
}

/// Every table that a stranger could write to.
const TABLES: [&str; 21] = [
    "connection",
    "person_key",
    "folder",
    "credential",
    "session",
    "person",
    "person_group",
    "grant_",
    "source_right",
    "certificate",
    "setting",
    "slot",
    "identity",
    "device",
    "vault_share",
    "api_key",
    "api_share",
    "leaf",
    "journal",
    "manifest",
    "charter",
];

#[test]
fn rows_changed_by_hand_are_named() {
    let world = lived_in();
    let (good, bytes) = (content(&world).expect("opens"), world.bytes());
    let mut dice = Dice::new(3);
    let altered = (0..cases(160, 3_500)).map(|case| {
        world.leave_only(&bytes);
        by_hand(&world, TABLES[case % TABLES.len()], &mut dice);
        world.bytes()
    });
    let altered: Vec<_> = altered.collect();
    let (named, all) = found(&world, &good, altered.into_iter());
    // Statements from before the last checkpoint are not read any more.
    assert!(named > all * 4 / 5, "{named} of {all}");
}

fn by_hand(world: &World, table: &str, dice: &mut Dice) {
    let connection = Connection::open(&world.path).expect("opens");
    let count = |sql: &str| -> usize {
        let count: i64 = connection.query_row(sql, [], |row| row.get(0)).expect("counts");
        usize::try_from(count).expect("few")
    };
    let rows = count(&format!("SELECT count(*) FROM {table}"));
    let (column, id) = match table {
        "leaf" => ("hash", "(table_, id)"),
        "journal" => ("blob", "(number, table_, id)"),
        "manifest" | "charter" => ("statement", "(number)"),
        _ => ("blob", "(id)"),
    };
    let one = format!(
        "{id} = (SELECT {} FROM {table} LIMIT 1 OFFSET {})",
        id.trim_matches(['(', ')']),
        dice.below(rows)
    );
    let sql = match dice.below(4) {
        0 => format!("DELETE FROM {table} WHERE {one}"),
        1 if table != "leaf" && column == "blob" => {
            format!("UPDATE {table} SET version = version + 1 WHERE {one}")
        }
        2 if column != "hash" => format!("UPDATE {table} SET {column} = zeroblob(40) WHERE {one}"),
        _ => format!(
            "UPDATE {table} SET {column} = CAST(unhex(replace(hex({column}), '{:X}', '{:X}')) AS BLOB) WHERE {one}",
            dice.below(16),
            dice.below(16)
        ),
    };
    connection.execute_batch(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().expect("closes");
}

#[test]
fn code_of_a_stranger_is_refused_before_it_runs() {
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END",
        "CREATE VIEW v AS SELECT blob FROM credential",
        "CREATE TABLE extra (x)",
        "CREATE INDEX i ON folder (version)",
        "DROP TABLE journal",
        "ALTER TABLE slot ADD COLUMN y TEXT",
    ] {
        let world = World::new();
        world.alter(sql);
        let before = world.bytes();
        let schema = Err(StoreError::Corrupt { part: "schema" });
        assert_eq!(world.open(ADMIN).map(drop), schema, "{sql}");
        assert_eq!(world.bytes(), before, "{sql}");
    }
}

#[test]
fn code_that_comes_while_the_vault_is_open_is_refused_too() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    world.alter("CREATE TRIGGER t AFTER INSERT ON folder BEGIN DELETE FROM grant_; END");
    let refused = Err(StoreError::Corrupt { part: "schema" });
    assert_eq!(shelf.book().map(drop), refused);
    assert_eq!(commit(&mut shelf, ADMIN, rename(&book, "x")).map(drop), refused);
}

#[test]
fn a_row_changed_while_the_vault_is_open_is_named() {
    let world = World::new();
    let mut shelf = world.open(ADMIN).expect("opens");
    let book = shelf.book().expect("reads");
    world.alter(
        "UPDATE folder SET version = version + 1 WHERE id = x'05050505050505050505050505050505'",
    );
    let named = Err(StoreError::Damaged { table: "folder", row: "05".repeat(16) });
    assert_eq!(shelf.book().map(drop), named);
    assert_eq!(commit(&mut shelf, ADMIN, rename(&book, "x")).map(drop), named);
}
