//! Whom the host reads in the client's Client Info.

use usher_core::Secret;
use usher_core::entry::UserName;
use zeroize::Zeroizing;

use crate::pdu::rewrite_client_info;

/// What takes the one-time credential's place.
pub(crate) struct ClientInfo {
    pub(crate) user: UserName,
    /// Only for hosts without network level authentication; the others have it from `CredSSP`.
    pub(crate) password: Option<Secret>,
}

impl ClientInfo {
    /// The client's frame with this in it; `None` if it is malformed. The password is gone then.
    pub(super) fn introduce(self, frame: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        // EXPOSE: at hosts without network level authentication the Client Info is the sign-in
        let password = self.password.as_ref().map_or("", |password| password.expose());
        rewrite_client_info(frame, &self.user, password)
    }
}
