//! A1: what is done to the file is found, and at which row. First by somebody who only edits the file,
//! then by somebody who makes the chain fit again, then by somebody who signs it anew as well.

use rusqlite::Connection;
use usher_core::audit::{LogFault, Verdict};
use usher_core::ids::PersonId;

use super::super::chain::{PageId, Tail};
use super::super::head;
use super::stage::{ADA, BOB, Stage, VAULT};
use crate::seal::{Domain, Identity};

const ROWS: u64 = 40;

/// Swaps the row of one number with that of another.
const REORDER: &str = "
    UPDATE audit SET number = 1000 WHERE number = 17;
    UPDATE audit SET number = 17 WHERE number = 23;
    UPDATE audit SET number = 23 WHERE number = 1000;";
/// Leaves room after row 17 for a copy of it.
const DUPLICATE: &str = "
    UPDATE audit SET number = number + 1000 WHERE number > 17;
    UPDATE audit SET number = number - 999 WHERE number > 1000;
    INSERT INTO audit SELECT 18, page, sealed, hash FROM audit WHERE number = 17;";
/// Puts another row's text into row 17.
const EDIT: &str = "
    UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE number = 16) WHERE number = 17;";
/// Takes row 17 out and closes the gap in the numbers.
const DELETE: &str = "
    DELETE FROM audit WHERE number = 17;
    UPDATE audit SET number = number + 1000 WHERE number > 17;
    UPDATE audit SET number = number - 1001 WHERE number > 1000;";

fn found(verdict: &Verdict) -> (Option<u64>, Option<LogFault>) {
    (verdict.first_bad, verdict.fault)
}

#[tokio::test]
async fn an_untouched_log_is_good() {
    let (open, locked) = Stage::filled(ROWS).await.verdicts().await;
    assert!(open.is_good() && locked.is_good() && open.opened && !locked.opened);
    assert_eq!((open.rows, open.signed_to, open.unsigned), (ROWS, ROWS, 0));
}

#[tokio::test]
async fn edits_of_the_file_are_found_at_their_row_without_any_key() {
    for (sql, first_bad, fault) in [
        ("DELETE FROM audit WHERE number > 33", 34, LogFault::CutShort),
        ("DELETE FROM audit WHERE number > 33; DELETE FROM audit_head", 34, LogFault::CutShort),
        ("DELETE FROM audit", 1, LogFault::CutShort),
        ("DELETE FROM audit WHERE number = 17", 17, LogFault::Missing),
        (DELETE, 17, LogFault::Changed),
        (EDIT, 17, LogFault::Changed),
        ("UPDATE audit SET hash = zeroblob(32) WHERE number = 17", 17, LogFault::Changed),
        ("UPDATE audit SET page = zeroblob(16) WHERE number = 17", 17, LogFault::Changed),
        (REORDER, 17, LogFault::Changed),
        (DUPLICATE, 18, LogFault::Changed),
        ("DELETE FROM audit_page", 1, LogFault::Unreadable),
        ("UPDATE audit_page SET share = zeroblob(80)", 1, LogFault::Unreadable),
        (
            "UPDATE audit_head SET signature = zeroblob(64) WHERE number = 40",
            1,
            LogFault::SignatureWrong,
        ),
        ("UPDATE log SET vault = zeroblob(32)", 1, LogFault::OtherVault),
    ] {
        let stage = Stage::filled(ROWS).await;
        let local = stage.open();
        // The program is running while somebody else edits its file.
        stage.stranger().execute_batch(sql).expect("alters");
        let open = super::super::LocalStore::verify(&local).await.expect("verifies");
        stage.lock();
        let locked = super::super::LocalStore::verify(&local).await.expect("verifies");
        let expected = (Some(first_bad), Some(fault));
        assert_eq!((found(&open), found(&locked)), (expected, expected), "{sql}");
    }
}

/// Makes every hash fit from the first row on, as anybody can who knows how they are made.
fn chain_anew(file: &Connection) {
    let mut tail = Tail::genesis(&VAULT);
    let sql = "SELECT page, sealed FROM audit ORDER BY number";
    let mut rows = file.prepare(sql).expect("prepares");
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("reads");
    let rows: Vec<(PageId, Vec<u8>)> = rows.map(|row| row.expect("a row")).collect();
    for (page, sealed) in rows {
        tail = tail.then(&page, &sealed);
        let number = i64::try_from(tail.number).expect("small");
        let sql = "UPDATE audit SET hash = ?1 WHERE number = ?2";
        file.execute(sql, rusqlite::params![tail.hash, number]).expect("alters");
    }
}

/// Signs every head that there is anew, for the rows as they are now.
fn sign_anew(file: &Connection, by: &Identity, named: PersonId) {
    let sql = "SELECT h.number, h.at, a.hash FROM audit_head h JOIN audit a USING (number)";
    let mut heads = file.prepare(sql).expect("prepares");
    let heads = heads.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let heads: Vec<(i64, i64, [u8; 32])> =
        heads.expect("reads").map(|head| head.expect("a head")).collect();
    for (number, at, hash) in heads {
        let unsigned = |n: i64| u64::try_from(n).expect("not negative");
        let message = head::message(&VAULT, unsigned(number), &hash, unsigned(at));
        let signature = by.sign(Domain::AuditHead, &message);
        let sql = "UPDATE audit_head SET hash = ?1, person = ?2, signature = ?3 WHERE number = ?4";
        let row = rusqlite::params![hash, named.to_bytes(), signature, number];
        file.execute(sql, row).expect("alters");
    }
}

#[tokio::test]
async fn where_the_chain_was_made_to_fit_the_seals_still_name_the_row() {
    for (sql, first_bad) in [(DELETE, 17), (EDIT, 17), (REORDER, 17), (DUPLICATE, 18)] {
        let stage = Stage::filled(ROWS).await;
        let file = stage.stranger();
        file.execute_batch(sql).expect("alters");
        chain_anew(&file);
        drop(file);
        let (open, locked) = stage.verdicts().await;
        assert_eq!(found(&open), (Some(first_bad), Some(LogFault::Unreadable)), "{sql}");
        assert!(!locked.is_good(), "{sql}: signature and anchor are of other rows");
    }
}

#[tokio::test]
async fn signed_again_with_another_persons_key_it_is_found() {
    for named in [ADA, BOB] {
        let stage = Stage::filled(ROWS).await;
        let file = stage.stranger();
        file.execute_batch(EDIT).expect("alters");
        chain_anew(&file);
        sign_anew(&file, &stage.bob, named);
        drop(file);
        let (open, locked) = stage.verdicts().await;
        assert_eq!(found(&open), (Some(17), Some(LogFault::Unreadable)));
        // Without the log's secret: in Ada's name it is no signature of hers; in Bob's own it is one,
        // but this computer remembers another head.
        let expected = if named == ADA {
            (Some(1), Some(LogFault::SignatureWrong))
        } else {
            (Some(ROWS), Some(LogFault::Rewritten))
        };
        assert_eq!(found(&locked), expected);
    }
}

#[tokio::test]
async fn a_signature_of_somebody_the_vault_does_not_know_is_wrong() {
    let stage = Stage::filled(ROWS).await;
    let stranger = Identity::generate().expect("random");
    sign_anew(&stage.stranger(), &stranger, PersonId::from_bytes([9; 16]));
    let (open, locked) = stage.verdicts().await;
    let expected = (Some(1), Some(LogFault::SignatureWrong));
    assert_eq!((found(&open), found(&locked)), (expected, expected));
}
