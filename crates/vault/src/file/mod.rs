//! Opening and making `SQLite` files with one set of rules: nothing foreign is opened, nothing that
//! exists is overwritten, and what cannot be kept safe is refused by name.

mod connect;
mod fault;
mod migrate;
mod network;
mod place;
mod schema;

use std::path::Path;

use rusqlite::{Connection, Transaction};
use usher_core::error::StoreError;

pub(crate) use connect::settle;
pub(crate) use fault::{fault, fault_of};

/// What kind of file it is and how its schema came about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// `SQLite`'s `application_id`, by which our files know each other.
    pub(crate) application_id: i32,
    /// The statements that lead from each schema number to the next, from nothing on.
    pub(crate) migrations: &'static [&'static str],
}

impl Kind {
    /// The newest schema number this program knows.
    pub(crate) fn known(&self) -> u32 {
        u32::try_from(self.migrations.len()).unwrap_or(u32::MAX)
    }
}

/// Opens a file that is there and brings it up to date. Whatever is wrong with it, its bytes stay as
/// they are.
pub(crate) fn open(path: &Path, kind: &Kind) -> Result<Connection, StoreError> {
    let (mut connection, found) = look(path, kind)?;
    if found < kind.known() {
        bring_up(&mut connection, path, (kind, found), |_| Ok(()), |_, ()| Ok(()))?;
    }
    settle(&connection)?;
    Ok(connection)
}

/// Opens a file that is there, of whichever schema, and looks it over. Nothing in it changes.
pub(crate) fn look(path: &Path, kind: &Kind) -> Result<(Connection, u32), StoreError> {
    let path = place::existing(path)?;
    let connection = connect::harden(&path)?;
    let found = schema::inspect(&connection, kind)?;
    Ok((connection, found))
}

/// Brings a file of schema `from` to the newest in one transaction, after copying it: `read` is asked
/// before the schema's own statements, `fill` writes after them what they cannot.
pub(crate) fn bring_up<T>(
    connection: &mut Connection,
    path: &Path,
    (kind, from): (&Kind, u32),
    read: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    fill: impl FnOnce(&Transaction<'_>, T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    migrate::up(connection, &place::existing(path)?, (kind, from), read, fill)
}

/// Opens a file for reading that this process has open already: the whole of it was looked over then.
pub(crate) fn open_again(path: &Path, kind: &Kind) -> Result<Connection, StoreError> {
    let path = place::existing(path)?;
    let connection = connect::harden(&path)?;
    recheck(&connection, kind)?;
    Ok(connection)
}

/// Makes a new file; `fill` writes what it is to hold at first. It appears whole or not at all:
/// it is filled under another name and then linked to its own, which fails if that is taken.
pub(crate) fn create(
    path: &Path,
    kind: &Kind,
    fill: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let folder = place::free(path)?;
    let draft = place::draft(&folder)?;
    let mut connection = connect::harden(draft.path())?;
    settle(&connection)?;
    migrate::found(&mut connection, kind, fill)?;
    // The log has the draft's name and stays behind.
    connect::empty_log(&connection)?;
    connection.close().map_err(|(_, error)| fault(error))?;
    place::publish(draft, path, &folder)
}

/// Whether something is there at that path.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Which file is there now.
pub(crate) fn stamp(path: &Path) -> Option<(u64, u64)> {
    place::stamp(path)
}

/// That the file is still the one that was opened: of a schema this program knows, and no more
/// than that. Asked again whenever another program changed it.
pub(crate) fn recheck(connection: &Connection, kind: &Kind) -> Result<(), StoreError> {
    let found = schema::number(connection, kind)?;
    schema::compare(connection, kind, found)
}
