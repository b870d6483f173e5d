//! Permits: the proof that policy agreed. Only this file makes one.
//!
//! ```compile_fail
//! // Nobody outside policy can make a permit: its fields are private and it has no constructor.
//! let permit = usher_core::policy::Permit::<usher_core::policy::Launch> {};
//! ```
//! ```compile_fail
//! fn twice(permit: usher_core::policy::Permit<usher_core::policy::Reveal>) {
//!     let again = permit.clone();
//! }
//! ```

use std::marker::PhantomData;

use super::{Act, Action, Asked, Denied, Facts, Given, Lacking, decide};
use crate::book::Book;
use crate::entry::{CredentialEntry, SessionEntry};
use crate::ids::{CredentialEntryId, PersonId};
use crate::rights::Right;

/// Policy agreed to a launch.
pub enum Launch {}
/// Policy agreed to the list of a launch: metadata, no password.
pub enum List {}
/// Policy agreed to a launch with what the person types; no password is fetched for it.
pub enum Typed {}
/// Policy agreed to showing or copying a password.
pub enum Reveal {}
/// Policy agreed to a change of the vault, or to looking through an organization.
pub enum Edit {}
/// Policy agreed to trying a key for *Password Access*: a password is fetched and dropped unread.
pub enum Test {}

mod sealed {
    #[expect(unnameable_types, reason = "sealed: nobody outside may implement it")]
    pub trait Sealed {}
    impl Sealed for super::Launch {}
    impl Sealed for super::Typed {}
    impl Sealed for super::Reveal {}
    impl Sealed for super::Test {}
}

/// The permits whose intent has to be on record before they are good for anything.
pub trait Recorded: sealed::Sealed + Send + 'static {}
impl Recorded for Launch {}
impl Recorded for Typed {}
impl Recorded for Reveal {}
impl Recorded for Test {}

/// The permits for which a password may be handed out: [`Launch`] and [`Reveal`], no other.
pub trait Releases: Recorded {}
impl Releases for Launch {}
impl Releases for Reveal {}

/// The proof that policy agreed to one action of one person. Used up by what it allows.
#[must_use = "a permit that is not used allows nothing"]
pub struct Permit<A> {
    person: PersonId,
    credential: Option<CredentialEntryId>,
    action: Action,
    kind: PhantomData<fn() -> A>,
}

impl<A> Permit<A> {
    /// Whom it was given to.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The credential entry it is about, for a launch or a reveal.
    #[must_use]
    pub fn credential(&self) -> Option<CredentialEntryId> {
        self.credential
    }

    /// What it allows.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }
}

/// Policy agreed to all of a commit; `action` is one of those it amounts to.
pub(super) fn agreed(person: PersonId, action: Action) -> Permit<Edit> {
    Permit { person, credential: None, action, kind: PhantomData }
}

pub(super) fn issue<A>(
    person: PersonId,
    credential: Option<CredentialEntryId>,
    action: Action,
    facts: &Facts,
) -> Result<Permit<A>, Denied> {
    decide(action, facts).map(|()| Permit { person, credential, action, kind: PhantomData })
}

/// May this person launch this session with this credential?
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_launch(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    credential: &CredentialEntry,
    given: Given<'_>,
) -> Result<Permit<Launch>, Denied> {
    launch(book, person, (session, credential), Asked::Now(given))
}

/// Could this person launch it, if they gave what is asked for at launch? For the list of a launch.
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_list(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    credential: &CredentialEntry,
) -> Result<Permit<List>, Denied> {
    launch(book, person, (session, credential), Asked::Later)
}

/// The same, for the window.
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn could_launch(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    credential: &CredentialEntry,
) -> Result<(), Denied> {
    may_list(book, person, session, credential).map(drop)
}

fn launch<A>(
    book: &Book,
    person: PersonId,
    (session, credential): (&SessionEntry, &CredentialEntry),
    asked: Asked<'_>,
) -> Result<Permit<A>, Denied> {
    let own = book.credential_of(session).is_some_and(|r| r.credential.id == credential.id);
    let action = if own { Action::Launch } else { Action::LaunchWithAnother };
    let act = Act { session: Some(session), credential: Some(credential), asked, ..Act::default() };
    issue(person, Some(credential.id), action, &act.facts(book, person))
}

/// May this person sign in to this session with what they type themselves?
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_ask_me(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    given: Given<'_>,
) -> Result<Permit<Typed>, Denied> {
    let act = Act { session: Some(session), asked: Asked::Now(given), ..Act::default() };
    issue(person, None, Action::AskMe, &act.facts(book, person))
}

/// Could this person, if they gave what is asked for then? For the window.
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn could_ask_me(book: &Book, person: PersonId, session: &SessionEntry) -> Result<(), Denied> {
    let act = Act { session: Some(session), asked: Asked::Later, ..Act::default() };
    decide(Action::AskMe, &act.facts(book, person))
}

/// May this person show or copy this entry's password? `action` is one of the two.
///
/// # Errors
/// [`Denied`] with what is missing; also for any other action.
pub fn may_reveal(
    book: &Book,
    person: PersonId,
    credential: &CredentialEntry,
    action: Action,
    given: Given<'_>,
) -> Result<Permit<Reveal>, Denied> {
    reveal(book, person, credential, action, Asked::Now(given))
}

/// Could this person, if they gave what is asked for then? For the window.
///
/// # Errors
/// [`Denied`] with what is missing; also for any other action.
pub fn could_reveal(
    book: &Book,
    person: PersonId,
    credential: &CredentialEntry,
    action: Action,
) -> Result<(), Denied> {
    let permit: Permit<List> = reveal(book, person, credential, action, Asked::Later)?;
    drop(permit);
    Ok(())
}

fn reveal<A>(
    book: &Book,
    person: PersonId,
    credential: &CredentialEntry,
    action: Action,
    asked: Asked<'_>,
) -> Result<Permit<A>, Denied> {
    if !matches!(action, Action::ShowPassword | Action::CopyPassword) {
        return Err(Denied { action, lacking: Lacking::OnCredential(Right::ViewPassword) });
    }
    let act = Act { credential: Some(credential), asked, ..Act::default() };
    issue(person, Some(credential.id), action, &act.facts(book, person))
}

/// May this person try the keys of accounts for *Password Access*?
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_test(
    book: &Book,
    person: PersonId,
    by_passphrase: bool,
) -> Result<Permit<Test>, Denied> {
    let facts = Act { by_passphrase, ..Act::default() }.facts(book, person);
    issue(person, None, Action::TestPasswordAccess, &facts)
}

/// May this person do this to the vault? For everything but launching and revealing.
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_act(
    book: &Book,
    person: PersonId,
    action: Action,
    act: &Act<'_>,
) -> Result<Permit<Edit>, Denied> {
    issue(person, act.credential.map(|c| c.id), action, &act.facts(book, person))
}

/// The first permit of a vault: whoever makes it becomes its administrator.
///
/// # Errors
/// [`Denied`] as soon as there is anybody in the vault.
pub fn may_found(book: &Book, person: PersonId) -> Result<Permit<Edit>, Denied> {
    let administrator = book.people.is_empty();
    let facts = Facts { administrator, proven_by_passphrase: true, ..Facts::default() };
    issue(person, None, Action::ManagePeople, &facts)
}
