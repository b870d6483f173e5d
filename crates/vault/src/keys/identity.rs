//! A person's public keys, as the vault's file has them. The row's key is the person.

use serde::{Deserialize, Serialize};
use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::{Hex, clear};
use crate::rows::{ClearRows, Stored, Table, Write};
use crate::seal::PublicIdentity;

/// What is known of somebody's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownIdentity {
    pub(crate) current: PublicIdentity,
    /// What they signed with before they were invited again; what was signed then stays signed.
    pub(crate) former: Vec<[u8; 32]>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityRow {
    signing: Hex<32>,
    sharing: Hex<32>,
    former: Vec<Hex<32>>,
}

/// The keys that a row says somebody has.
pub(crate) fn identity(stored: &Stored) -> Option<PublicIdentity> {
    KnownIdentity::read(stored).map(|known| known.current)
}

impl KnownIdentity {
    /// What a row says.
    pub(crate) fn read(stored: &Stored) -> Option<Self> {
        let row: IdentityRow = clear::read(stored)?;
        let current = PublicIdentity { signing: row.signing.0, sharing: row.sharing.0 };
        Some(Self { current, former: row.former.into_iter().map(|key| key.0).collect() })
    }

    /// A person's, as the rows have it.
    pub(crate) fn of(rows: &ClearRows, person: PersonId) -> Option<Self> {
        rows.get(Table::Identity, &person.to_bytes()).and_then(Self::read)
    }

    /// Puts other keys in the place of those before, if there were any.
    ///
    /// # Errors
    /// None in practice.
    pub(crate) fn replaced(
        before: Option<Self>,
        person: PersonId,
        by: PublicIdentity,
    ) -> Result<Write, StoreError> {
        let former = before.map(|b| [b.former, vec![b.current.signing]].concat());
        let row = IdentityRow {
            signing: Hex(by.signing),
            sharing: Hex(by.sharing),
            former: former.unwrap_or_default().into_iter().map(Hex).collect(),
        };
        clear::put(Table::Identity, person.to_bytes(), &row)
    }
}
