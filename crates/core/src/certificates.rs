//! Trusting a host's certificate: by whoever may link the credential, or may see its password.

use crate::actor::{self, Actor};
use crate::audit::{self, AuditEvent, What};
use crate::book::{Book, Change};
use crate::entry::{CredentialEntry, SessionEntry, SessionKind, TrustedCertificate, fingerprint};
use crate::error::{Error, Missing};
use crate::ids::{PersonId, SessionEntryId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Denied, Edit, Permit, may_act};
use crate::ports::{Clock, Injector, Notice, Notices, Ports, Store, Target};

/// Trusts the certificate with this SHA-256 for the session's host, if the host still shows it.
///
/// The host is asked again, so that what is trusted is what the person saw and nothing that a
/// message claims.
///
/// # Errors
/// [`Error::NotFound`] where the host shows another certificate by now; [`Error::Denied`].
pub async fn trust<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    session: SessionEntryId,
    sha256: [u8; 32],
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let session = book.session(session)?;
    drop(may_trust(&book, person, session)?);
    let SessionKind::Rdp { host, port } = &session.kind;
    let target = Target { host: host.clone(), port: *port };
    let shown = ports.injector().preflight(&target).await.map_err(Error::Preflight)?.certificate;
    // The host took its time: what was allowed then must be allowed now.
    let book = ports.store().book().await?;
    let session = book.session(session.id)?;
    let permit = may_trust(&book, person, session)?;
    if shown.sha256 != sha256 {
        return Err(Error::NotFound(Missing::Certificate));
    }
    let event = audit::event(ports, person, What::CertificateTrusted, host.as_str());
    let details =
        vec![("sha256", fingerprint(&shown.sha256)), ("session", session.name.to_string())];
    audit::record(ports, AuditEvent { details, ..event }).await?;
    let trusted = TrustedCertificate {
        host: target.host,
        port: target.port,
        certificate: shown,
        by: person,
        at: ports.clock().now(),
    };
    ports.store().commit(permit, vec![Change::PutCertificate(trusted)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}

/// Whether this person may trust a certificate of this session's host, new or changed.
///
/// Trust stands for a host and port, so it takes the right for every credential that a session
/// sends there: who may use a weak one must not open the line for a strong one.
///
/// # Errors
/// [`Denied`] with what is missing; they read whom to ask.
pub fn may_trust(
    book: &Book,
    person: PersonId,
    session: &SessionEntry,
) -> Result<Permit<Edit>, Denied> {
    let SessionKind::Rdp { host, port } = &session.kind;
    let action = match book.certificates.get(&(host.clone(), *port)) {
        Some(_) => Action::TrustChangedCertificate,
        None => Action::TrustNewCertificate,
    };
    let act = |session, credential| Act {
        session: Some(session),
        credential,
        host: Some(host),
        ..Act::default()
    };
    for other in book.sessions.values().filter(|other| other.kind == session.kind) {
        if let Some(resolved) = book.credential_of(other) {
            drop(may_act(book, person, action, &act(session, Some(resolved.credential)))?);
        }
    }
    let credential: Option<&CredentialEntry> = book.credential_of(session).map(|r| r.credential);
    may_act(book, person, action, &act(session, credential))
}
