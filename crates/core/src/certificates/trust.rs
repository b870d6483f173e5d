//! Trusting a host's certificate: by whoever may link the credential, or may see its password; where
//! only what people type is sent, by whoever may say where it is sent.

use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::{Credentials, Host, Port, SessionEntry, TrustedCertificate, fingerprint};
use crate::error::{Error, Missing, StoreError};
use crate::ids::{PersonId, SessionEntryId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, Edit, Permit, may_act};
use crate::ports::{Clock, Injector, Ports, Target};

/// Trusts the certificate with this SHA-256 for the session's host, if the host still shows it.
///
/// The host is asked again, so that what is trusted is what the person saw and nothing that a
/// message claims.
///
/// # Errors
/// [`Error::NotFound`] where the host shows another certificate by now; [`Error::Denied`]; a conflict
/// as [`Error::Store`] where the session goes to another host by now.
pub async fn trust<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    session: SessionEntryId,
    sha256: [u8; 32],
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let session = book.session(session)?;
    drop(may_trust(&book, person, session)?);
    let (host, port) = session.kind.address();
    let target = Target { host: host.clone(), port };
    let shown = ports.injector().preflight(&target).await.map_err(Error::Preflight)?.certificate;
    // The host took its time: what was allowed then must be allowed now, and for the same host.
    let Actor { person, book: now, .. } = actor::now(ports, unlock).await?;
    let asked_for = &session.kind;
    let session = now.session(session.id)?;
    let permit = may_trust(&now, person, session)?;
    if session.kind.address() != asked_for.address() {
        return Err(Error::Store(StoreError::Conflict));
    }
    if shown.sha256 != sha256 {
        return Err(Error::NotFound(Missing::Certificate));
    }
    let event = audit::event(ports, person, What::CertificateTrusted, host.as_str());
    let details =
        vec![("sha256", fingerprint(&shown.sha256)), ("session", session.name.to_string())];
    let credential = now.credential_of(session).map(|resolved| resolved.credential);
    let about = About::session(session, credential);
    let event = AuditEvent { about, details, ..event };
    let trusted = TrustedCertificate {
        typed_only: typed_only(&now, (host, port)),
        host: target.host.clone(),
        port: target.port,
        certificate: shown,
        by: person,
        at: ports.clock().now(),
    };
    deed::commit(ports, permit, vec![event], vec![Change::PutCertificate(trusted)]).await?;
    Ok(())
}

/// Whether this person may trust a certificate of this session's host, new or changed.
///
/// Trust stands for a host and port, so it takes the right for everything that a session sends
/// there: who may use a weak credential must not open the line for a strong one.
///
/// # Errors
/// [`Denied`] with what is missing; they read whom to ask.
pub fn may_trust(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
) -> Result<Permit<Edit>, Denied> {
    let address = session.kind.address();
    for other in going_to(book, address) {
        let sends = book.credential_of(other).is_some() || other.credentials == Credentials::AskMe;
        if sends {
            drop(may_send_there(book, person, other)?);
        }
    }
    may_send_there(book, person, session)
}

fn may_send_there(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
) -> Result<Permit<Edit>, Denied> {
    let (host, port) = session.kind.address();
    let known = book.certificates.get(&(host.clone(), port));
    // What was trusted for credential entries gives way to what is trusted for typing only where an
    // administrator says so: else it would be forgotten, and the next key be the first.
    let gives_way = known.is_some_and(|known| !known.typed_only) && !book.is_administrator(person);
    let typed_only = session.credentials == Credentials::AskMe && !gives_way;
    let action = match known.filter(|known| typed_only || !known.typed_only) {
        Some(_) => Action::TrustChangedCertificate,
        None => Action::TrustNewCertificate,
    };
    let act = Act {
        session: Some(session),
        credential: book.credential_of(session).map(|resolved| resolved.credential),
        host: Some(host),
        typed_only,
        ..Act::default()
    };
    may_act(book, person, action, &act)
}

/// Whether no credential entry is sent to this address, only what people type. What is trusted then
/// is trusted for that alone: else whoever may make a session could open the line to a machine of
/// theirs before anybody links a credential to it.
pub(crate) fn typed_only(book: &Book, address: (&Host, Port)) -> bool {
    going_to(book, address).all(|session| book.credential_of(session).is_none())
}

fn going_to<'a>(
    book: &'a Book,
    address: (&'a Host, Port),
) -> impl Iterator<Item = &'a SessionEntry> {
    book.sessions.values().filter(move |session| session.kind.address() == address)
}
