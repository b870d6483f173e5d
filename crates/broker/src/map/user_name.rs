//! Whom a host will see, by IT Glue's free text.

use usher_core::entry::{CredentialTarget, NotAUserName, UserName};

use crate::protocol::UserNameFault;

/// As whom the one password of an entry signs in, or why it cannot; neither for a list.
pub(crate) fn of_target(target: &CredentialTarget) -> (Option<String>, Option<UserNameFault>) {
    let CredentialTarget::Specific(chosen) = target else { return (None, None) };
    match UserName::parse(chosen.username.as_deref().unwrap_or_default()) {
        Ok(user) => (Some(user.shown()), None),
        Err(error) => (None, Some(fault(error))),
    }
}

fn fault(error: NotAUserName) -> UserNameFault {
    match error {
        NotAUserName::Empty => UserNameFault::Empty,
        NotAUserName::TooLong => UserNameFault::TooLong,
        NotAUserName::Character => UserNameFault::Character,
    }
}
