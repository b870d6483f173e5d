//! One launch, with no way back: [`prepare`] finds out what is needed, [`run`] opens the injector
//! with a [`SecretLease`], and the lease releases the password when the client has come.
//!
//! The numbered comments are the steps of `design.md` section 3.

pub mod again;
mod course;
mod lease;
mod outcome;
pub mod prepare;
mod refusals;
mod renewal;
pub mod run;
mod scope;
#[cfg(test)]
mod tests;
mod turn;
mod typed;
mod with;

use std::time::Duration;

pub use lease::SecretLease;
pub use prepare::{PickList, Plan, Prepared};
pub use refusals::{Credential, Refusals, Tried};
pub use renewal::Renewable;
pub use run::{Launched, Opened};
pub(crate) use scope::check as check_scope;
pub use typed::TypedLease;

use crate::Answers;
use crate::book::Book;
use crate::entry::{CredentialEntry, Credentials, Host, Port, SessionEntry, SessionKind};
use crate::error::{Error, Missing};
use crate::ids::{CredentialEntryId, PasswordId, SessionEntryId};
use crate::ports::{SignIn, Unsupported};

/// How long a client has, from the Handoff on, to come and sign in.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The same for one that the person starts by hand.
pub const MANUAL_PATIENCE: Duration = Duration::from_mins(2);

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

/// What a person typed, and where they were told it would go: a session that leads elsewhere by then
/// gets nothing.
pub struct Typed {
    /// Whom to sign in as, and with what.
    pub sign_in: SignIn,
    /// The host that stood beside the fields.
    pub host: Host,
    /// Its port.
    pub port: Port,
}

/// How a person launches, besides what they want to launch.
#[derive(Default)]
pub struct How {
    /// What they are asked for besides rights, answered.
    pub answers: Answers,
    /// *Ask me*: whom to sign in as, and with what, instead of a credential entry.
    pub typed: Option<Typed>,
    /// They start a client by hand.
    pub by_hand: bool,
}

impl How {
    /// How long the client is waited for.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        if self.by_hand { MANUAL_PATIENCE } else { PATIENCE }
    }
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

/// What the session needs that this release cannot do. Known before anything is asked of a host.
fn unsupported(session: &SessionEntry) -> Option<Unsupported> {
    let SessionKind::Rdp { settings, .. } = &session.kind;
    if settings.gateway.is_some() {
        return Some(Unsupported::Gateway);
    }
    settings.kerberos.then_some(Unsupported::Kerberos)
}
