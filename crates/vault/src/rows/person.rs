//! A person's row.

use serde::{Deserialize, Serialize};
use usher_core::ids::PersonId;
use usher_core::rights::{Person, Standing};

use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    name: String,
    administrator: bool,
    active: bool,
    /// Set with `active: false` only; older rows do not have it.
    #[serde(default)]
    revoked: bool,
}

impl Row for PersonRow {
    type Thing = Person;
    const TABLE: Table = Table::Person;

    fn key(thing: &Person) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &Person) -> Option<u64> {
        None
    }

    fn write(thing: &Person) -> Self {
        Self {
            name: thing.name.as_str().to_owned(),
            administrator: thing.administrator,
            active: thing.is_active(),
            revoked: thing.standing == Standing::Revoked,
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Person> {
        Some(Person {
            id: PersonId::from_bytes(key),
            name: self.name.parse().ok()?,
            administrator: self.administrator,
            standing: match (self.active, self.revoked) {
                (true, false) => Standing::Active,
                (false, false) => Standing::Disabled,
                (false, true) => Standing::Revoked,
                (true, true) => return None,
            },
        })
    }
}
