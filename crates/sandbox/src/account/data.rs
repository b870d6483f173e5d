//! The records of the stand-in account, and the changes that people make to them meanwhile.

mod document;
mod ids;
mod key;
mod organization;
mod password;
mod record;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::kind::Kind;
pub(crate) use ids::is_short;
pub use key::Key;
pub use organization::OrganizationRow;
pub use password::{NewPassword, PasswordRow, Resource};
pub use record::Record;

/// Nothing has this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the stand-in account has no record {0}")]
pub struct NoSuchRecord(pub u64);

/// Everything the stand-in account holds.
pub struct AccountData {
    pub(crate) organizations: BTreeMap<u64, OrganizationRow>,
    pub(crate) passwords: BTreeMap<u64, PasswordRow>,
    pub(crate) records: BTreeMap<Kind, BTreeMap<u64, Record>>,
    pub(crate) keys: Vec<Key>,
    long_ids: bool,
    now: Timestamp,
}

/// When the records of an untouched account were last changed.
pub(crate) const EPOCH: Timestamp = Timestamp::constant(1_790_000_000, 0);

impl AccountData {
    /// An account without records, with one key that has Password Access and one that has not.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            organizations: BTreeMap::new(),
            passwords: BTreeMap::new(),
            records: BTreeMap::new(),
            keys: vec![Key::random(true), Key::random(false)],
            long_ids: false,
            now: EPOCH,
        }
    }

    /// Makes another API key and returns it.
    pub fn add_key(&mut self, password_access: bool) -> String {
        let key = Key::random(password_access);
        let text = key.text.clone();
        self.keys.push(key);
        text
    }

    pub(crate) fn organization_exists(&self, id: u64) -> Result<(), NoSuchRecord> {
        self.organizations.get(&id).map(drop).ok_or(NoSuchRecord(id))
    }

    /// Time in this account passes by a second per change, so that runs repeat.
    fn tick(&mut self) -> Timestamp {
        self.now = self.now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(self.now);
        self.now
    }
}
