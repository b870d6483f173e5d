//! Two vaults have nothing in common: no key, no salt, no secret that is the same in both.

use std::collections::BTreeSet;

use usher_vault::Device;

use super::house::{FOUNDER, House};

/// So many bytes alike are no chance.
const ALIKE: usize = 16;

/// Every run of hexadecimal digits in the rows in clear, as bytes; every sealed row; the items of the
/// device; cut into overlapping pieces.
fn pieces(house: &House) -> BTreeSet<Vec<u8>> {
    let connection = rusqlite::Connection::open(house.path()).expect("opens");
    let mut bytes: Vec<Vec<u8>> = Vec::new();
    for table in ["slot", "identity", "device", "vault_share", "api_share"] {
        bytes.extend(blobs(&connection, table).iter().flat_map(|blob| hexadecimal(blob)));
    }
    for table in ["folder", "credential", "session", "person", "connection", "setting"] {
        bytes.extend(blobs(&connection, table).into_iter().map(|blob| blob[5..].to_vec()));
    }
    for item in house.device.names().iter().filter(|item| item.starts_with("device:")) {
        bytes.push(house.device.get(item).expect("reads").expect("is there").to_vec());
    }
    bytes.iter().flat_map(|bytes| bytes.windows(ALIKE).map(<[u8]>::to_vec)).collect()
}

fn blobs(connection: &rusqlite::Connection, table: &str) -> Vec<Vec<u8>> {
    let mut statement = connection.prepare(&format!("SELECT blob FROM {table}")).expect("reads");
    let blobs = statement.query_map([], |row| row.get(0)).expect("reads");
    let blobs: Vec<_> = blobs.map(|blob| blob.expect("a blob")).collect();
    assert!(!blobs.is_empty() || table == "device", "{table}");
    blobs
}

fn hexadecimal(blob: &[u8]) -> Vec<Vec<u8>> {
    let runs = blob.split(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let long = runs.filter(|run| run.len() >= 2 * ALIKE);
    let byte = |pair: &[u8]| {
        u8::from_str_radix(std::str::from_utf8(pair).expect("digits"), 16).expect("digits")
    };
    long.map(|run| run.chunks_exact(2).map(byte).collect()).collect()
}

#[tokio::test]
async fn two_fresh_vaults_share_no_key_bytes() {
    let (one, _vault, _kit) = House::founded().await;
    let (other, _vault, _kit) = House::founded().await;
    let (ones, others) = (pieces(&one), pieces(&other));
    assert!(ones.len() > 2_000, "{} pieces are looked at", ones.len());
    assert_eq!(ones, pieces(&one), "the control: a vault has all in common with itself");
    assert_eq!(ones.intersection(&others).count(), 0);
    assert_ne!(one.witness.vault(), other.witness.vault());
    assert_ne!(one.witness.audit_key(), other.witness.audit_key());
    assert_ne!(one.witness.identity(FOUNDER), other.witness.identity(FOUNDER));
}
