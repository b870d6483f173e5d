//! Looking at what a session's host shows, before anything is launched. No credential is involved.

use super::{KeyTrust, Shown};
use crate::actor::{self, Actor};
use crate::book::Book;
use crate::entry::SessionEntry;
use crate::error::{Error, StoreError};
use crate::ids::{PersonId, SessionEntryId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, may_act};
use crate::ports::{Injector, Ports, PreflightError, Target, Unsupported};

/// What came of looking: a host that cannot be reached is an answer too.
pub type Look = Result<Shown, PreflightError>;

/// Looks at the session's host: whoever sees the session may.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`]; a conflict as [`Error::Store`] where the session goes to
/// another host by now.
pub async fn look<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    session: SessionEntryId,
) -> Result<Look, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let session = book.session(session)?;
    may_see(&book, person, session)?;
    if session.kind.gateway().is_some() {
        return Ok(Err(PreflightError::Unsupported(Unsupported::Gateway)));
    }
    let (host, port) = session.kind.address();
    let target = Target { host: host.clone(), port };
    let found = ports.injector().preflight(&target).await;
    // The host took its time.
    let Actor { person, book: now, .. } = actor::now(ports, unlock).await?;
    let asked_for = &session.kind;
    let session = now.session(session.id)?;
    may_see(&now, person, session)?;
    if session.kind.address() != asked_for.address() {
        return Err(Error::Store(StoreError::Conflict));
    }
    let typed = now.credential_of(session).is_none();
    Ok(found.map(|preflight| {
        let trust = KeyTrust::of(&now, &target, &preflight.certificate, typed);
        Shown { preflight, trust }
    }))
}

fn may_see(book: &Book, person: PersonId, session: &SessionEntry) -> Result<(), Denied> {
    let act = Act { session: Some(session), ..Act::default() };
    may_act(book, person, Action::SeeSession, &act).map(drop)
}
