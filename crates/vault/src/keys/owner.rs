//! Whose a row in clear is.

use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::Share;
use crate::rows::{Stored, Table};
use crate::slots::Slot;

/// The person that a slot, identity or share is of; nobody for a device or an API key.
///
/// # Errors
/// `Damaged` where the row cannot be read.
pub(crate) fn owner(table: Table, row: &Stored) -> Result<Option<PersonId>, StoreError> {
    let owner = match table {
        Table::Slot => Slot::owner(row),
        Table::Identity | Table::VaultShare => Some(PersonId::from_bytes(row.key)),
        Table::ApiShare => Share::read(row).map(|share| share.person),
        Table::Device | Table::ApiKey => return Ok(None),
        _ => None,
    };
    owner.map(Some).ok_or_else(|| table.damaged(&row.key))
}
