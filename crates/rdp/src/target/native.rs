//! TLS through the system's library (OpenSSL, `SChannel`, Secure Transport), for old hosts.
//!
//! The certificate rule is the same: the caller compares the key before anything is sent. That the host
//! holds the key is checked by these libraries themselves, whatever is said about its certificate:
//! they verify the signature of the handshake, or the host must decrypt what only it can.

use native_tls::{Protocol, TlsConnector};
use tokio::net::TcpStream;
use usher_core::ports::{Target, Unreachable};

use super::host_stream::HostStream;
use super::proved::Proved;
use crate::framed::STEP;

/// Finishes a handshake of any version that the system still allows. Nothing is resumed: each
/// connection has a connector of its own.
pub(super) async fn connect(tcp: TcpStream, target: &Target) -> Result<Proved, Unreachable> {
    let connector = connector().map_err(|_| Unreachable::TlsFailed)?;
    let stream = tokio::time::timeout(STEP, connector.connect(target.host.as_str(), tcp))
        .await
        .map_err(|_| Unreachable::TimedOut)?
        .map_err(|_| Unreachable::TlsFailed)?;
    let leaf = stream.get_ref().peer_certificate().ok().flatten();
    let leaf = leaf.and_then(|leaf| leaf.to_der().ok()).ok_or(Unreachable::TlsFailed)?;
    // The chain is not looked at here, so such a host is always trusted by hand.
    let proved = Proved::new(HostStream::Old(Box::new(stream)), &leaf, false);
    proved.ok_or(Unreachable::TlsFailed)
}

fn connector() -> Result<tokio_native_tls::TlsConnector, native_tls::Error> {
    let connector = TlsConnector::builder()
        // Self-signed as a rule, so neither chain nor name can decide: the key does.
        .danger_accept_invalid_certs(true)
        .danger_accept_invalid_hostnames(true)
        .disable_built_in_roots(true)
        .min_protocol_version(Some(Protocol::Tlsv10))
        .build()?;
    Ok(connector.into())
}
