//! One launch, with no way back: [`prepare`] finds out what is needed, [`run`] opens the injector
//! with a [`SecretLease`], and the lease releases the password when the client has come.
//!
//! The numbered comments are the steps of `design.md` section 3.

mod lease;
mod outcome;
pub mod prepare;
pub mod run;
mod scope;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use lease::SecretLease;
pub use prepare::{PickList, Plan, Prepared};
pub use run::{Launched, Opened};
pub(crate) use scope::check as check_scope;

use crate::book::Book;
use crate::entry::{CredentialEntry, Credentials, SessionEntry};
use crate::error::{Error, Missing};
use crate::ids::{CredentialEntryId, PasswordId, SessionEntryId};

/// How long a client has, from the Handoff on, to come and sign in.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Names one unlock of the vault; a new one each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnlockId(pub u64);

/// What a person wants to launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The session entry.
    pub session: SessionEntryId,
    /// Another credential entry than the session's own.
    pub credential: Option<CredentialEntryId>,
    /// The record chosen from the list, where the entry asks for one.
    pub choice: Option<PasswordId>,
}

/// The session that is wanted, and the credential it would use; `None` where it has none.
fn find<'a>(
    book: &'a Book,
    wanted: &Wanted,
) -> Result<(&'a SessionEntry, Option<&'a CredentialEntry>), Error> {
    let session = book.session(wanted.session)?;
    let credential = match wanted.credential {
        Some(id) => Some(book.credential(id)?),
        None => book.credential_of(session).map(|resolved| resolved.credential),
    };
    let named = matches!(session.credentials, Credentials::Linked(_) | Credentials::Inherited);
    if credential.is_none() && named {
        return Err(Error::NotFound(Missing::Credential));
    }
    Ok((session, credential))
}
