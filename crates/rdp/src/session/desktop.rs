//! The relay, and what its end means for the session.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;
use tokio_rustls::server::TlsStream;
use usher_core::ports::{
    Acceptance, End, Lease, Outcome, Refusal, Takes, Unreachable, Unsupported,
};

use super::Session;
use super::sign_in::Line;
use crate::pdu::HostReason;
use crate::relay::{How, Relay, RelayEnd, Side, Sight};
use crate::target::{HostStream, takes};

/// How a line came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Before a desktop was seen: what it means where there is nothing to come back to.
    Early(End),
    /// The line to this side was lost.
    Lost(Side),
    /// It was dropped, for the person to be signed in again.
    ToSignInAgain,
    /// The session is over.
    Over(End),
}

/// How far the session has come, over all its lines.
#[derive(Default)]
pub(super) struct Up {
    since: Option<Instant>,
    desktop: bool,
}

impl Up {
    /// Whether a desktop was ever seen.
    pub(super) fn had_desktop(&self) -> bool {
        self.desktop
    }

    /// The end of a session that is closed now.
    pub(super) fn closed(&self) -> End {
        End::Closed { lasted: self.since.map_or(Duration::ZERO, |since| since.elapsed()) }
    }
}

impl Session {
    /// Relays until the line is lost or somebody ends the session.
    pub(super) async fn desktop<L: Lease>(
        &self,
        line: Line,
        lease: &Mutex<L>,
        up: &mut Up,
    ) -> Left {
        let takes = takes(line.protocol);
        up.since = up.since.or(line.accepted);
        let (told, mut sight) = watch::channel(Sight::Nothing);
        let mut relay = pin!(self.relay(line, told).run());
        let mut again = pin!(self.wishes.again());
        let (mut known, mut wanted) = (Sight::Nothing, false);
        loop {
            let ended = tokio::select! {
                biased;
                Ok(()) = sight.changed() => None,
                end = &mut relay => Some(end),
                () = &mut again, if !wanted => {
                    wanted = true;
                    None
                }
            };
            let seen = *sight.borrow_and_update();
            if seen > known {
                known = seen;
                self.seen(seen, takes, lease, up).await;
            }
            match ended {
                Some(end) if known == Sight::Nothing => return early(&end, takes, up),
                Some(end) => return later(&end, up),
                // Dropping the relay closes both lines at once and without a goodbye, so that the
                // client takes it for a lost line and comes back by itself. Before it has a desktop it
                // would give up.
                None if wanted && known != Sight::Nothing => return Left::ToSignInAgain,
                None => {}
            }
        }
    }

    /// What the host shows. Of one with network level authentication nothing more is to be learnt.
    async fn seen<L: Lease>(&self, sight: Sight, takes: Takes, lease: &Mutex<L>, up: &mut Up) {
        up.desktop = true;
        up.since.get_or_insert_with(Instant::now);
        let how = match sight {
            Sight::SignedIn => Acceptance::Said,
            Sight::Nothing | Sight::Desktop => Acceptance::DesktopOnly,
        };
        if takes == Takes::Tls {
            lease.lock().await.report(Outcome::HostAccepted(how)).await;
        }
    }

    fn relay(
        &self,
        line: Line,
        sight: watch::Sender<Sight>,
    ) -> Relay<TlsStream<TcpStream>, HostStream> {
        Relay {
            client: line.client,
            host: line.host,
            protocol: line.protocol.bits(),
            info: line.info,
            devices: self.wishes.allowed(&self.devices),
            dynamic_resolution: self.dynamic_resolution,
            traffic: Arc::clone(&self.wishes.traffic),
            sight,
        }
    }
}

/// An end before the desktop. A host without network level authentication that closes then has had
/// the credential, and wants nobody with it.
fn early(end: &RelayEnd, takes: Takes, up: &Up) -> Left {
    match (end.how, takes) {
        (How::Redirected, _) => Left::Over(End::Unsupported(Unsupported::Redirection)),
        (_, Takes::Nla) => Left::Early(up.closed()),
        (How::Closed(Side::Host) | How::Broke(Side::Host), Takes::Tls) => {
            Left::Over(End::HostRefused(refusal(end.host_said)))
        }
        (How::Nonsense(Side::Host), Takes::Tls) => {
            Left::Early(End::HostUnreachable(Unreachable::NotRdp))
        }
        (
            How::Closed(Side::Client)
            | How::Broke(Side::Client)
            | How::Nonsense(Side::Client)
            | How::Silent,
            Takes::Tls,
        ) => Left::Early(End::ClientLeftEarly),
    }
}

fn refusal(said: Option<HostReason>) -> Refusal {
    match said {
        Some(HostReason::WantsCredential) => Refusal::LogonFailure,
        Some(HostReason::Denied) => Refusal::NotPermitted,
        Some(_) | None => Refusal::Unexplained,
    }
}

fn later(end: &RelayEnd, up: &Up) -> Left {
    match (end.how, end.lost()) {
        (How::Redirected, _) => Left::Over(End::Unsupported(Unsupported::Redirection)),
        (_, Some(side)) => Left::Lost(side),
        (_, None) => Left::Over(up.closed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(how: How) -> RelayEnd {
        RelayEnd { how, client_asked: false, host_left: false, host_said: None }
    }

    #[test]
    fn a_tls_host_that_closes_before_the_desktop_has_refused() {
        let closed = ended(How::Closed(Side::Host));
        let refused = |why| Left::Over(End::HostRefused(why));
        assert_eq!(early(&closed, Takes::Tls, &Up::default()), refused(Refusal::Unexplained));
        let denied = RelayEnd { host_said: Some(HostReason::Denied), ..closed };
        assert_eq!(early(&denied, Takes::Tls, &Up::default()), refused(Refusal::NotPermitted));
    }

    #[test]
    fn a_client_that_leaves_before_the_desktop_has_refused_nothing() {
        for how in [How::Closed(Side::Client), How::Silent, How::Nonsense(Side::Client)] {
            let left = early(&ended(how), Takes::Tls, &Up::default());
            assert_eq!(left, Left::Early(End::ClientLeftEarly));
        }
        let closed = End::Closed { lasted: Duration::ZERO };
        let left = early(&ended(How::Closed(Side::Host)), Takes::Nla, &Up::default());
        assert_eq!(left, Left::Early(closed));
    }

    #[test]
    fn a_lost_line_is_waited_for_and_an_end_is_not() {
        let lost = ended(How::Broke(Side::Host));
        assert_eq!(later(&lost, &Up::default()), Left::Lost(Side::Host));
        let closed = Left::Over(End::Closed { lasted: Duration::ZERO });
        let asked = RelayEnd { client_asked: true, ..lost };
        assert_eq!(later(&asked, &Up::default()), closed);
        let redirected = Left::Over(End::Unsupported(Unsupported::Redirection));
        assert_eq!(later(&ended(How::Redirected), &Up::default()), redirected);
    }
}
