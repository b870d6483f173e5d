//! TLS to a host.

use std::io::ErrorKind;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::{Resumption, WebPkiServerVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use usher_core::entry::{Host, HostCertificate, Spki};
use usher_core::ports::Unreachable;

use super::certificate::read;
use super::verifier::HostVerifier;
use crate::framed::{Framed, STEP};

/// A TLS connection to whoever holds the key of this certificate.
pub(crate) struct Proved {
    stream: TlsStream<TcpStream>,
    certificate: HostCertificate,
    public_key: Vec<u8>,
}

impl Proved {
    /// The connection, if the certificate's key is the trusted one.
    ///
    /// # Errors
    /// The certificate that was shown instead; the connection is dropped, nothing was sent on it.
    pub(crate) fn trusted(self, trusted: &Spki) -> Result<Trusted, Box<HostCertificate>> {
        if self.certificate.spki == *trusted {
            Ok(Trusted { framed: Framed::new(self.stream), public_key: self.public_key })
        } else {
            Err(Box::new(self.certificate))
        }
    }

    /// The certificate alone; the connection is dropped.
    pub(crate) fn into_certificate(self) -> HostCertificate {
        self.certificate
    }
}

/// A TLS connection to the host that is meant.
pub(crate) struct Trusted {
    pub(crate) framed: Framed<TlsStream<TcpStream>>,
    /// The key `CredSSP` binds to.
    pub(crate) public_key: Vec<u8>,
}

/// What all TLS connections of an injector share.
#[derive(Clone)]
pub(crate) struct Tls {
    provider: Arc<CryptoProvider>,
    public: Option<Arc<WebPkiServerVerifier>>,
}

impl Tls {
    pub(crate) fn new() -> Self {
        let provider = Arc::new(ring::default_provider());
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let public =
            WebPkiServerVerifier::builder_with_provider(roots.into(), Arc::clone(&provider))
                .build()
                .ok();
        Self { provider, public }
    }

    pub(crate) fn provider(&self) -> Arc<CryptoProvider> {
        Arc::clone(&self.provider)
    }

    /// Finishes a handshake, or says what kept it from finishing.
    pub(crate) async fn connect(&self, tcp: TcpStream, host: &Host) -> Result<Proved, Unreachable> {
        let verifier = Arc::new(HostVerifier::new(self.provider(), self.public.clone()));
        let name = server_name(host, &tcp)?;
        let connector = self.connector(Arc::clone(&verifier))?;
        let stream = tokio::time::timeout(STEP, connector.connect(name, tcp))
            .await
            .map_err(|_| Unreachable::TimedOut)?
            .map_err(|error| meaning(error.kind()))?;
        prove(stream, verifier.publicly_trusted()).ok_or(Unreachable::TlsFailed)
    }

    fn connector(&self, verifier: Arc<HostVerifier>) -> Result<TlsConnector, Unreachable> {
        let mut config = ClientConfig::builder_with_provider(self.provider())
            .with_safe_default_protocol_versions()
            .map_err(|_| Unreachable::TlsFailed)?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        // A resumed session shows no certificate; each connection must prove its key afresh.
        config.resumption = Resumption::disabled();
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

fn prove(stream: TlsStream<TcpStream>, publicly_trusted: bool) -> Option<Proved> {
    let leaf = stream.get_ref().1.peer_certificates()?.first()?;
    let read = read(leaf, publicly_trusted)?;
    Some(Proved { certificate: read.certificate, public_key: read.public_key, stream })
}

/// `NetBIOS`-like names that are no DNS names are replaced by the address that was reached.
fn server_name(host: &Host, tcp: &TcpStream) -> Result<ServerName<'static>, Unreachable> {
    match ServerName::try_from(host.as_str().to_owned()) {
        Ok(name) => Ok(name),
        Err(_) => Ok(tcp.peer_addr().map_err(|_| Unreachable::BrokenOff)?.ip().into()),
    }
}

fn meaning(kind: ErrorKind) -> Unreachable {
    let off = matches!(
        kind,
        ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe
    );
    if off { Unreachable::BrokenOff } else { Unreachable::TlsFailed }
}
