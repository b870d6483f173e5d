//! Passwords, and the changes that people make to them.

use jiff::Timestamp;

use super::{AccountData, NoSuchRecord};
use crate::account::kind::Kind;

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

impl AccountData {
    /// All passwords, by id.
    pub fn passwords(&self) -> impl Iterator<Item = &PasswordRow> {
        self.passwords.values()
    }

    /// One password.
    #[must_use]
    pub fn password(&self, id: u64) -> Option<&PasswordRow> {
        self.passwords.get(&id)
    }

    /// Adds a password and returns its id.
    ///
    /// # Errors
    /// If there is no such organization.
    pub fn add_password(&mut self, new: NewPassword<'_>) -> Result<u64, NoSuchRecord> {
        self.organization_exists(new.organization_id)?;
        let now = self.tick();
        let id = self.next_id(self.passwords.keys().copied().max(), Kind::Passwords);
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

    /// Puts in what was written through the API: a new record if it has no id yet.
    pub(crate) fn put_password(&mut self, mut row: PasswordRow, new_value: bool) -> u64 {
        let now = self.tick();
        if row.id == 0 {
            row.id = self.next_id(self.passwords.keys().copied().max(), Kind::Passwords);
        }
        row.updated_at = now;
        if new_value {
            row.password_updated_at = now;
        }
        let id = row.id;
        self.passwords.insert(id, row);
        id
    }

    /// Gives a password a new value.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn rotate(&mut self, id: u64, value: &str) -> Result<(), NoSuchRecord> {
        self.change(id, |row| value.clone_into(&mut row.value))?;
        let row = self.passwords.get_mut(&id).ok_or(NoSuchRecord(id))?;
        row.password_updated_at = row.updated_at;
        Ok(())
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
        self.organization_exists(organization_id)?;
        self.change(id, |row| row.organization_id = organization_id)
    }

    /// Deletes a password.
    ///
    /// # Errors
    /// If there is no such password.
    pub fn delete(&mut self, id: u64) -> Result<(), NoSuchRecord> {
        self.passwords.remove(&id).map(drop).ok_or(NoSuchRecord(id))
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
