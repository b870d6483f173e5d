//! The world's host, and the injector that signs in to it: at once, while the session is opened.

use super::{World, at_once};
use crate::Secret;
use crate::entry::{HostCertificate, Spki};
use crate::ports::{
    Again, Client, Controls, End, Handoff, Injector, Lease, OpenError, OpenSession, Outcome,
    Preflight, PreflightError, SessionControl, Takes, Target, Traffic, Unreachable,
};
use crate::time::Moment;

impl Injector for World {
    async fn preflight(&self, _: &Target) -> Result<Preflight, PreflightError> {
        self.now_happens("preflight");
        let key = self.state().host_shows;
        let key = key.ok_or(PreflightError::Unreachable(Unreachable::NameNotFound))?;
        Ok(Preflight { certificate: certificate(key), takes: self.takes() })
    }

    async fn open<L: Lease>(
        &self,
        session: OpenSession,
        mut lease: L,
    ) -> Result<(Handoff, SessionControl), OpenError> {
        if !self.state().client_comes {
            return Err(OpenError::NoListener);
        }
        self.now_happens("client");
        // One that has to wait for IT Glue is dropped, as by a session that is ended meanwhile.
        let way = self.takes();
        let taken = at_once(lease.take(way)).map(|taken| taken.map(drop));
        self.state().taken.extend(taken.clone());
        self.now_happens("taken");
        if self.state().breaks_off {
            lease.unjudged().await;
        }
        if self.state().takes_again {
            let spent = lease.take(way).await.map(drop);
            let renewed = lease.renew(Again::LineLost).await;
            let again = lease.take(way).await.map(drop);
            self.state().taken.extend([spent, renewed, again]);
        }
        let early_losses = self.state().early_losses;
        for _ in 0..early_losses {
            let renewed = lease.renew(Again::LineLost).await;
            let again = lease.take(way).await.map(drop);
            self.state().taken.push(renewed.and(again));
        }
        let lost = self.state().lines_lost.clone();
        for (told, why) in lost {
            lease.report(Outcome::HostAccepted(told)).await;
            let renewed = lease.renew(why).await;
            self.state().taken.push(renewed);
        }
        let reports = self.state().reports.clone();
        match taken {
            Some(Err(error)) if !reports.is_empty() => {
                lease.report(Outcome::Ended(End::NotReleased(error))).await;
            }
            Some(Err(_)) => {}
            Some(Ok(())) | None => {
                for seen in reports {
                    lease.report(seen).await;
                }
            }
        }
        let handoff = Handoff {
            address: ([127, 0, 0, 1], 1).into(),
            user: String::new(),
            password: Secret::new(String::new()),
            certificate_sha256: [0; 32],
            title: session.title,
            devices: session.devices,
            display: session.display,
        };
        Ok((handoff, SessionControl::new(Loose)))
    }
}

impl World {
    fn takes(&self) -> Takes {
        if self.state().takes_tls { Takes::Tls } else { Takes::Nla }
    }
}

/// A session that is over before anybody could do anything to it.
struct Loose;

impl Controls for Loose {
    fn end(&self) {}

    fn sign_in_again(&self) -> bool {
        false
    }

    fn serve(&self, _: Client) {}

    fn strike_files(&self) {}

    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

pub(crate) fn certificate(key: u8) -> HostCertificate {
    HostCertificate {
        spki: Spki([key; 32]),
        sha256: [key; 32],
        subject: String::new(),
        issuer: String::new(),
        not_before: Moment::from_unix_millis(0),
        not_after: Moment::from_unix_millis(1),
        publicly_trusted: false,
    }
}
