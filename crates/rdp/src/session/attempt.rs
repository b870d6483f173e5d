//! Connections to the listener, up to the one-time credential: the first that passes is the client.

use std::net::SocketAddr;
use std::sync::Arc;

use ironrdp_pdu::nego::SecurityProtocol;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
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
    /// Waits until a client passes the one-time credential. Other connections are dropped then.
    pub(super) async fn next_client(self: &Arc<Self>, wait: &mut Wait) -> Result<Admitted, End> {
        let mut attempts = JoinSet::new();
        loop {
            let next = self.next_attempt(&mut attempts, wait.room());
            match tokio::time::timeout_at(wait.until(), next).await {
                Ok(Ok(admitted)) => return Ok(admitted),
                Ok(Err(_)) if self.gate.is_guessed_at() => return Err(End::TooManyAttempts),
                Ok(Err(failed)) => wait.learn(failed).map_or(Ok(()), Err)?,
                Err(_) => return Err(wait.over()),
            }
        }
    }

    /// How the next of the connections under way comes out; up to `most` are taken meanwhile.
    async fn next_attempt(
        self: &Arc<Self>,
        attempts: &mut JoinSet<Result<Admitted, Failed>>,
        most: usize,
    ) -> Result<Admitted, Failed> {
        loop {
            tokio::select! {
                Some(done) = attempts.join_next() => {
                    // A fault of ours ends this one connection; its text is never shown.
                    let Ok(done) = done else {
                        tracing::error!("An attempt broke");
                        return Err(Failed::Client);
                    };
                    return done;
                }
                connected = self.listener.accept(), if attempts.len() < most => {
                    // A listener that fails counts, or this would spin.
                    let (tcp, theirs) = connected.map_err(|_| Failed::Guess)?;
                    attempts.spawn(Arc::clone(self).attempt(tcp, theirs));
                }
            }
        }
    }

    async fn attempt(self: Arc<Self>, tcp: TcpStream, at: SocketAddr) -> Result<Admitted, Failed> {
        self.is_ours(&tcp, at).await?;
        let mut client = Framed::new(tcp);
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

    /// Whether the connection may be served; waits until it is said whose are.
    async fn is_ours(&self, tcp: &TcpStream, theirs: SocketAddr) -> Result<(), Failed> {
        let ours = tcp.local_addr().map_err(|_| Failed::Client)?;
        let client = self.wishes.client().await;
        match whose(ours, theirs, client).await {
            Peer::Ours | Peer::Unknown => {
                keep_alive(tcp);
                Ok(())
            }
            Peer::Foreign => {
                tracing::warn!(port = ours.port(), "Foreign process refused");
                Err(Failed::Foreign)
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
