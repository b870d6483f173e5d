//! Linking: giving a session a credential, or another host once it has one.

use crate::book::Book;
use crate::entry::{Credentials, SessionEntry, Vouched};
use crate::error::{Error, Missing};
use crate::ids::{CredentialEntryId, PersonId};
use crate::policy::{Act, Action, Denied, Edit, Permit, may_act};
use crate::rights::{Object, Right};

/// Policy's permit for a session as it is to be, and the session with its vouching as that permit
/// allows: kept, made anew by somebody with Edit on the credential, or dropped.
pub(super) fn permit(
    book: &Book,
    person: PersonId,
    mut session: SessionEntry,
    creating: bool,
) -> Result<(Permit<Edit>, SessionEntry), Error> {
    let resolved = book.credential_of(&session).map(|r| r.credential);
    if resolved.is_none() && matches!(session.credentials, Credentials::Linked(_)) {
        return Err(Error::NotFound(Missing::Credential));
    }
    let host = session.kind.host().clone();
    let act = Act {
        session: Some(&session),
        credential: resolved,
        folder: Some(session.folder),
        host: Some(&host),
        creating,
        ..Act::default()
    };
    let action = match (resolved, creating) {
        (Some(_), _) => Action::Link,
        (None, true) => Action::CreateSession,
        (None, false) => Action::RenameSession,
    };
    let permit = may_act(book, person, action, &act)?;
    session.vouched = mark(book, person, &session);
    Ok((permit, session))
}

/// The mark that this session carries when this person links it: none where the host is allowed
/// anyway or nobody may vouch, the one it has where it still stands, a new one by an editor.
pub(super) fn mark(book: &Book, person: PersonId, session: &SessionEntry) -> Option<Vouched> {
    let credential = book.credential_of(session)?.credential;
    vouch(book, person, session, credential)
}

fn vouch(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    credential: &crate::entry::CredentialEntry,
) -> Option<Vouched> {
    let host = session.kind.host();
    if credential.may_be_sent(host, session.kind.gateway()) {
        return None;
    }
    if book.is_vouched(session, credential.id) {
        return session.vouched.clone();
    }
    let edits = book.rights(person, Object::Credential(credential.id)).has(Right::Edit);
    edits.then(|| Vouched { credential: credential.id, host: host.clone(), by: person })
}

/// Whoever names a credential entry must see it.
pub(super) fn may_see(
    book: &Book,
    person: PersonId,
    credential: CredentialEntryId,
) -> Result<(), Error> {
    let credential = Some(book.credential(credential)?);
    let act = Act { credential, ..Act::default() };
    may_act(book, person, Action::SeeCredential, &act).map(drop)?;
    Ok(())
}

/// May this change of a folder give sessions below another credential than they had? Each is a link
/// by this person. None is vouched for on the way: a session whose host is not among the allowed
/// hosts cannot be launched until somebody with Edit on the credential saves that session.
pub(super) fn may_hand_down(before: &Book, after: &Book, person: PersonId) -> Result<(), Denied> {
    let credential_in = |book: &Book, session: &SessionEntry| {
        book.credential_of(session).map(|resolved| resolved.credential.id)
    };
    for session in after.sessions.values() {
        let Some(resolved) = after.credential_of(session) else { continue };
        if credential_in(before, session) == Some(resolved.credential.id) {
            continue;
        }
        let act = Act {
            session: Some(session),
            credential: Some(resolved.credential),
            folder: Some(session.folder),
            host: Some(session.kind.host()),
            ..Act::default()
        };
        drop(may_act(after, person, Action::Link, &act)?);
    }
    Ok(())
}

/// Whether saving this session as it is would vouch for its host anew.
pub(super) fn would_vouch(book: &Book, person: PersonId, session: &SessionEntry) -> bool {
    let mark = mark(book, person, session);
    mark.is_some() && mark != session.vouched
}
