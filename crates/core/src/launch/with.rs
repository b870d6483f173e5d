//! What a launch signs in with: a credential entry, or what the person typed.

use super::lease::Meant;
use super::{Typed, Wanted, find, scope};
use crate::audit::About;
use crate::book::Book;
use crate::entry::{CredentialEntry, CredentialTarget, Credentials, SessionEntry};
use crate::error::{Error, Rule, StoreError};
use crate::ids::{PasswordId, PersonId};
use crate::policy::{Denied, Given, may_ask_me, may_launch};
use crate::ports::SignIn;

pub(super) enum With<'a> {
    Entry(&'a CredentialEntry),
    Typed(Typed),
}

/// What the lease gives.
pub(super) enum Due {
    Record(Meant),
    Typed(SignIn),
}

impl Due {
    /// What the sign-in is about, besides what the launch is.
    pub(super) fn about(&self, about: About) -> About {
        match self {
            Self::Record(meant) => about.with_record(meant.record()),
            Self::Typed(_) => about,
        }
    }
}

impl<'a> With<'a> {
    /// The session, and what it is launched with.
    pub(super) fn find(
        book: &'a Book,
        wanted: &Wanted,
        typed: Option<Typed>,
    ) -> Result<(&'a SessionEntry, Self), Error> {
        let breaks = |field, rule| Err(Error::Invalid { field, rule });
        if let Some(typed) = typed {
            let session = book.session(wanted.session)?;
            if wanted.credential.is_some() || wanted.choice.is_some() {
                return breaks("user", Rule::NotApplicable);
            }
            if session.credentials == Credentials::None {
                return breaks("credentials", Rule::NoCredential);
            }
            return Ok((session, Self::Typed(typed)));
        }
        match find(book, wanted)? {
            (session, Some(credential)) => Ok((session, Self::Entry(credential))),
            (session, None) if session.credentials == Credentials::AskMe => {
                breaks("user", Rule::Required)
            }
            (_, None) => breaks("credentials", Rule::NoCredential),
        }
    }

    pub(super) fn about(&self, book: &Book, session: &SessionEntry) -> About {
        match self {
            Self::Entry(credential) => About::session(session, Some(credential)),
            Self::Typed(typed) => {
                About::typed(session, book.client(session.folder), &typed.sign_in.user)
            }
        }
    }

    /// What policy says. The lease asks again when the password is due.
    pub(super) fn may(
        &self,
        book: &Book,
        person: PersonId,
        session: &SessionEntry,
        given: Given<'_>,
    ) -> Result<(), Denied> {
        match self {
            Self::Entry(credential) => {
                may_launch(book, person, session, credential, given).map(drop)
            }
            Self::Typed(_) => may_ask_me(book, person, session, given).map(drop),
        }
    }

    /// What is due once the client has come: a record in the entry's scope, or what was typed, if the
    /// session still leads where the person was told.
    pub(super) fn due(
        self,
        session: &SessionEntry,
        choice: Option<&PasswordId>,
    ) -> Result<Due, Error> {
        match self {
            Self::Entry(credential) => {
                let record = scope::record_of(credential, choice)?;
                Ok(Due::Record(Meant::new(credential, record)))
            }
            // Whoever may edit the session may have repointed it while the person was typing.
            Self::Typed(typed) if session.kind.address() != (&typed.host, typed.port) => {
                Err(Error::Store(StoreError::Conflict))
            }
            Self::Typed(typed) => Ok(Due::Typed(typed.sign_in)),
        }
    }

    pub(super) const fn is_typed(&self) -> bool {
        matches!(self, Self::Typed(_))
    }

    /// Whom the client's window names. For a list that is the credential entry, since its user
    /// becomes known only when the password is fetched.
    pub(super) fn account(&self) -> String {
        let credential = match self {
            Self::Typed(typed) => return typed.sign_in.user.shown(),
            Self::Entry(credential) => credential,
        };
        let account = match &credential.target {
            CredentialTarget::Specific(chosen) => chosen.username.as_deref(),
            CredentialTarget::AlwaysPromptWithList(_) => None,
        };
        account.unwrap_or(credential.name.as_str()).to_owned()
    }
}
