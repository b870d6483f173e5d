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
    let vouched = resolved.and_then(|c| vouch(book, person, &session, c));
    session.vouched = vouched;
    Ok((permit, session))
}

/// The mark that this session carries when this person links it: none where the host is allowed
/// anyway or nobody may vouch, the one it has where it still stands, a new one by an editor.
fn vouch(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
    credential: &crate::entry::CredentialEntry,
) -> Option<Vouched> {
    let host = session.kind.host();
    if credential.allowed_hosts.allow(host) {
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

/// May the folder hand this credential down to every session that would inherit it?
pub(super) fn hand_down(
    book: &Book,
    person: PersonId,
    sessions: &[&SessionEntry],
    credential: &crate::entry::CredentialEntry,
) -> Result<Vec<SessionEntry>, Denied> {
    let mut vouched = Vec::new();
    for session in sessions {
        let host = session.kind.host();
        let act = Act {
            session: Some(session),
            credential: Some(credential),
            folder: Some(session.folder),
            host: Some(host),
            ..Act::default()
        };
        drop(may_act(book, person, Action::Link, &act)?);
        let answer = vouch(book, person, session, credential);
        if answer != session.vouched {
            let version = session.version.next();
            vouched.push(SessionEntry { vouched: answer, version, ..(*session).clone() });
        }
    }
    Ok(vouched)
}
