//! The vault's kind of file, and how its schema came about.

use crate::file::Kind;

/// `USHV`, and the schema's steps. A step, once released, never changes.
pub(super) const KIND: Kind =
    Kind { application_id: 0x5553_4856, migrations: &[SCHEMA_1, SCHEMA_2, SCHEMA_3] };

/// The first schema whose rows are sealed. Files before it open only to be brought up.
pub(super) const SEALED_SINCE: u32 = 3;

const SCHEMA_1: &str = "
CREATE TABLE connection   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE folder       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE credential   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session      (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE person_group (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE grant_       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE source_right (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE certificate  (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting      (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE manifest     (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), blob BLOB NOT NULL) STRICT;
";

/// Keys of people's own. The manifest counts the new table in, as one without rows.
const SCHEMA_2: &str = r#"
CREATE TABLE person_key   (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
UPDATE manifest SET blob = CAST(char(1) || json_set(
    CAST(substr(blob, 2) AS TEXT), '$.tables.person_key',
    json('{"rows":0,"xor":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}')
) AS BLOB);
"#;

/// What opens the vault, and what proves that its rows are as somebody left them who was allowed to.
/// What stood in clear is emptied here; the same transaction seals it in.
const SCHEMA_3: &str = "
DELETE FROM connection; DELETE FROM person_key; DELETE FROM folder; DELETE FROM credential;
DELETE FROM session; DELETE FROM person; DELETE FROM person_group; DELETE FROM grant_;
DELETE FROM source_right; DELETE FROM certificate; DELETE FROM setting;
DROP TABLE manifest;
CREATE TABLE slot         (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE identity     (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device       (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE vault_share  (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE api_key      (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE api_share    (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE key_history  (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), version INTEGER NOT NULL CHECK (version > 0), blob BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE charter      (number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 0), statement BLOB NOT NULL) STRICT;
CREATE TABLE manifest     (number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0), statement BLOB NOT NULL) STRICT;
CREATE TABLE leaf         (table_ INTEGER NOT NULL, id BLOB NOT NULL CHECK (length(id) = 16), hash BLOB NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (table_, id)) STRICT, WITHOUT ROWID;
CREATE TABLE journal      (number INTEGER NOT NULL CHECK (number > 0), table_ INTEGER NOT NULL, id BLOB NOT NULL CHECK (length(id) = 16), version INTEGER, blob BLOB, CHECK ((version IS NULL) = (blob IS NULL)), PRIMARY KEY (number, table_, id)) STRICT, WITHOUT ROWID;
";
