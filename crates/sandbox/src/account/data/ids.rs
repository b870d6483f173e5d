//! Ids: 7 digits as in the United States, or 16 as in Europe.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{AccountData, OrganizationRow, PasswordRow, Record};
use crate::account::kind::Kind;

/// What makes an id long. Above 2^53, where a float can hold every other integer only.
const FAR: u64 = 9_954_700_000_000_000;
/// Ids from here on are long already.
const LONG: u64 = 1_000_000_000_000_000;

/// Seven digits, as in the United States.
pub(crate) fn is_short(id: u64) -> bool {
    id < 10_000_000
}

fn long(id: u64) -> u64 {
    if id < LONG { id.saturating_add(FAR) } else { id }
}

impl AccountData {
    /// Gives every record a 16-digit id above 2^53, as in Europe, and every later one too.
    pub fn lengthen_ids(&mut self) {
        self.long_ids = true;
        self.organizations = rekeyed(&self.organizations, |row: &mut OrganizationRow| {
            row.id = long(row.id);
            row.id
        });
        self.passwords = rekeyed(&self.passwords, lengthen_password);
        for records in self.records.values_mut() {
            *records = rekeyed(records, lengthen_record);
        }
    }

    /// The id after the last one taken, or the first of its kind.
    pub(super) fn next_id(&self, last: Option<u64>, kind: Kind) -> u64 {
        let first = kind.place().first_id;
        let first = if self.long_ids { long(first) } else { first };
        last.map_or(first, |last| last.saturating_add(1))
    }
}

fn rekeyed<T: Clone>(
    rows: &BTreeMap<u64, T>,
    mut lengthen: impl FnMut(&mut T) -> u64,
) -> BTreeMap<u64, T> {
    let one = |row: &T| {
        let mut row = row.clone();
        (lengthen(&mut row), row)
    };
    rows.values().map(one).collect()
}

fn lengthen_password(row: &mut PasswordRow) -> u64 {
    row.id = long(row.id);
    row.organization_id = long(row.organization_id);
    row.folder_id = row.folder_id.map(long);
    row.vault_id = row.vault_id.map(long);
    if let Some((id, _)) = &mut row.category {
        *id = long(*id);
    }
    if let Some(resource) = &mut row.resource {
        resource.id = long(resource.id);
    }
    row.id
}

fn lengthen_record(record: &mut Record) -> u64 {
    record.id = long(record.id);
    record.organization_id = record.organization_id.map(long);
    for (name, value) in &mut record.attributes {
        if let Some(id) = value.as_u64().filter(|_| name.ends_with("-id")) {
            *value = Value::from(long(id));
        }
    }
    record.id
}
