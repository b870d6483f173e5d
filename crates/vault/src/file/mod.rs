//! Opening and making `SQLite` files with one set of rules: nothing foreign is opened, nothing that
//! exists is overwritten, and what cannot be kept safe is refused by name.

mod connect;
mod fault;
mod migrate;
mod network;
mod place;
mod schema;

use std::path::Path;

use rusqlite::Connection;
use usher_core::error::StoreError;

pub(crate) use fault::fault;

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

/// Opens a file that is there. Whatever is wrong with it, its bytes stay as they are.
pub(crate) fn open(path: &Path, kind: &Kind) -> Result<Connection, StoreError> {
    let path = place::existing(path)?;
    let mut connection = connect::harden(&path)?;
    let found = schema::inspect(&connection, kind)?;
    if found < kind.known() {
        migrate::up(&mut connection, &path, kind, found)?;
    }
    connect::settle(&connection)?;
    Ok(connection)
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
    fill: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let folder = place::free(path)?;
    let draft = place::draft(&folder)?;
    let mut connection = connect::harden(draft.path())?;
    connect::settle(&connection)?;
    migrate::found(&mut connection, kind)?;
    fill(&connection)?;
    connection.close().map_err(|(_, error)| fault(error))?;
    place::publish(draft, path, &folder)
}

/// Whether something is there at that path.
pub(crate) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// That the file is still the one that was opened: of a schema this program knows, and no more
/// than that. Asked again whenever another program changed it.
pub(crate) fn recheck(connection: &Connection, kind: &Kind) -> Result<(), StoreError> {
    let found = schema::number(connection, kind)?;
    schema::compare(connection, kind, found)
}
