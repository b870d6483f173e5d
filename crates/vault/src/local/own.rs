//! What is a person's own and no secret.

use rusqlite::{Connection, OptionalExtension, params};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::schema::KIND;
use crate::file::{self, fault};

/// After how many idle minutes the person wants the vault locked.
pub(super) fn idle_lock(file: &Connection, person: PersonId) -> Result<Option<u16>, StoreError> {
    let sql = "SELECT idle_lock FROM own WHERE person = ?1";
    let mut statement = file.prepare_cached(sql).map_err(fault)?;
    let minutes: Option<Option<u16>> =
        statement.query_row([person.to_bytes()], |row| row.get(0)).optional().map_err(fault)?;
    Ok(minutes.flatten())
}

/// Remembers it.
pub(super) fn set_idle_lock(
    file: &Connection,
    person: PersonId,
    minutes: Option<u16>,
) -> Result<(), StoreError> {
    file::recheck(file, &KIND)?;
    let sql = "INSERT INTO own (person, idle_lock) VALUES (?1, ?2)
               ON CONFLICT (person) DO UPDATE SET idle_lock = excluded.idle_lock";
    let row = params![person.to_bytes(), minutes];
    file.prepare_cached(sql).and_then(|mut s| s.execute(row)).map_err(fault)?;
    Ok(())
}
