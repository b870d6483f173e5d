//! A log of the older schema, in clear and not chained.

use std::ffi::OsString;

use usher_core::audit::Filter;
use usher_core::error::StoreError;
use usher_core::ids::RunId;
use usher_core::ports::LocalStore;

use super::super::schema::KIND;
use super::stage::{ADA, Stage, all, event, numbers};
use crate::file::{self, Kind, fault};
use crate::{Local, Witness};

/// The kind of file as the version before had it.
fn older_kind() -> Kind {
    Kind { migrations: &KIND.migrations[..1], ..KIND }
}

pub(super) fn write_older(stage: &Stage) {
    let fill = |file: &rusqlite::Transaction<'_>| {
        let sql =
            "INSERT INTO audit VALUES (?1, ?2, ?3, 'host_accepted', 'DC01 older', 'done', ?4, ?5)";
        for number in 1..=30_i64 {
            let details =
                r#"[["host","dc01.older.example"],["lasted_s","90"],["reason","because"]]"#;
            let row = rusqlite::params![number, number * 10, ADA.to_bytes(), details, [9_u8; 16]];
            file.execute(sql, row).map_err(fault)?;
        }
        Ok(())
    };
    file::create(&stage.path, &older_kind(), fill).expect("makes");
}

#[test]
fn looking_whether_it_is_used_leaves_it_as_it_is() {
    let stage = Stage::new();
    write_older(&stage);
    let folder = || std::fs::read_dir(stage.path.parent().expect("lies somewhere"));
    let before = std::fs::read(&stage.path).expect("reads");
    assert_eq!(Local::is_used(&stage.path), Ok(true));
    assert_eq!(std::fs::read(&stage.path).expect("reads"), before);
    // SQLite's own beside it come with every look.
    let mine = ["local.sqlite", "local.sqlite-shm", "local.sqlite-wal"].map(OsString::from);
    let others = folder().expect("lists").flatten().map(|file| file.file_name());
    let others: Vec<_> = others.filter(|name| !mine.contains(name)).collect();
    assert!(others.is_empty(), "no copy, for nothing was brought up: {others:?}");
}

#[tokio::test]
async fn its_rows_become_the_first_of_the_chain_and_a_copy_stays() {
    let stage = Stage::new();
    write_older(&stage);
    // Nobody knows the vault yet: the rows wait where they are.
    drop(Local::open(&stage.path, &Witness::default()).expect("opens"));
    stage.unlock();
    let local = stage.open();
    local.record(event(999)).await.expect("records");
    let rows = all(&local).await;
    assert_eq!(numbers(&rows), (1..=31).rev().collect::<Vec<_>>());
    let first = &rows[30];
    assert_eq!(
        (&*first.what, &*first.on, first.at.unix_millis()),
        ("host_accepted", "DC01 older", 10)
    );
    assert_eq!((first.person, first.run), (ADA, Some(RunId::from_bytes([9; 16]))));
    assert_eq!(first.about.host.as_deref(), Some("dc01.older.example"));
    assert_eq!(first.about.lasted.map(|l| l.as_secs()), Some(90));
    assert_eq!(first.details, [("reason".to_owned(), "because".to_owned())]);
    let host = Some("dc01.older.example".to_owned());
    let asked = local.rows(&Filter { host, ..Filter::default() }, None, 99).await.expect("reads");
    assert_eq!(asked.len(), 30);
    assert!(local.verify().await.expect("verifies").is_good());
    drop(local);
    let left: i64 = stage
        .stranger()
        .query_row("SELECT count(*) FROM audit_1", [], |row| row.get(0))
        .expect("counts");
    assert_eq!(left, 0);
    let copy = stage.folder.path().join("local.sqlite.schema-1.copy-1");
    let kept = file::open(&copy, &older_kind()).expect("the older program opens the copy");
    let kept: i64 =
        kept.query_row("SELECT count(*) FROM audit", [], |row| row.get(0)).expect("counts");
    assert_eq!(kept, 30);
}

#[tokio::test]
async fn a_number_missing_in_it_is_corrupt() {
    let stage = Stage::new();
    write_older(&stage);
    stage.stranger().execute("DELETE FROM audit WHERE number = 2", []).expect("deletes");
    let refused = Local::open(&stage.path, &stage.witness).map(drop);
    assert_eq!(refused, Err(StoreError::Corrupt { part: "audit" }));
}
