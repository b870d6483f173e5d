//! Trusting a host's certificate: by whoever may link the credential, or may see its password.

use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, What};
use crate::book::{Book, Change};
use crate::deed;
use crate::entry::{CredentialEntry, SessionEntry, TrustedCertificate, fingerprint};
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
        host: target.host,
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
    let (host, port) = session.kind.address();
    let action = match book.certificates.get(&(host.clone(), port)) {
        Some(_) => Action::TrustChangedCertificate,
        None => Action::TrustNewCertificate,
    };
    let act = |session, credential| Act {
        session: Some(session),
        credential,
        host: Some(host),
        ..Act::default()
    };
    let there = |other: &&SessionEntry| other.kind.address() == (host, port);
    for other in book.sessions.values().filter(there) {
        if let Some(resolved) = book.credential_of(other) {
            drop(may_act(book, person, action, &act(session, Some(resolved.credential)))?);
        }
    }
    let credential: Option<&CredentialEntry> = book.credential_of(session).map(|r| r.credential);
    may_act(book, person, action, &act(session, credential))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Outcome;
    use crate::policy::Lacking;
    use crate::rights::{Object, Right, Standing};
    use crate::testing::{
        AT_SRV1, BOB, DOMAIN_ADMIN, EVE, KEYS, Scene, World, at_once, edit, office, rdp,
    };

    fn trusts(scene: &Scene) -> Result<(), Error> {
        at_once(trust(scene.world.as_ref(), scene.unlock, AT_SRV1, [1; 32])).expect("ready")
    }

    fn eves() -> Scene {
        let scene = office();
        scene.world.shows(1);
        scene.asks(EVE);
        scene
    }

    #[test]
    fn whoever_may_link_it_or_sees_its_password_trusts_a_key_new_or_changed() {
        let scene = eves();
        assert_eq!(trusts(&scene), Ok(()));
        let done = [Outcome::Intended, Outcome::Done];
        assert_eq!(scene.world.outcomes(What::CertificateTrusted), done);
        scene.asks(BOB);
        assert!(matches!(trusts(&scene), Err(Error::Denied(_))), "he may only launch");
        scene.edit(|book| book.settings.technicians_trust_on_first_use = true);
        assert!(matches!(trusts(&scene), Err(Error::Denied(_))), "it is not the first one");
        scene.edit(|book| book.certificates.clear());
        assert_eq!(trusts(&scene), Ok(()));
        scene.edit(|book| book.settings.technicians_trust_on_first_use = false);
        scene.grants(0x60, BOB, Object::Folder(KEYS), &[Right::ViewPassword]);
        assert_eq!(trusts(&scene), Ok(()));
    }

    #[test]
    fn what_changes_while_the_host_answers_counts() {
        type Happens = fn(&World);
        let happenings: [(Happens, Error); 3] = [
            (|world| world.state().person = None, Error::Locked),
            (
                |world| {
                    edit(world, |book| {
                        book.people.get_mut(&EVE).expect("Eve").standing = Standing::Disabled;
                    });
                },
                Error::Locked,
            ),
            (
                |world| {
                    edit(world, |book| {
                        let entry = book.credentials.get_mut(&DOMAIN_ADMIN).expect("it");
                        entry.allowed_hosts = crate::testing::hosts(&["srv1", "srv2"]);
                        book.sessions.get_mut(&AT_SRV1).expect("it").kind = rdp("srv2");
                    });
                },
                Error::Store(StoreError::Conflict),
            ),
        ];
        for (happens, error) in happenings {
            let scene = eves();
            scene.meanwhile("preflight", happens);
            assert_eq!(trusts(&scene), Err(error));
            assert!(scene.world.book().certificates.is_empty());
        }
        let denied = eves();
        denied.meanwhile("preflight", |world| edit(world, |book| book.grants.clear()));
        let Err(Error::Denied(refused)) = trusts(&denied) else { panic!("not denied") };
        assert_eq!(refused.lacking, Lacking::OnSession(Right::Edit));
    }
}
