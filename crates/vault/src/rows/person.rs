//! A person's row.

use serde::{Deserialize, Serialize};
use usher_core::ids::PersonId;
use usher_core::rights::{Person, Standing};

use super::words::StandingWord;
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    name: String,
    administrator: bool,
    #[serde(default)]
    standing: Option<StandingWord>,
    /// Rows of format 1 said it so.
    #[serde(default, skip_serializing)]
    active: Option<bool>,
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
            standing: Some(thing.standing.into()),
            active: None,
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Person> {
        Some(Person {
            id: PersonId::from_bytes(key),
            standing: self.standing()?,
            name: self.name.parse().ok()?,
            administrator: self.administrator,
        })
    }
}

impl PersonRow {
    fn standing(&self) -> Option<Standing> {
        match (self.standing, self.active) {
            (Some(word), None) => Some(word.into()),
            (None, Some(true)) => Some(Standing::Active),
            (None, Some(false)) => Some(Standing::Disabled),
            _ => None,
        }
    }
}
