//! One connection to the listener, up to the one-time credential.

use ironrdp_pdu::nego::SecurityProtocol;
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use usher_core::ports::{End, Takes, Unsupported};

use super::Session;
use super::wait::{Failed, Wait};
use crate::client_leg::{NotAsked, Peer, admit, answer, read, whose};
use crate::framed::{Broken, Framed};
use crate::target::{Answer, Refused, keep_alive, reach, takes};

/// The client's side of a session, past the one-time credential.
pub(super) type ClientSide = Framed<TlsStream<TcpStream>>;

/// A client that has passed the one-time credential, and the host's X.224 answer for it.
pub(super) struct Admitted {
    pub(super) client: ClientSide,
    pub(super) host: Answer,
    /// What the client was told that the host chose.
    pub(super) told: SecurityProtocol,
}

impl Session {
    /// Waits until a client passes the one-time credential.
    pub(super) async fn next_client(&self, wait: &mut Wait) -> Result<Admitted, End> {
        loop {
            match tokio::time::timeout_at(wait.until(), self.attempt()).await {
                Ok(Ok(admitted)) => return Ok(admitted),
                Ok(Err(_)) if self.gate.is_guessed_at() => return Err(End::TooManyAttempts),
                Ok(Err(failed)) => wait.learn(failed).map_or(Ok(()), Err)?,
                Err(_) => return Err(wait.over()),
            }
        }
    }

    async fn attempt(&self) -> Result<Admitted, Failed> {
        let mut client = Framed::new(self.accept().await?);
        let wanted = read(&mut client).await?.0;
        // The host's choice must be known before the client gets an answer, or the two would differ.
        // A client that does not name TLS gets it all the same: it is what CredSSP runs in.
        let host = reach(&self.target, wanted | SecurityProtocol::SSL).await?;
        // Who changes the answer on the line must not choose how the password goes.
        if (self.takes, takes(host.protocol)) == (Takes::Nla, Takes::Tls) {
            return Err(Failed::Over(End::Unsupported(Unsupported::Weaker)));
        }
        let told = told(host.protocol, wanted);
        let tcp = answer(client, told, host.flags).await?;
        let mut client = self.leaf.accept(tcp).await?;
        let passed = admit(&mut client, &self.gate, self.leaf.public_key.clone()).await;
        passed.map_err(|_| self.guessed())?;
        Ok(Admitted { client, host, told })
    }

    /// After the last wrong try a code is dead, and waiting for a right one is of no use.
    fn guessed(&self) -> Failed {
        if self.gate.is_guessed_at() { Failed::Over(End::TooManyAttempts) } else { Failed::Guess }
    }

    /// The next connection that may be served; others are dropped and not counted.
    async fn accept(&self) -> Result<TcpStream, Failed> {
        loop {
            // A listener that fails counts, or this would spin.
            let (tcp, theirs) = self.listener.accept().await.map_err(|_| Failed::Guess)?;
            let ours = tcp.local_addr().map_err(|_| Failed::Client)?;
            let client = self.wishes.client().await;
            match whose(ours, theirs, client).await {
                Peer::Ours | Peer::Unknown => {
                    keep_alive(&tcp);
                    return Ok(tcp);
                }
                Peer::Foreign => tracing::warn!(port = ours.port(), "Foreign process refused"),
            }
        }
    }
}

/// Our gate is network level authentication, whatever the host's is.
fn told(chosen: SecurityProtocol, wanted: SecurityProtocol) -> SecurityProtocol {
    let ex = wanted.contains(SecurityProtocol::HYBRID_EX);
    match takes(chosen) {
        Takes::Nla => chosen,
        Takes::Tls if ex => SecurityProtocol::HYBRID_EX,
        Takes::Tls => SecurityProtocol::HYBRID,
    }
}

impl From<NotAsked> for Failed {
    fn from(why: NotAsked) -> Self {
        match why {
            NotAsked::Broken | NotAsked::NoNla => Self::Client,
            NotAsked::RestrictedAdmin => {
                Self::Passing(End::Unsupported(Unsupported::RestrictedAdmin))
            }
        }
    }
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Passing(match refused {
            Refused::Unreachable(how) => End::HostUnreachable(how),
            Refused::Unsupported(what) => End::Unsupported(what),
        })
    }
}

impl From<Broken> for Failed {
    fn from(_: Broken) -> Self {
        Self::Client
    }
}
