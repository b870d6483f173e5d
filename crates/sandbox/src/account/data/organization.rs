//! Organizations, and adding one.

use super::{AccountData, is_short};
use crate::account::kind::Kind;

/// An organization of the stand-in account.
#[derive(Clone, Debug)]
pub struct OrganizationRow {
    /// Its id; 7 digits, or 16 as in Europe.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short_name: Option<String>,
    /// `true` for Active, `false` for Inactive.
    pub active: bool,
}

impl AccountData {
    /// All organizations, by id.
    pub fn organizations(&self) -> impl Iterator<Item = &OrganizationRow> {
        self.organizations.values()
    }

    /// Adds an organization and returns its id.
    pub fn add_organization(&mut self, name: &str) -> u64 {
        let long = self.long_ids;
        let taken = self.organizations.keys().copied().filter(|id| long || is_short(*id));
        let id = self.next_id(taken.max(), Kind::Organizations);
        let name = name.to_owned();
        let row = OrganizationRow { id, name, short_name: None, active: true };
        self.organizations.insert(id, row);
        id
    }

    /// Takes an organization away, as if the key belonged to another account. Its records stay.
    pub fn take_organization(&mut self, id: u64) -> Option<OrganizationRow> {
        self.organizations.remove(&id)
    }

    /// Puts one back.
    pub fn put_organization(&mut self, row: OrganizationRow) {
        self.organizations.insert(row.id, row);
    }
}
