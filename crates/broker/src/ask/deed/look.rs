//! What only some may look at, and changes nothing.

use usher_core::audit::What;

use super::On;
use crate::protocol::Request;

/// The look that a request asks for.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever else is asked looks at nothing here")]
pub(super) fn of(request: &Request) -> Option<(What, On)> {
    Some(match request {
        Request::CheckAccount { connection } => {
            (What::AccountChecked, On::Account(connection.parse().ok()))
        }
        Request::People | Request::Sources | Request::Drift => (What::PeopleRead, On::Vault),
        Request::LockPreview { scope } => (What::PeopleRead, super::locked(scope)),
        _ => return None,
    })
}
