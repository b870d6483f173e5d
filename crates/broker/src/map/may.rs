//! Policy's verdict as the window shows it.

use usher_core::policy::{Denied, Lacking};
use usher_core::rights;

use crate::protocol::{DeniedWhy, May, Right};

/// Yes, or what is missing.
pub(crate) fn may<T>(verdict: &Result<T, Denied>) -> May {
    match verdict {
        Ok(_) => May::Yes,
        Err(denied) => May::No { why: why(denied.lacking) },
    }
}

/// What is missing, in the protocol's words.
pub(crate) fn why(lacking: Lacking) -> DeniedWhy {
    match lacking {
        Lacking::OnSession(of) => DeniedWhy::OnSession { right: right(of) },
        Lacking::OnCredential(of) => DeniedWhy::OnCredential { right: right(of) },
        Lacking::OnFolder(of) => DeniedWhy::OnFolder { right: right(of) },
        Lacking::Source => DeniedWhy::Source,
        Lacking::HostNotAllowed => DeniedWhy::HostNotAllowed,
        Lacking::Administrator => DeniedWhy::Administrator,
        Lacking::OtherClientFolder => DeniedWhy::OtherClientFolder,
        Lacking::WouldWiden => DeniedWhy::WouldWiden,
        Lacking::Passphrase => DeniedWhy::Passphrase,
        Lacking::Confirmation => DeniedWhy::Confirmation,
        Lacking::Ticket => DeniedWhy::Ticket,
        Lacking::AskMeOff => DeniedWhy::AskMeOff,
        Lacking::Soundness => DeniedWhy::Soundness,
        Lacking::SecondPerson => DeniedWhy::SecondPerson,
    }
}

/// A right, in the protocol's words.
pub(crate) fn right(right: rights::Right) -> Right {
    match right {
        rights::Right::View => Right::View,
        rights::Right::ViewPassword => Right::ViewPassword,
        rights::Right::Edit => Right::Edit,
    }
}
