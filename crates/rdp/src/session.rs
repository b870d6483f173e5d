//! One session, from the client's first byte to the end of the relay.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ironrdp_pdu::nego::SecurityProtocol;
use sspi::credssp::EarlyUserAuthResult;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio_rustls::server::TlsStream;
use usher_core::entry::Spki;
use usher_core::ports::{Client, End, Lease, Outcome, SignIn, Target, Unsupported};

use crate::client_leg::{Leaf, NotAsked, Peer, admit, answer, read, whose};
use crate::framed::{Broken, Framed};
use crate::one_time::Gate;
use crate::relay::{Relay, RelayEnd};
use crate::target::{Answer, Refused, Tls, connect, keep_alive, negotiate, sign_in};

/// Clients open probing connections first (mstsc does); more than these are somebody guessing.
const MOST_ATTEMPTS: u8 = 5;

/// What one session works with.
pub(crate) struct Session {
    pub(crate) listener: TcpListener,
    pub(crate) leaf: Leaf,
    pub(crate) gate: Gate,
    pub(crate) tls: Tls,
    pub(crate) target: Target,
    pub(crate) trusted: Spki,
    pub(crate) patience: Duration,
}

/// A client that has passed the one-time credential, and the host's X.224 answer for it.
struct Admitted {
    client: Framed<TlsStream<TcpStream>>,
    host: Answer,
}

/// How one connection to the listener came to nothing.
enum Attempt {
    /// The next may do better.
    Failed,
    /// The session is over.
    Over(End),
}

impl Session {
    /// Runs the session to its end, which the caller reports.
    pub(crate) async fn run<L: Lease>(self, lease: Arc<Mutex<L>>) -> End {
        match self.through(lease).await {
            Ok(end) | Err(end) => end,
        }
    }

    /// The steps, with no way back.
    async fn through<L: Lease>(self, lease: Arc<Mutex<L>>) -> Result<End, End> {
        // 1 the client passes the one-time credential; the host was only asked for its protocol
        let Admitted { mut client, host } = self.admitted().await?;
        drop(self.listener);
        lease.lock().await.report(Outcome::ClientSignedIn).await;
        // 2 TLS to the host, whose key must be the trusted one
        let protocol = host.protocol;
        let proved = self.tls.connect(host.stream, &self.target.host).await;
        let proved = proved.map_err(End::HostUnreachable)?;
        let shown_another = |shown: Box<_>| End::CertificateChanged(*shown);
        let host = proved.trusted(&self.trusted).map_err(shown_another)?;
        // 3 only now the real credential
        let credential = released(&lease, &mut client).await?;
        let user = credential.user.clone();
        // 4 CredSSP to the host; the password is dropped there
        let accepted = sign_in(host, &self.target.host, protocol, credential).await;
        let told = tell(&mut client, protocol, accepted.is_ok()).await;
        let host = accepted?;
        let began = Instant::now();
        lease.lock().await.report(Outcome::HostAccepted).await;
        // 5 everything else is between the client and the host
        let relay = Relay { client, host, protocol: protocol.bits(), user };
        Ok(match told {
            Ok(()) => ended(relay.run().await, began),
            Err(_) => End::Closed { lasted: began.elapsed() },
        })
    }

    async fn admitted(&self) -> Result<Admitted, End> {
        let clients = async {
            for _ in 0..MOST_ATTEMPTS {
                match self.attempt().await {
                    Ok(admitted) => return Ok(admitted),
                    Err(Attempt::Over(end)) => return Err(end),
                    Err(Attempt::Failed) if self.gate.is_guessed_at() => break,
                    Err(Attempt::Failed) => tracing::debug!("An attempt came to nothing"),
                }
            }
            Err(End::TooManyAttempts)
        };
        let in_time = tokio::time::timeout(self.patience, clients).await;
        in_time.unwrap_or(Err(End::ClientNeverCame))
    }

    /// One connection to the listener, up to the one-time credential.
    async fn attempt(&self) -> Result<Admitted, Attempt> {
        let mut client = Framed::new(self.accept().await?);
        let wanted = read(&mut client).await?;
        // The host's choice must be known before the client gets an answer, or the two would differ.
        let tcp =
            connect(&self.target).await.map_err(|how| Attempt::Over(End::HostUnreachable(how)))?;
        let host = negotiate(tcp, wanted.0).await?;
        let tcp = answer(client, host.protocol, host.flags).await?;
        let mut client = self.leaf.accept(tcp).await?;
        admit(&mut client, &self.gate, self.leaf.public_key.clone()).await?;
        Ok(Admitted { client, host })
    }

    /// The next connection of a process of our own user; others are dropped and not counted.
    async fn accept(&self) -> Result<TcpStream, Attempt> {
        loop {
            let (tcp, theirs) = self.listener.accept().await.map_err(|_| Attempt::Failed)?;
            let ours = tcp.local_addr().map_err(|_| Attempt::Failed)?;
            match whose(ours, theirs, Client::Manual).await {
                Peer::Ours | Peer::Unknown => {
                    keep_alive(&tcp);
                    return Ok(tcp);
                }
                Peer::Foreign => tracing::warn!(port = ours.port(), "Foreign process refused"),
            }
        }
    }
}

/// The credential, unless the client leaves while it is fetched.
async fn released<L: Lease>(
    lease: &Mutex<L>,
    client: &mut Framed<TlsStream<TcpStream>>,
) -> Result<SignIn, End> {
    let mut lease = lease.lock().await;
    tokio::select! {
        taken = lease.take() => taken.map_err(End::NotReleased),
        () = client.closed() => Err(End::ClientLeftEarly),
    }
}

/// A client of `HYBRID_EX` waits for the host's verdict (MS-RDPBCGR 2.2.10.2); others just go on.
async fn tell(
    client: &mut Framed<TlsStream<TcpStream>>,
    protocol: SecurityProtocol,
    accepted: bool,
) -> Result<(), Broken> {
    if !protocol.contains(SecurityProtocol::HYBRID_EX) {
        return Ok(());
    }
    let verdict =
        if accepted { EarlyUserAuthResult::Success } else { EarlyUserAuthResult::AccessDenied };
    let mut bytes = Vec::new();
    verdict.to_buffer(&mut bytes).map_err(|_| Broken::Nonsense)?;
    client.send(&bytes).await
}

fn ended(relay: RelayEnd, began: Instant) -> End {
    match relay {
        RelayEnd::Closed => End::Closed { lasted: began.elapsed() },
        RelayEnd::Redirected => End::Unsupported(Unsupported::Redirection),
    }
}

impl From<NotAsked> for Attempt {
    fn from(why: NotAsked) -> Self {
        match why {
            NotAsked::Broken | NotAsked::NoNla => Self::Failed,
            NotAsked::RestrictedAdmin => Self::Over(End::Unsupported(Unsupported::RestrictedAdmin)),
        }
    }
}

impl From<Refused> for Attempt {
    fn from(refused: Refused) -> Self {
        Self::Over(match refused {
            Refused::Unreachable(how) => End::HostUnreachable(how),
            Refused::Unsupported(what) => End::Unsupported(what),
        })
    }
}

impl From<Broken> for Attempt {
    fn from(_: Broken) -> Self {
        Self::Failed
    }
}
