//! The local store's tables, step by step.

use crate::file::Kind;

/// The local store's kind of file: `USHL`, and the schema's steps.
pub(super) const KIND: Kind =
    Kind { application_id: 0x5553_484c, migrations: &[SCHEMA_1, SCHEMA_2] };

const SCHEMA_1: &str = "
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    at INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    what TEXT NOT NULL,
    on_ TEXT NOT NULL,
    outcome TEXT NOT NULL,
    details TEXT NOT NULL,
    run BLOB CHECK (run IS NULL OR length(run) = 16)
) STRICT;
CREATE TABLE launch (
    person BLOB NOT NULL CHECK (length(person) = 16),
    session BLOB NOT NULL CHECK (length(session) = 16),
    at INTEGER NOT NULL,
    PRIMARY KEY (person, session)
) STRICT, WITHOUT ROWID;
";

/// Rows are sealed and chained. Those of the older schema wait in `audit_1` for the vault's keys.
const SCHEMA_2: &str = "
ALTER TABLE audit RENAME TO audit_1;
CREATE TABLE log (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    vault BLOB NOT NULL CHECK (length(vault) = 32)
) STRICT;
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    page BLOB NOT NULL CHECK (length(page) = 16),
    sealed BLOB NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE audit_page (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    share BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_head (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    at INTEGER NOT NULL,
    person BLOB NOT NULL CHECK (length(person) = 16),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE TABLE audit_seam (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    before BLOB NOT NULL CHECK (length(before) = 32)
) STRICT;
CREATE TABLE ticket (
    person BLOB NOT NULL CHECK (length(person) = 16),
    folder BLOB NOT NULL CHECK (length(folder) = 16),
    share BLOB NOT NULL,
    PRIMARY KEY (person, folder)
) STRICT, WITHOUT ROWID;
CREATE TABLE own (
    person BLOB NOT NULL PRIMARY KEY CHECK (length(person) = 16),
    idle_lock INTEGER
) STRICT, WITHOUT ROWID;
";
