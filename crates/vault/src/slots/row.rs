//! A slot as the vault's file has it.

use serde::{Deserialize, Serialize};
use usher_core::error::StoreError;
use usher_core::ids::{DeviceId, PersonId};
use usher_core::time::Moment;

use super::{Header, SlotKind, Stretched};
use crate::keys::{Bytes, Hex, clear};
use crate::rows::{ClearRows, Stored, Table, Write};
use crate::seal::VaultId;

/// A person's wrapped secrets; of a PIN, what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) header: Header,
    pub(super) commitment: [u8; 32],
    pub(super) sealed: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotRow {
    person: String,
    kind: SlotKind,
    stretched: Option<Stretched>,
    device: Option<String>,
    /// Milliseconds since 1970.
    created: u64,
    /// Milliseconds since 1970.
    expires: Option<u64>,
    commitment: Hex<32>,
    sealed: Bytes,
}

impl Slot {
    /// The slot that stands in this row of this vault; none where it cannot be one.
    pub(crate) fn read(vault: VaultId, stored: &Stored) -> Option<Self> {
        let row: SlotRow = clear::read(stored)?;
        let device = match row.device {
            Some(id) => Some(id.parse::<DeviceId>().ok()?),
            None => None,
        };
        let header = Header {
            vault,
            id: stored.key,
            person: row.person.parse().ok()?,
            kind: row.kind,
            stretched: row.stretched,
            device,
            created: Moment::from_unix_millis(row.created),
            expires: row.expires.map(Moment::from_unix_millis),
        };
        Some(Self { header, commitment: row.commitment.0, sealed: row.sealed.0 })
    }

    /// Puts the slot.
    ///
    /// # Errors
    /// None in practice.
    pub(crate) fn write(&self) -> Result<Write, StoreError> {
        let Header { person, kind, stretched, device, created, expires, .. } = &self.header;
        let row = SlotRow {
            person: person.to_string(),
            kind: *kind,
            stretched: stretched.clone(),
            device: device.map(|id| id.to_string()),
            created: created.unix_millis(),
            expires: expires.map(Moment::unix_millis),
            commitment: Hex(self.commitment),
            sealed: Bytes(self.sealed.clone()),
        };
        clear::put(Table::Slot, self.header.id, &row)
    }

    /// Takes the slot out.
    pub(crate) fn remove(&self) -> Write {
        clear::remove(Table::Slot, self.header.id)
    }

    /// Whether these rows have it, to the letter.
    pub(crate) fn stands_in(&self, rows: &ClearRows) -> bool {
        let row = rows.get(Table::Slot, &self.header.id);
        row.and_then(|row| Self::read(self.header.vault, row)).as_ref() == Some(self)
    }

    /// Whose a stored slot is.
    pub(crate) fn owner(stored: &Stored) -> Option<PersonId> {
        clear::read::<SlotRow>(stored)?.person.parse().ok()
    }
}
