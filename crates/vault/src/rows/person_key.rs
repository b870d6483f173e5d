//! The row of a person's own key. The key is not in it: that has a table of its own.

use serde::{Deserialize, Serialize};
use usher_core::entry::{KeyHistory, KeySerial, PasswordAccess, PersonKey};
use usher_core::ids::PersonKeyId;
use usher_core::time::Moment;

use super::words::AccessWord;
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonKeyRow {
    connection: String,
    person: String,
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
}

impl Row for PersonKeyRow {
    type Thing = PersonKey;
    const TABLE: Table = Table::PersonKey;

    fn key(thing: &PersonKey) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &PersonKey) -> Option<u64> {
        None
    }

    fn write(thing: &PersonKey) -> Self {
        Self {
            connection: thing.connection.to_string(),
            person: thing.person.to_string(),
            serial: thing.history.serial.0,
            password_access: None,
            last_accepted: None,
            refused_since: None,
        }
    }

    fn read(self, key: Key, _: u64) -> Option<PersonKey> {
        Some(PersonKey {
            id: PersonKeyId::from_bytes(key),
            connection: self.connection.parse().ok()?,
            person: self.person.parse().ok()?,
            history: KeyHistory {
                serial: KeySerial(self.serial),
                password_access: self.password_access.map_or(PasswordAccess::Unknown, Into::into),
                last_accepted: self.last_accepted.map(Moment::from_unix_millis),
                refused_since: self.refused_since.map(Moment::from_unix_millis),
            },
        })
    }
}
