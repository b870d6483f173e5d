//! The four things that a person can come in with.

use serde::{Deserialize, Serialize};

/// What a slot is opened with. A spelling never changes once released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SlotKind {
    /// Their passphrase and the device's secret.
    Passphrase,
    /// Their PIN and the device's secret, while a program runs that has had the passphrase.
    Pin,
    /// The printed code of their recovery kit; no device.
    Recovery,
    /// The code an administrator gave them, once; no device.
    Enrolment,
}

impl SlotKind {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Pin => "pin",
            Self::Recovery => "recovery",
            Self::Enrolment => "enrolment",
        }
    }
}
