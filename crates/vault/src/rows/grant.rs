//! A grant's row.

use serde::{Deserialize, Serialize};
use usher_core::ids::GrantId;
use usher_core::rights::{Grant, Right, RightSet};

use super::words::{ObjectPart, RightWord, SubjectPart};
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantRow {
    subject: SubjectPart,
    object: ObjectPart,
    rights: Vec<RightWord>,
}

impl Row for GrantRow {
    type Thing = Grant;
    const TABLE: Table = Table::Grant;

    fn key(thing: &Grant) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &Grant) -> Option<u64> {
        None
    }

    fn write(thing: &Grant) -> Self {
        Self {
            subject: thing.subject.into(),
            object: thing.object.into(),
            rights: thing.rights.iter().map(RightWord::from).collect(),
        }
    }

    fn read(self, key: Key, _: u64) -> Option<Grant> {
        let rights: Vec<Right> = self.rights.into_iter().map(Right::from).collect();
        Some(Grant {
            id: GrantId::from_bytes(key),
            subject: self.subject.read()?,
            object: self.object.read()?,
            rights: RightSet::of(&rights),
        })
    }
}
