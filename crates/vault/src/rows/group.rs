//! A group's row.

use serde::{Deserialize, Serialize};
use usher_core::ids::GroupId;
use usher_core::rights::Group;

use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupRow {
    name: String,
    members: Vec<String>,
}

impl Row for GroupRow {
    type Thing = Group;
    const TABLE: Table = Table::Group;

    fn key(thing: &Group) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &Group) -> Option<u64> {
        None
    }

    fn write(thing: &Group) -> Self {
        Self {
            name: thing.name.as_str().to_owned(),
            members: thing.members.iter().map(ToString::to_string).collect(),
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Group> {
        Some(Group {
            id: GroupId::from_bytes(key),
            name: self.name.parse().ok()?,
            members: self.members.iter().map(|id| id.parse()).collect::<Result<_, _>>().ok()?,
        })
    }
}
