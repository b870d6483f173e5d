//! A device from which the vault can be opened. The row's key is the device's id.

use serde::{Deserialize, Serialize};
use usher_core::error::StoreError;
use usher_core::ids::DeviceId;
use usher_core::time::Moment;

use super::clear;
use crate::rows::{Stored, Table, Write};

/// What the vault knows of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceRow {
    /// What it called itself.
    pub(crate) name: String,
    /// Milliseconds since 1970.
    added: u64,
}

impl DeviceRow {
    pub(crate) fn new(name: &str, added: Moment) -> Self {
        Self { name: name.to_owned(), added: added.unix_millis() }
    }

    pub(crate) fn added(&self) -> Moment {
        Moment::from_unix_millis(self.added)
    }

    pub(crate) fn read(stored: &Stored) -> Option<Self> {
        clear::read(stored)
    }

    /// Puts it.
    ///
    /// # Errors
    /// None in practice.
    pub(crate) fn write(&self, id: DeviceId) -> Result<Write, StoreError> {
        clear::put(Table::Device, id.to_bytes(), self)
    }

    /// Takes it out.
    pub(crate) fn remove(id: DeviceId) -> Write {
        clear::remove(Table::Device, id.to_bytes())
    }
}
