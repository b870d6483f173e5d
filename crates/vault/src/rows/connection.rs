//! An IT Glue account's row. The key is not in it: that has a table of its own.

use serde::{Deserialize, Serialize};
use usher_core::entry::{Connection, KeyHistory, KeySerial, PasswordAccess};
use usher_core::ids::ConnectionId;
use usher_core::time::Moment;

use super::words::{AccessWord, RegionWord};
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectionRow {
    name: String,
    region: RegionWord,
    /// Rows of schema 1 have no such field: theirs is the first that is counted.
    #[serde(default)]
    serial: u64,
    /// Only in rows of format 1, as the two after it: now a key's history has a table of its own.
    #[serde(default, skip_serializing)]
    password_access: Option<AccessWord>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing)]
    last_accepted: Option<u64>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing)]
    refused_since: Option<u64>,
    /// The person who allowed it. Rows of schema 1 have no such field: nobody had.
    #[serde(default)]
    keep_alive: Option<String>,
}

impl Row for ConnectionRow {
    type Thing = Connection;
    const TABLE: Table = Table::Connection;

    fn key(thing: &Connection) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &Connection) -> Option<u64> {
        None
    }

    fn write(thing: &Connection) -> Self {
        Self {
            name: thing.name.as_str().to_owned(),
            region: thing.region.into(),
            serial: thing.history.serial.0,
            password_access: None,
            last_accepted: None,
            refused_since: None,
            keep_alive: thing.keep_alive.map(|person| person.to_string()),
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Connection> {
        Some(Connection {
            id: ConnectionId::from_bytes(key),
            name: self.name.parse().ok()?,
            region: self.region.into(),
            history: KeyHistory {
                serial: KeySerial(self.serial),
                password_access: self.password_access.map_or(PasswordAccess::Unknown, Into::into),
                last_accepted: self.last_accepted.map(Moment::from_unix_millis),
                refused_since: self.refused_since.map(Moment::from_unix_millis),
            },
            keep_alive: self.keep_alive.map(|person| person.parse()).transpose().ok()?,
        })
    }
}
