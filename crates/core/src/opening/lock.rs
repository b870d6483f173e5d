//! Locks the vault. What is running goes on; no lease and no permit of this unlock does.

use super::name_of;
use crate::audit::{self, AuditEvent, What};
use crate::error::Error;
use crate::launch::UnlockId;
use crate::ports::{Access, Ports, Store, Unlocks};

/// Why the vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyLocked {
    /// The person asked for it.
    Asked,
    /// No input in the whole OS session for too long.
    Idle,
    /// The screen was locked.
    Screen,
    /// The computer goes to sleep.
    Suspend,
    /// It was open for as long as it may be.
    Hours,
    /// Another program changed what opens it.
    OtherProgram,
    /// The person was disabled or revoked.
    Revoked,
}

impl WhyLocked {
    /// The word for it in the audit log and the protocol.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Idle => "idle",
            Self::Screen => "screen",
            Self::Suspend => "suspend",
            Self::Hours => "hours",
            Self::OtherProgram => "other_program",
            Self::Revoked => "revoked",
        }
    }
}

/// Locks the vault for the person behind this unlock, whatever else goes wrong.
///
/// # Errors
/// [`Error::Locked`] where it is already; [`Error::AuditUnavailable`]: it is locked, but that is not
/// on record.
pub async fn lock<P: Ports>(ports: &P, unlock: UnlockId, why: WhyLocked) -> Result<(), Error> {
    let person = ports.unlocks().person(unlock).ok_or(Error::Locked)?;
    let vault = ports.store().book().await.map(|book| name_of(&book)).unwrap_or_default();
    let event = audit::event(ports, person, What::Locked, vault);
    let details = vec![("why", why.word().to_owned())];
    let recorded = audit::record(ports, AuditEvent { details, ..event }).await;
    ports.access().lock(person).await;
    recorded
}
