//! Organizations and password records: what IT Glue says of them, never a value.

use crate::ids::{OrganizationId, PasswordId};
use crate::time::Moment;

/// An organization: IT Glue's word for a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// IT Glue's id.
    pub id: OrganizationId,
    /// Its name when it was last seen.
    pub name: String,
}

/// Metadata of a password in IT Glue. It has no field for the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordRecord {
    /// IT Glue's id.
    pub id: PasswordId,
    /// The organization it belongs to.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// The user name, as typed into IT Glue.
    pub username: Option<String>,
    /// Its category's name.
    pub category: Option<String>,
    /// What it is attached to (a configuration, say), by name.
    pub resource: Option<String>,
    /// Its URL.
    pub url: Option<String>,
    /// When the password was last changed.
    pub changed: Option<Moment>,
    /// Where a browser shows the record.
    pub web_address: Option<String>,
    /// What sets it apart.
    pub marks: RecordMarks,
}

/// What sets a record apart from an ordinary one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "IT Glue has these five independent marks")]
pub struct RecordMarks {
    /// Archived.
    pub archived: bool,
    /// Visible to some people only.
    pub restricted: bool,
    /// A personal password.
    pub personal: bool,
    /// Has a one-time-password secret.
    pub otp: bool,
    /// In a personal vault: IT Glue cannot decrypt it for a key.
    pub vaulted: bool,
}
