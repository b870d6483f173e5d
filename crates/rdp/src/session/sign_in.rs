//! TLS to the host, then the real credential, in this order alone.

use ironrdp_pdu::nego::SecurityProtocol;
use sspi::credssp::EarlyUserAuthResult;
use tokio::sync::Mutex;
use tokio::time::Instant;
use usher_core::entry::Host;
use usher_core::error::{LeaseError, SourceError};
use usher_core::ports::{Acceptance, End, Lease, Outcome, SignIn, Takes, Unreachable};

use super::Session;
use super::attempt::{Admitted, ClientSide};
use super::wait::Failed;
use crate::framed::{Broken, Framed, step};
use crate::relay::ClientInfo;
use crate::target::{HostStream, Trusted, sign_in, takes};

/// A client and a host that are to talk to each other.
pub(super) struct Line {
    pub(super) client: ClientSide,
    pub(super) host: Framed<HostStream>,
    /// What the host chose.
    pub(super) protocol: SecurityProtocol,
    pub(super) info: ClientInfo,
    /// When the host accepted the credential; a host without network level authentication has not
    /// even seen it yet.
    pub(super) accepted: Option<Instant>,
}

impl Session {
    /// Signs in to the host for a client that has passed the one-time credential.
    pub(super) async fn sign_in<L: Lease>(
        &self,
        lease: &Mutex<L>,
        admitted: Admitted,
    ) -> Result<Line, Failed> {
        let Admitted { mut client, host, told } = admitted;
        // 2 TLS to the host, whose key must be the trusted one
        let protocol = host.protocol;
        let proved = self.tls.secure(host, &self.target).await;
        let proved = proved.map_err(|how| Failed::Passing(End::HostUnreachable(how)))?;
        let shown_another = |shown: Box<_>| Failed::Over(End::CertificateChanged(*shown));
        let host = proved.trusted(&self.trusted).map_err(shown_another)?;
        // 3 only now the real credential
        let takes = takes(protocol);
        let credential = released(lease, &mut client, takes).await?;
        // 4 it goes to the host: by CredSSP, where it is dropped, or later with the Client Info
        let given = match takes {
            Takes::Nla => by_credssp(host, (&self.target.host, protocol), credential).await,
            Takes::Tls => Ok(by_client_info(host, credential)),
        };
        tell(&mut client, told, given.is_ok()).await;
        let Given { host, info, accepted } = match given {
            Ok(given) => given,
            Err(end) => return Err(given_up(lease, end).await),
        };
        // With a code that is used up nobody could come back.
        if !self.gate.is_dead() {
            self.wishes.await_click();
        }
        if accepted.is_some() {
            lease.lock().await.report(Outcome::HostAccepted(Acceptance::Said)).await;
        }
        Ok(Line { client, host, protocol, info, accepted })
    }
}

/// The credential, unless the client leaves while it is fetched.
async fn released<L: Lease>(
    lease: &Mutex<L>,
    client: &mut ClientSide,
    way: Takes,
) -> Result<SignIn, Failed> {
    let mut lease = lease.lock().await;
    let taken = tokio::select! {
        taken = lease.take(way) => Some(taken),
        () = client.closed() => None,
    };
    let Some(taken) = taken else {
        lease.withdrawn().await;
        return Err(Failed::Client);
    };
    taken.map_err(withheld)
}

/// What is only in the way just now: the person's network is not back yet, or the vault was locked.
fn withheld(error: LeaseError) -> Failed {
    let passes = matches!(
        error,
        LeaseError::Locked | LeaseError::Source(SourceError::Unreachable | SourceError::TimedOut)
    );
    let end = End::NotReleased(error);
    if passes { Failed::Passing(end) } else { Failed::Over(end) }
}

/// A host that has the credential, or will have it, and when it said yes.
struct Given {
    host: Framed<HostStream>,
    info: ClientInfo,
    accepted: Option<Instant>,
}

async fn by_credssp(
    host: Trusted,
    (name, protocol): (&Host, SecurityProtocol),
    credential: SignIn,
) -> Result<Given, End> {
    let user = credential.user.clone();
    let host = sign_in(host, name, protocol, credential).await?;
    let info = ClientInfo { user, password: None };
    Ok(Given { host, info, accepted: Some(Instant::now()) })
}

fn by_client_info(host: Trusted, credential: SignIn) -> Given {
    let SignIn { user, password } = credential;
    let info = ClientInfo { user, password: Some(password) };
    Given { host: host.framed, info, accepted: None }
}

/// A line that broke before the host could judge is tried again with the client's next connection; what
/// came of this one is said here, since no end follows. A host that refused, or may have, is never asked
/// again with the same record by itself.
async fn given_up<L: Lease>(lease: &Mutex<L>, end: End) -> Failed {
    if end != End::HostUnreachable(Unreachable::BrokenOff) {
        return Failed::Over(end);
    }
    lease.lock().await.unjudged().await;
    Failed::Passing(end)
}

/// A client of `HYBRID_EX` waits for the host's verdict (MS-RDPBCGR 2.2.10.2); others just go on.
async fn tell(client: &mut ClientSide, told: SecurityProtocol, accepted: bool) {
    if !told.contains(SecurityProtocol::HYBRID_EX) {
        return;
    }
    let verdict =
        if accepted { EarlyUserAuthResult::Success } else { EarlyUserAuthResult::AccessDenied };
    let mut bytes = Vec::new();
    let encoded = verdict.to_buffer(&mut bytes).map_err(|_| Broken::Nonsense);
    if encoded.is_err() || step(client.send(&bytes)).await.is_err() {
        tracing::debug!("The client was gone before it heard the verdict");
    }
}
