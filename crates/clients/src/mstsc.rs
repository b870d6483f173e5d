//! Windows: mstsc needs a TERMSRV credential and its clean-up, which this release does not do yet.

use usher_core::ports::Handoff;

use crate::error::{ClientMissing, StartError};
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

    /// Starts nothing yet.
    ///
    /// # Errors
    /// Always [`StartError::NotSupportedYet`].
    #[expect(clippy::unused_async, reason = "the same signature on every system")]
    pub async fn start(&self, _handoff: Handoff) -> Result<RunningClient, StartError> {
        Err(StartError::NotSupportedYet)
    }
}
