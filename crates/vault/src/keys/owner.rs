//! Whose a row in clear is.

use usher_core::error::StoreError;
use usher_core::ids::PersonId;

use super::Share;
use crate::rows::{Stored, Table};
use crate::slots::Slot;

/// The person that a slot, identity or share is of; nobody for any other row.
///
/// # Errors
/// `Damaged` where the row cannot be read.
pub(crate) fn owner(table: Table, row: &Stored) -> Result<Option<PersonId>, StoreError> {
    let read = |owner: Option<PersonId>| owner.map(Some).ok_or_else(|| table.damaged(&row.key));
    match table {
        Table::Slot => read(Slot::owner(row)),
        Table::Identity | Table::VaultShare => Ok(Some(PersonId::from_bytes(row.key))),
        Table::ApiShare => read(Share::read(row).map(|share| share.person)),
        Table::Device
        | Table::ApiKey
        | Table::Connection
        | Table::PersonKey
        | Table::Folder
        | Table::Credential
        | Table::Session
        | Table::Person
        | Table::Group
        | Table::Grant
        | Table::Source
        | Table::Certificate
        | Table::Setting => Ok(None),
    }
}
