//! People, groups and devices, as an administrator sees them.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::At;

/// A person of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[expect(clippy::struct_excessive_bools, reason = "what a person has is independent")]
pub struct PersonCard {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Whether they administer the vault.
    pub administrator: bool,
    /// Whether they may come in.
    pub standing: Standing,
    /// They have a code to enrol with, good until then.
    pub invited_until: Option<At>,
    /// They have a passphrase.
    pub enrolled: bool,
    /// They have a PIN.
    pub has_pin: bool,
    /// They have a recovery kit.
    pub has_recovery_kit: bool,
    /// The groups that they are in.
    pub groups: Vec<String>,
    /// When they last unlocked on this machine, as the audit log has it.
    pub last_unlocked: Option<At>,
    /// It is who asks.
    pub you: bool,
}

/// Whether a person may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They may.
    Active,
    /// Not for now.
    Disabled,
    /// Never again.
    Revoked,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GroupCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who is in it, by id.
    pub members: Vec<String>,
}

/// A device from which the vault can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DeviceCard {
    /// Its id.
    pub id: String,
    /// What it called itself.
    pub name: String,
    /// Since when.
    pub added: At,
    /// It is the one we are on.
    pub this_one: bool,
}

/// A new person.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// Their name.
    pub name: String,
    /// Whether they administer the vault.
    pub administrator: bool,
    /// The groups that they are in.
    pub groups: Vec<String>,
}

/// A person as they are to be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Whether they administer the vault; the last administrator stays one.
    pub administrator: bool,
    /// Whether they may come in.
    pub standing: Standing,
}

/// A group as it is to be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SaveGroup {
    /// Which; `None` makes one.
    pub group: Option<String>,
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub members: Vec<String>,
}

/// A password to be changed in IT Glue because somebody who has left may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RotationRow {
    /// The organization.
    pub organization: String,
    /// The password record, by name; of a list, its category or nothing.
    pub password: String,
    /// Any password of a list is meant: IT Glue could not be asked what they are called.
    pub list: bool,
    /// The credential entry that led to it.
    pub entry: String,
    /// How they came by it.
    pub why: RotationWhy,
    /// When they last did.
    pub last: Option<At>,
}

/// How somebody came by a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RotationWhy {
    /// They signed in to a host with it.
    Launched,
    /// They had it shown or copied.
    Seen,
    /// They could have chosen it.
    CouldPick,
}
