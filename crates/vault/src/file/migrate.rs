//! From one schema number to the next, each time with a copy of the file as it was.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use usher_core::error::StoreError;

use super::fault::fault;
use super::{Kind, place, schema};

/// Gives an empty file its kind, its newest schema and its first content.
pub(super) fn found(
    connection: &mut Connection,
    kind: &Kind,
    fill: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    connection
        .execute_batch(&format!("PRAGMA application_id = {}", kind.application_id))
        .map_err(fault)?;
    step(connection, (kind, 0), |_| Ok(()), |transaction, ()| fill(transaction))
}

/// Brings a file of schema `from` to the newest, after copying it. The copy stays beside it.
pub(super) fn up<T>(
    connection: &mut Connection,
    path: &Path,
    (kind, from): (&Kind, u32),
    read: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    fill: impl FnOnce(&Transaction<'_>, T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    copy(connection, path, from)?;
    step(connection, (kind, from), read, fill)?;
    schema::compare(connection, kind, kind.known())
}

fn step<T>(
    connection: &mut Connection,
    (kind, from): (&Kind, u32),
    read: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    fill: impl FnOnce(&Transaction<'_>, T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
    if from > 0 && schema::number(&transaction, kind)? != from {
        // Another program migrated it since we looked.
        return Err(StoreError::Busy);
    }
    let was = read(&transaction)?;
    let done = usize::try_from(from).unwrap_or(usize::MAX);
    for migration in kind.migrations.iter().skip(done) {
        transaction.execute_batch(migration).map_err(fault)?;
    }
    fill(&transaction, was)?;
    transaction.execute_batch(&format!("PRAGMA user_version = {}", kind.known())).map_err(fault)?;
    transaction.commit().map_err(fault)
}

fn copy(connection: &Connection, path: &Path, from: u32) -> Result<PathBuf, StoreError> {
    let copy = place::make_copy_beside(path, from)?;
    let target = copy.to_str().ok_or(StoreError::Failed)?;
    connection.execute("VACUUM INTO ?1", [target]).map_err(fault)?;
    place::make_durable(&copy)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::super::{create, open};
    use super::*;

    const OLD: Kind =
        Kind { application_id: 77, migrations: &["CREATE TABLE a (x INTEGER) STRICT"] };
    const NEW: Kind = Kind {
        application_id: 77,
        migrations: &["CREATE TABLE a (x INTEGER) STRICT", "ALTER TABLE a ADD COLUMN y TEXT"],
    };

    fn old_file(folder: &Path) -> PathBuf {
        let path = folder.join("file.sqlite");
        let fill =
            |c: &Transaction<'_>| c.execute_batch("INSERT INTO a VALUES (41)").map_err(fault);
        create(&path, &OLD, fill).expect("makes the file");
        path
    }

    fn x(path: &Path) -> i64 {
        let connection = Connection::open(path).expect("opens");
        connection.query_row("SELECT x FROM a", [], |row| row.get(0)).expect("one row")
    }

    fn number(path: &Path) -> u32 {
        let connection = Connection::open(path).expect("opens");
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a number")
    }

    #[test]
    fn a_migration_keeps_a_copy_of_the_file_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = old_file(folder.path());
        drop(open(&path, &NEW).expect("migrates"));
        let copy = folder.path().join("file.sqlite.schema-1.copy-1");
        assert_eq!((number(&path), x(&path)), (2, 41));
        assert_eq!((number(&copy), x(&copy)), (1, 41));
        drop(open(&copy, &OLD).expect("the old program opens the copy"));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_migration_makes_is_for_the_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = old_file(folder.path());
        drop(open(&path, &NEW).expect("migrates"));
        let modes: Vec<u32> = std::fs::read_dir(folder.path())
            .expect("lists")
            .map(|entry| entry.expect("an entry").metadata().expect("metadata"))
            .map(|metadata| metadata.permissions().mode() & 0o777)
            .collect();
        assert_eq!(modes, [0o600, 0o600]);
    }

    #[test]
    fn an_older_program_names_a_newer_file_and_leaves_it_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = old_file(folder.path());
        drop(open(&path, &NEW).expect("migrates"));
        let before = std::fs::read(&path).expect("reads");
        let refused = open(&path, &OLD).map(drop);
        assert_eq!(refused, Err(StoreError::NewerVersion { found: 2, known: 1 }));
        assert_eq!(std::fs::read(&path).expect("reads"), before);
    }

    #[test]
    fn a_copy_that_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = old_file(folder.path());
        let taken = folder.path().join("file.sqlite.schema-1.copy-1");
        std::fs::write(&taken, "mine").expect("writes");
        drop(open(&path, &NEW).expect("migrates"));
        assert_eq!(std::fs::read(&taken).expect("reads"), b"mine");
        assert_eq!(x(&folder.path().join("file.sqlite.schema-1.copy-2")), 41);
    }
}
