//! TLS to a host: with rustls, and once more with the system's library where that cannot.

use std::io::ErrorKind;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::{Resumption, WebPkiServerVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use usher_core::entry::Host;
use usher_core::ports::{Target, Unreachable};

use super::host_stream::HostStream;
use super::native;
use super::negotiate::Answer;
use super::proved::Proved;
use super::reach::{Refused, reach};
use super::verifier::HostVerifier;
use crate::framed::STEP;

/// What all TLS connections of an injector share.
#[derive(Clone)]
pub(crate) struct Tls {
    provider: Arc<CryptoProvider>,
    public: Option<Arc<WebPkiServerVerifier>>,
}

/// Why rustls finished no handshake.
enum Failed {
    /// The two found no common ground; older libraries may.
    Handshake(Unreachable),
    /// Nothing that another library would do better.
    Otherwise(Unreachable),
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
    ///
    /// Hosts of the time of Server 2012 R2 offer nothing that rustls speaks; they close or say so in
    /// the handshake. Then the whole connection is made anew, once, through the system's library.
    pub(crate) async fn secure(
        &self,
        answer: Answer,
        target: &Target,
    ) -> Result<Proved, Unreachable> {
        let Answer { stream, asked, protocol, .. } = answer;
        match self.connect(stream, &target.host).await {
            Ok(proved) => Ok(proved),
            Err(Failed::Otherwise(how)) => Err(how),
            Err(Failed::Handshake(how)) => {
                let again = reach(target, asked).await.map_err(|refused| unlike(refused, how))?;
                // The client was told of the first answer.
                let same = again.protocol == protocol;
                if same { native::connect(again.stream, target).await } else { Err(how) }
            }
        }
    }

    async fn connect(&self, tcp: TcpStream, host: &Host) -> Result<Proved, Failed> {
        let verifier = Arc::new(HostVerifier::new(self.provider(), self.public.clone()));
        let name = server_name(host, &tcp).map_err(Failed::Otherwise)?;
        let connector = self.connector(Arc::clone(&verifier)).map_err(Failed::Otherwise)?;
        let stream = tokio::time::timeout(STEP, connector.connect(name, tcp))
            .await
            .map_err(|_| Failed::Otherwise(Unreachable::TimedOut))?
            .map_err(|error| failed(&error))?;
        let proved = prove(stream, verifier.publicly_trusted());
        proved.ok_or(Failed::Otherwise(Unreachable::TlsFailed))
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

/// A host that does not prove its certificate's key is not asked in a weaker way.
fn failed(error: &std::io::Error) -> Failed {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(_)) => Failed::Otherwise(Unreachable::TlsFailed),
        Some(_) | None => Failed::Handshake(meaning(error.kind())),
    }
}

/// A host that cannot even be reached a second time is told as that, else as the first failure.
fn unlike(refused: Refused, first: Unreachable) -> Unreachable {
    if let Refused::Unreachable(how) = refused { how } else { first }
}

fn prove(stream: TlsStream<TcpStream>, publicly_trusted: bool) -> Option<Proved> {
    let leaf = stream.get_ref().1.peer_certificates()?.first()?.to_vec();
    Proved::new(HostStream::Modern(Box::new(stream)), &leaf, publicly_trusted)
}

/// `NetBIOS`-like names that are no DNS names are replaced by the address that was reached.
fn server_name(host: &Host, tcp: &TcpStream) -> Result<ServerName<'static>, Unreachable> {
    match ServerName::try_from(host.as_str().to_owned()) {
        Ok(name) => Ok(name),
        Err(_) => Ok(tcp.peer_addr().map_err(|_| Unreachable::BrokenOff)?.ip().into()),
    }
}

pub(super) fn meaning(kind: ErrorKind) -> Unreachable {
    let off = matches!(
        kind,
        ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe
    );
    if off { Unreachable::BrokenOff } else { Unreachable::TlsFailed }
}
