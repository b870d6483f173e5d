//! A host's certificate, and TLS with it: modern through rustls, old through OpenSSL.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// A host's certificate and the key it signs handshakes with; the genuine pair belongs together.
#[derive(Clone)]
pub(crate) struct HostKey {
    pub(crate) certificate: CertificateDer<'static>,
    /// The key in the certificate: what `CredSSP` binds to.
    pub(super) public_key: Vec<u8>,
    pub(super) signs_with: Arc<KeyPair>,
}

impl HostKey {
    pub(crate) fn genuine() -> Self {
        let key = KeyPair::generate().expect("a key");
        let certificate = CertificateParams::default().self_signed(&key).expect("a certificate");
        let certificate = certificate.der().clone();
        Self { certificate, public_key: key.public_key_raw().to_vec(), signs_with: Arc::new(key) }
    }

    /// An attacker's: the same certificate, but the handshake is signed with a key of their own.
    pub(crate) fn stolen_certificate(&self) -> Self {
        let own = KeyPair::generate().expect("a key");
        Self { signs_with: Arc::new(own), ..self.clone() }
    }

    pub(super) fn config(&self) -> ServerConfig {
        let provider = ring::default_provider();
        let der = PrivateKeyDer::try_from(self.signs_with.serialize_der()).expect("a key");
        let signer = provider.key_provider.load_private_key(der).expect("a key");
        // `new` does not compare certificate and key, which is what an attacker needs.
        let shown = CertifiedKey::new(vec![self.certificate.clone()], signer);
        ServerConfig::builder_with_provider(provider.into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Shown(Arc::new(shown))))
    }
}

#[derive(Debug)]
struct Shown(Arc<CertifiedKey>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}
