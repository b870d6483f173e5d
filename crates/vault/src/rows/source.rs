//! A Source right's row.

use serde::{Deserialize, Serialize};
use usher_core::ids::{GrantId, OrganizationId};
use usher_core::rights::SourceRight;

use super::words::SubjectPart;
use super::{Key, Row, Table};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceRow {
    subject: SubjectPart,
    connection: String,
    organization: OrganizationsPart,
}

/// Spelled out rather than left away: a lost field must not become "all of them".
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OrganizationsPart {
    All,
    One(String),
}

impl Row for SourceRow {
    type Thing = SourceRight;
    const TABLE: Table = Table::Source;

    fn key(thing: &SourceRight) -> Key {
        thing.id.to_bytes()
    }

    fn version(_: &SourceRight) -> Option<u64> {
        None
    }

    fn write(thing: &SourceRight) -> Self {
        Self {
            subject: thing.subject.into(),
            connection: thing.connection.to_string(),
            organization: match &thing.organization {
                Some(id) => OrganizationsPart::One(id.as_str().to_owned()),
                None => OrganizationsPart::All,
            },
        }
    }

    fn read(self, key: Key, _: u64) -> Option<SourceRight> {
        Some(SourceRight {
            id: GrantId::from_bytes(key),
            subject: self.subject.read()?,
            connection: self.connection.parse().ok()?,
            organization: match self.organization {
                OrganizationsPart::All => None,
                OrganizationsPart::One(id) => Some(OrganizationId::new(id)),
            },
        })
    }
}
