//! The host must prove to hold its certificate's key; whether that key is trusted is asked next.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{DigitallySignedStruct, Error, SignatureScheme};

/// Accepts any certificate, but only from who holds its key.
///
/// RDP hosts show self-signed certificates, so the chain cannot decide; the caller compares the key
/// with the trusted one before anything is sent. Signatures are always verified: `CredSSP` binds to the
/// key *in the certificate*, so an attacker who shows a copy of the host's certificate would else pass
/// the comparison and `CredSSP` as well (`tests/attacker.rs`).
#[derive(Debug)]
pub(crate) struct HostVerifier {
    provider: Arc<CryptoProvider>,
    public: Option<Arc<WebPkiServerVerifier>>,
    publicly_trusted: AtomicBool,
}

impl HostVerifier {
    pub(crate) fn new(
        provider: Arc<CryptoProvider>,
        public: Option<Arc<WebPkiServerVerifier>>,
    ) -> Self {
        Self { provider, public, publicly_trusted: AtomicBool::new(false) }
    }

    /// Whether the certificate chains to a public root, is in date and names this host.
    pub(crate) fn publicly_trusted(&self) -> bool {
        self.publicly_trusted.load(Ordering::Acquire)
    }
}

impl ServerCertVerifier for HostVerifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let public = self.public.as_ref();
        let valid =
            public.is_some_and(|v| v.verify_server_cert(leaf, chain, name, ocsp, now).is_ok());
        self.publicly_trusted.store(valid, Ordering::Release);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            leaf,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            leaf,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
