//! What is asked about IT Glue accounts and their keys.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::SecretText;

/// A record to try an account's key with.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TestPasswordAccess {
    /// The account.
    pub connection: String,
    /// The organization of the record.
    pub organization: String,
    /// The record that the administrator chose.
    pub password: String,
}

/// A key of one person's own.
#[derive(Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetPersonKey {
    /// The account.
    pub connection: String,
    /// The person.
    pub person: String,
    /// The key.
    pub api_key: SecretText,
}
