//! When a person last launched which session.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use usher_core::error::StoreError;
use usher_core::ids::{PersonId, SessionEntryId};
use usher_core::time::Moment;

use super::schema::KIND;
use crate::file::{self, fault};

/// Remembers the launch, unless a later one is remembered.
pub(super) fn remember(
    connection: &Connection,
    person: PersonId,
    session: SessionEntryId,
    at: Moment,
) -> Result<(), StoreError> {
    file::recheck(connection, &KIND)?;
    let at = i64::try_from(at.unix_millis()).map_err(|_| StoreError::Failed)?;
    let sql = "INSERT INTO launch (person, session, at) VALUES (?1, ?2, ?3)
               ON CONFLICT (person, session) DO UPDATE SET at = max(at, excluded.at)";
    let row = params![person.to_bytes(), session.to_bytes(), at];
    connection.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
    Ok(())
}

/// The person's launches.
pub(super) fn of(
    connection: &Connection,
    person: PersonId,
) -> Result<BTreeMap<SessionEntryId, Moment>, StoreError> {
    let sql = "SELECT session, at FROM launch WHERE person = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement
        .query_map([person.to_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(fault)?;
    rows.map(|row| row.map_err(fault).and_then(launch)).collect()
}

fn launch((session, at): ([u8; 16], i64)) -> Result<(SessionEntryId, Moment), StoreError> {
    let at = u64::try_from(at).map_err(|_| StoreError::Corrupt { part: "launch" })?;
    Ok((SessionEntryId::from_bytes(session), Moment::from_unix_millis(at)))
}
