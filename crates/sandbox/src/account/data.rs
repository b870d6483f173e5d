//! The records of the stand-in account, and the changes that people make to them meanwhile.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::key::Key;

/// Nothing has this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the stand-in account has no record {0}")]
pub struct NoSuchRecord(pub u64);

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

/// What a password is embedded in, in the spelling the API reads back.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its id.
    pub id: u64,
    /// Such as `configurations` or `flexible-asset-traits`.
    pub kind: String,
    /// What people call the kind, such as `Server`.
    pub kind_name: String,
    /// Its name.
    pub name: String,
}

/// A password of the stand-in account.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags, as the API gives them")]
pub struct PasswordRow {
    /// Its id.
    pub id: u64,
    /// The organization it belongs to.
    pub organization_id: u64,
    /// Its title.
    pub name: String,
    /// Its account name.
    pub username: Option<String>,
    /// Where it is used.
    pub url: Option<String>,
    /// Notes, as HTML.
    pub notes: Option<String>,
    /// Category id and name.
    pub category: Option<(u64, String)>,
    /// The folder it lies in.
    pub folder_id: Option<u64>,
    /// What it is embedded in.
    pub resource: Option<Resource>,
    /// Put away.
    pub archived: bool,
    /// Only some people may see it.
    pub restricted: bool,
    /// One person's own.
    pub personal: bool,
    /// A one-time-password generator is set up.
    pub otp_enabled: bool,
    /// The vault it is encrypted in.
    pub vault_id: Option<u64>,
    /// The value; made at run time.
    pub value: String,
    /// When the value last changed.
    pub password_updated_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
}

/// What a new password needs; everything else starts empty.
#[derive(Clone, Copy)]
pub struct NewPassword<'a> {
    /// The organization it belongs to.
    pub organization_id: u64,
    /// Its title.
    pub name: &'a str,
    /// Its account name.
    pub username: &'a str,
    /// The value.
    pub value: &'a str,
}

/// Everything the stand-in account holds.
pub struct AccountData {
    pub(crate) organizations: BTreeMap<u64, OrganizationRow>,
    pub(crate) passwords: BTreeMap<u64, PasswordRow>,
    pub(crate) keys: Vec<Key>,
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
            keys: vec![Key::random(true), Key::random(false)],
            now: EPOCH,
        }
    }

    /// All organizations, by id.
    pub fn organizations(&self) -> impl Iterator<Item = &OrganizationRow> {
        self.organizations.values()
    }

    /// All passwords, by id.
    pub fn passwords(&self) -> impl Iterator<Item = &PasswordRow> {
        self.passwords.values()
    }

    /// One password.
    #[must_use]
    pub fn password(&self, id: u64) -> Option<&PasswordRow> {
        self.passwords.get(&id)
    }

    /// Adds an organization and returns its id.
    pub fn add_organization(&mut self, name: &str) -> u64 {
        let id = next_id(self.organizations.keys().copied().filter(|id| is_short(*id)), 2_100_001);
        let name = name.to_owned();
        let row = OrganizationRow { id, name, short_name: None, active: true };
        self.organizations.insert(id, row);
        id
    }

    /// Adds a password and returns its id.
    ///
    /// # Errors
    /// If there is no such organization.
    pub fn add_password(&mut self, new: NewPassword<'_>) -> Result<u64, NoSuchRecord> {
        if !self.organizations.contains_key(&new.organization_id) {
            return Err(NoSuchRecord(new.organization_id));
        }
        let now = self.tick();
        let id = next_id(self.passwords.keys().copied(), 7_500_001);
        self.passwords.insert(id, PasswordRow::new(id, &new, now));
        Ok(id)
    }

    /// Changes anything about a password; the time of change moves on.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn change(
        &mut self,
        id: u64,
        change: impl FnOnce(&mut PasswordRow),
    ) -> Result<(), NoSuchRecord> {
        let now = self.tick();
        let row = self.passwords.get_mut(&id).ok_or(NoSuchRecord(id))?;
        change(row);
        row.updated_at = now;
        Ok(())
    }

    /// Gives a password a new value.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn rotate(&mut self, id: u64, value: &str) -> Result<(), NoSuchRecord> {
        let now = self.tick();
        self.change(id, |row| {
            value.clone_into(&mut row.value);
            row.password_updated_at = now;
        })
    }

    /// Puts a password away.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn archive(&mut self, id: u64) -> Result<(), NoSuchRecord> {
        self.change(id, |row| row.archived = true)
    }

    /// Moves a password to another organization.
    ///
    /// # Errors
    /// If there is no such password or organization.
    pub fn move_to(&mut self, id: u64, organization_id: u64) -> Result<(), NoSuchRecord> {
        if !self.organizations.contains_key(&organization_id) {
            return Err(NoSuchRecord(organization_id));
        }
        self.change(id, |row| row.organization_id = organization_id)
    }

    /// Deletes a password.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn delete(&mut self, id: u64) -> Result<(), NoSuchRecord> {
        self.passwords.remove(&id).map(drop).ok_or(NoSuchRecord(id))
    }

    /// Makes another API key and returns it.
    pub fn add_key(&mut self, password_access: bool) -> String {
        let key = Key::random(password_access);
        let text = key.text.clone();
        self.keys.push(key);
        text
    }

    /// Time in this account passes by a second per change, so that runs repeat.
    fn tick(&mut self) -> Timestamp {
        self.now = self.now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(self.now);
        self.now
    }
}

impl PasswordRow {
    pub(crate) fn new(id: u64, new: &NewPassword<'_>, now: Timestamp) -> Self {
        Self {
            id,
            organization_id: new.organization_id,
            name: new.name.to_owned(),
            username: Some(new.username.to_owned()),
            url: None,
            notes: None,
            category: None,
            folder_id: None,
            resource: None,
            archived: false,
            restricted: false,
            personal: false,
            otp_enabled: false,
            vault_id: None,
            value: new.value.to_owned(),
            password_updated_at: now,
            updated_at: now,
        }
    }
}

/// Seven digits, as in the United States.
fn is_short(id: u64) -> bool {
    id < 10_000_000
}

fn next_id(taken: impl Iterator<Item = u64>, first: u64) -> u64 {
    taken.max().map_or(first, |last| last.saturating_add(1))
}
