//! Trusting a host's certificate.

use usher_core::certificates::{self, KeyTrust, Shown};
use usher_core::entry::{HostCertificate, TrustedCertificate};
use usher_core::error::{Error, Missing};
use usher_core::ids::SessionEntryId;
use usher_core::launch::Wanted;
use usher_core::ports::{Ports, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::certificate::{host_takes, row, unhex};
use crate::map::failure;
use crate::map::may::may;
use crate::map::people::administrators;
use crate::map::read_only;
use crate::protocol::{DeniedWhy, Failure, HostLook, Launch, May, Reply};

/// What the session's host shows, without any credential.
pub(super) async fn look<P: Ports>(desk: &Desktop<P>, session: &str) -> Answer {
    let session = forms::id("session", session)?;
    let looked = match certificates::look(desk.ports.as_ref(), desk.unlock, session).await {
        Ok(looked) => looked,
        Err(error) => return Err(explain(desk, &error, None).await),
    };
    let look = match looked {
        Err(error) => HostLook::Unreachable { failure: failure::plain(&Error::Preflight(error)) },
        Ok(shown) => described(desk, session, shown).await?,
    };
    Ok(Reply::HostLook { look })
}

async fn described<P: Ports>(
    desk: &Desktop<P>,
    session: SessionEntryId,
    Shown { preflight, trust: standing }: Shown,
) -> Result<HostLook, Failure> {
    let (certificate, takes) = (row(&preflight.certificate), host_takes(preflight.takes));
    let (trust, ask) = asked_of(desk, session).await?;
    Ok(match standing {
        KeyTrust::Trusted => HostLook::Trusted { certificate, takes },
        KeyTrust::Public => HostLook::Public { certificate, takes },
        KeyTrust::Unknown => HostLook::Unknown { shown: certificate, takes, trust, ask },
        KeyTrust::Changed(before) => HostLook::Changed {
            shown: certificate,
            before: row(&before.certificate),
            takes,
            trust,
            ask,
        },
    })
}

/// Whether this person may trust a certificate of the session's host, and who else to ask.
async fn asked_of<P: Ports>(
    desk: &Desktop<P>,
    session: SessionEntryId,
) -> Result<(May, Vec<String>), Failure> {
    let book = desk.ports.store().book().await?;
    let session = book.session(session).map_err(|error| failure::plain(&error))?;
    let mut trust = may(&certificates::may_trust(&book, desk.person, session));
    if desk.open.read_only {
        read_only::stop(&mut trust);
    }
    Ok((trust, administrators(&book)))
}

/// The question that a launch stops at.
pub(super) async fn question<P: Ports>(
    desk: &Desktop<P>,
    wanted: &Wanted,
    shown: &HostCertificate,
    before: Option<&TrustedCertificate>,
) -> Answer {
    let (mut trust, ask) = asked_of(desk, wanted.session).await?;
    let book = desk.ports.store().book().await?;
    let session = book.session(wanted.session).map_err(|error| failure::plain(&error))?;
    if wanted.credential.is_some() && book.credential_of(session).is_none() {
        // Trust is for what the session itself sends there, which is nothing of this entry's.
        trust = May::No { why: DeniedWhy::NoCredential };
    }
    let launch = Launch::NeedsTrust {
        shown: row(shown),
        before: before.map(|b| row(&b.certificate)),
        host: session.kind.host().to_string(),
        trust,
        ask,
    };
    Ok(Reply::Launch { launch })
}

pub(super) async fn trust<P: Ports>(desk: &Desktop<P>, session: &str, sha256: &str) -> Answer {
    let session = forms::id("session", session)?;
    let Some(sha256) = unhex(sha256) else {
        return Err(failure::plain(&Error::NotFound(Missing::Certificate)));
    };
    match certificates::trust(desk.ports.as_ref(), desk.unlock, session, sha256).await {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}
