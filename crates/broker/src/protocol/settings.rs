//! Settings of the vault, and a person's own.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The vault's settings, as an administrator sets them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SettingsForm {
    /// Technicians may trust a host's certificate that nobody has seen before.
    pub technicians_trust_on_first_use: bool,
    /// *Ask me*: people may sign in with what they type themselves.
    pub ask_me: bool,
    /// The vault locks after so many minutes without input in the whole OS session.
    pub idle_lock_minutes: u32,
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SettingsRow {
    /// Technicians may trust a host's certificate that nobody has seen before.
    pub technicians_trust_on_first_use: bool,
    /// *Ask me*: people may sign in with what they type themselves.
    pub ask_me: bool,
    /// Minutes without input after which the vault locks.
    pub idle_lock_minutes: u32,
    /// The person's own, where shorter.
    pub own_idle_lock_minutes: Option<u32>,
    /// Whether this desktop tells when nobody is there. Where it does not, the vault does not lock
    /// after those minutes.
    pub idle_known: bool,
}
