//! A look at this machine's client: an acceptor on loopback that lets it sign in with a one-time
//! credential and then lets it go. There is no host behind it, and no real credential anywhere.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use ironrdp_pdu::nego::{ResponseFlags, SecurityProtocol};
use tokio::net::TcpStream;
use usher_core::entry::{DevicePolicy, Display};
use usher_core::ports::{Client, Handoff, OpenError};

use crate::client_leg::{Leaf, Listener, Peer, admit, answer, bind, read, whose};
use crate::framed::Framed;
use crate::one_time::{Gate, OneTime};
use crate::target::Tls;

/// The acceptor.
pub struct Probe {
    listener: Listener,
    leaf: Leaf,
    gate: Gate,
}

/// How far a client came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProbeReport {
    /// How many connections it opened, up to the one that signed in.
    pub connections: u32,
    /// How many connections other programs opened meanwhile; they were closed without a byte.
    pub foreign: u32,
    /// At least one of them asked for network level authentication.
    pub asked_for_nla: bool,
    /// TLS came up on at least one of them. A client that then goes away has refused the certificate,
    /// or the one-time credential.
    pub tls: bool,
    /// It signed in with the one-time credential, this long after [`Probe::watch`] was called.
    pub signed_in: Option<Duration>,
}

impl Probe {
    /// Listens on a loopback address of its own; what a client is started with comes along.
    ///
    /// # Errors
    /// [`OpenError`]; nothing listens then.
    pub async fn open(title: &str) -> Result<(Self, Handoff), OpenError> {
        Self::over(title, |address| Leaf::new(address, Tls::new().provider())).await
    }

    /// As [`Self::open`], with the certificate that sessions show.
    ///
    /// # Errors
    /// As [`Self::open`].
    #[cfg(windows)]
    pub async fn showing(
        kept: &crate::KeptCertificate,
        title: &str,
    ) -> Result<(Self, Handoff), OpenError> {
        Self::over(title, |_| Leaf::kept(kept, Tls::new().provider())).await
    }

    async fn over(
        title: &str,
        leaf: impl FnOnce(IpAddr) -> Option<Leaf>,
    ) -> Result<(Self, Handoff), OpenError> {
        let listener = bind().await.map_err(|_| OpenError::NoListener)?;
        let address = listener.local_addr().map_err(|_| OpenError::NoListener)?;
        let leaf = leaf(address.ip()).ok_or(OpenError::NoCertificate)?;
        let one_time = OneTime::handed().ok_or(OpenError::NoCertificate)?;
        let handoff = Handoff {
            address,
            user: one_time.user,
            password: one_time.password,
            certificate_sha256: leaf.sha256,
            title: title.to_owned(),
            devices: DevicePolicy::nothing(),
            display: Display::default(),
        };
        Ok((Self { listener, leaf, gate: one_time.gate }, handoff))
    }

    /// Serves this client, one connection after the other, until it signs in or the other future is
    /// done, and closes all of them, the listener included.
    pub async fn watch(self, client: Client, or_until: impl Future<Output = ()>) -> ProbeReport {
        let began = Instant::now();
        let mut report = ProbeReport::default();
        let served = async {
            while report.signed_in.is_none() {
                let Ok((tcp, theirs)) = self.listener.accept().await else { return };
                if is_foreign(&tcp, theirs, client).await {
                    report.foreign = report.foreign.saturating_add(1);
                    continue;
                }
                report.connections = report.connections.saturating_add(1);
                if self.serve(tcp, &mut report).await.is_some() {
                    report.signed_in = Some(began.elapsed());
                }
            }
        };
        tokio::select! {
            () = served => {}
            () = or_until => tracing::debug!("Nobody signed in to the probe"),
        }
        report
    }

    /// One connection; `None` where it came to nothing.
    async fn serve(&self, tcp: TcpStream, report: &mut ProbeReport) -> Option<()> {
        let mut client = Framed::new(tcp);
        let asked = read(&mut client).await.ok()?.0;
        report.asked_for_nla = true;
        let plain = asked.contains(SecurityProtocol::HYBRID);
        let protocol = if plain { SecurityProtocol::HYBRID } else { SecurityProtocol::HYBRID_EX };
        let tcp = answer(client, protocol, ResponseFlags::empty()).await.ok()?;
        let mut client = self.leaf.accept(tcp).await.ok()?;
        report.tls = true;
        admit(&mut client, &self.gate, self.leaf.public_key.clone()).await.ok()
    }
}

/// Whether another program than the client has connected; as sessions judge it.
async fn is_foreign(tcp: &TcpStream, theirs: SocketAddr, client: Client) -> bool {
    let Ok(ours) = tcp.local_addr() else { return true };
    whose(ours, theirs, client).await == Peer::Foreign
}
