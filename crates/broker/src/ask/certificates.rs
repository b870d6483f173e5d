//! Trusting a host's certificate.

use usher_core::certificates;
use usher_core::entry::{HostCertificate, TrustedCertificate};
use usher_core::error::{Error, Missing};
use usher_core::ids::SessionEntryId;
use usher_core::ports::{Ports, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::map::certificate::{row, unhex};
use crate::map::failure;
use crate::map::may::may;
use crate::map::people::administrators;
use crate::map::read_only;
use crate::protocol::{Launch, Reply};

/// The question that a launch stops at.
pub(super) async fn question<P: Ports>(
    desk: &Desktop<P>,
    session: SessionEntryId,
    shown: &HostCertificate,
    before: Option<&TrustedCertificate>,
) -> Answer {
    let book = desk.ports.store().book().await?;
    let Some(session) = book.sessions.get(&session) else {
        return Err(failure::plain(&Error::NotFound(Missing::Session)));
    };
    let mut trust = may(&certificates::may_trust(&book, desk.person, session));
    if desk.open.read_only {
        read_only::stop(&mut trust);
    }
    let launch = Launch::NeedsTrust {
        shown: row(shown),
        before: before.map(|b| row(&b.certificate)),
        host: session.kind.host().to_string(),
        trust,
        ask: administrators(&book),
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
