//! Windows: mstsc needs a TERMSRV credential and its clean-up, which this release does not do yet.

use usher_core::ports::Handoff;

use crate::abilities::Abilities;
use crate::error::{ClientMissing, StartError};
use crate::residue::Residue;
use crate::running::RunningClient;

/// The RDP client of this machine.
#[derive(Debug, Clone)]
pub struct RdpClient(());

/// Finds none yet.
///
/// # Errors
/// Always [`ClientMissing::NotSupportedYet`].
pub fn find_rdp() -> Result<RdpClient, ClientMissing> {
    Err(ClientMissing::NotSupportedYet)
}

impl RdpClient {
    /// Where the program lies.
    #[must_use]
    pub fn program(&self) -> &std::path::Path {
        std::path::Path::new("")
    }

    /// It tells no version, and is kept up to date by Windows.
    #[expect(clippy::unused_async, reason = "the same signature on every system")]
    pub async fn abilities(&self) -> Abilities {
        Abilities { version: None, drives_and_files: true, text_alone: false, camera: true }
    }

    /// Starts nothing yet.
    ///
    /// # Errors
    /// Always [`StartError::NotSupportedYet`].
    #[expect(clippy::unused_async, reason = "the same signature on every system")]
    pub async fn start(
        &self,
        _handoff: Handoff,
        _residue: &Residue,
    ) -> Result<RunningClient, StartError> {
        Err(StartError::NotSupportedYet)
    }
}
