//! TLS to the client, with a certificate made for this session.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, SanType};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::server::TlsStream;

use crate::framed::{Broken, Framed, STEP};

/// A certificate of one session: what the client is told to expect.
#[derive(Clone)]
pub(crate) struct Leaf {
    acceptor: TlsAcceptor,
    pub(crate) sha256: [u8; 32],
    /// The key `CredSSP` binds to.
    pub(crate) public_key: Vec<u8>,
}

impl Leaf {
    /// A fresh one for this address; `None` if the key or certificate cannot be made.
    pub(crate) fn new(address: IpAddr, provider: Arc<CryptoProvider>) -> Option<Self> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).ok()?;
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Usher session");
        params.subject_alt_names.push(SanType::IpAddress(address));
        let certificate = params.self_signed(&key).ok()?;
        let der = certificate.der().clone();
        let sha256 = Sha256::digest(&der).into();
        let private = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .ok()?
            .with_no_client_auth()
            .with_single_cert(vec![der], private.into())
            .ok()?;
        let public_key = key.public_key_raw().to_vec();
        Some(Self { acceptor: TlsAcceptor::from(Arc::new(config)), sha256, public_key })
    }

    pub(crate) async fn accept(
        &self,
        tcp: TcpStream,
    ) -> Result<Framed<TlsStream<TcpStream>>, Broken> {
        match tokio::time::timeout(STEP, self.acceptor.accept(tcp)).await {
            Ok(Ok(stream)) => Ok(Framed::new(stream)),
            Ok(Err(_)) => Err(Broken::Off),
            Err(_) => Err(Broken::TimedOut),
        }
    }
}
