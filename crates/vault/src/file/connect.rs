//! `SQLite`'s switches: durable, strict, and without the doors that a hostile file could use.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use usher_core::error::StoreError;

use super::fault::{fault, inspection};

/// How long another program may hold the file before we say so.
const PATIENCE: Duration = Duration::from_secs(2);

/// `fullfsync` matters on macOS only, where a plain fsync leaves data in the drive's cache.
const SWITCHES: &str = "
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA temp_store = MEMORY;
";

/// Opens the file for reading and writing and changes nothing in it, not even by closing it.
pub(super) fn harden(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(inspection)?;
    connection.busy_timeout(PATIENCE).map_err(fault)?;
    for (switch, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(switch, on).map_err(fault)?;
    }
    connection.execute_batch(SWITCHES).map_err(inspection)?;
    Ok(connection)
}

/// The file is ours and sound: write ahead, and tidy up on closing.
pub(crate) fn settle(connection: &Connection) -> Result<(), StoreError> {
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(fault)?;
    if mode != "wal" {
        // SQLite says no where the file system has no shared memory.
        return Err(StoreError::Failed);
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(fault)?;
    Ok(())
}

/// All that was written is in the file itself, durably, and the log is empty. Closing would do the
/// same, and say nothing of a disk that fails meanwhile.
pub(super) fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    let busy: bool = connection.query_row(sql, [], |row| row.get(0)).map_err(fault)?;
    if busy { Err(StoreError::Busy) } else { Ok(()) }
}
