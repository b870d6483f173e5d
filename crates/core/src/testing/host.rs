//! The world's host, and the injector that signs in to it: at once, while the session is opened.

use super::{World, characters};
use crate::Secret;
use crate::entry::{HostCertificate, Spki};
use crate::ports::{
    End, Handoff, Injector, Lease, OpenError, OpenSession, Outcome, Preflight, PreflightError,
    SessionControl, Target, Unreachable,
};
use crate::time::Moment;

/// A host with a publicly valid certificate.
#[derive(Debug, Clone)]
pub(crate) struct HostStandIn {
    /// What the injector sees of a session after the password was released.
    pub(crate) then: Vec<Outcome>,
}

impl Injector for World {
    async fn preflight(&self, _: &Target) -> Result<Preflight, PreflightError> {
        let up = self.state().host.is_some();
        let found = up.then(|| Preflight { certificate: certificate() });
        found.ok_or(PreflightError::Unreachable(Unreachable::NameNotFound))
    }

    async fn open<L: Lease>(
        &self,
        session: OpenSession,
        mut lease: L,
    ) -> Result<(Handoff, SessionControl), OpenError> {
        let host = self.state().host.clone().ok_or(OpenError::NoListener)?;
        lease.report(Outcome::ClientSignedIn).await;
        match lease.take().await {
            Ok(sign_in) => {
                assert!(!characters(&sign_in.password).is_empty());
                for seen in host.then {
                    lease.report(seen).await;
                }
            }
            Err(error) => lease.report(Outcome::Ended(End::NotReleased(error))).await,
        }
        let handoff = Handoff {
            address: ([127, 0, 0, 1], 1).into(),
            user: String::new(),
            password: Secret::new(String::new()),
            certificate_sha256: [0; 32],
            title: session.title,
        };
        Ok((handoff, SessionControl::new(|| {})))
    }
}

fn certificate() -> HostCertificate {
    HostCertificate {
        spki: Spki([1; 32]),
        sha256: [1; 32],
        subject: String::new(),
        issuer: String::new(),
        not_before: Moment::from_unix_millis(0),
        not_after: Moment::from_unix_millis(1),
        publicly_trusted: true,
    }
}
