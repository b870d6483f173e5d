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

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    use tokio_rustls::rustls::RootCertStore;
    use tokio_rustls::rustls::crypto::ring;

    use super::*;

    /// A certificate for `host.test`, and who vouches for it.
    fn issued() -> (CertificateDer<'static>, RootCertStore) {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::self_signed(params, key).unwrap();
        let params = CertificateParams::new(["host.test".to_owned()]).unwrap();
        let leaf = params.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(issuer.der().clone()).unwrap();
        (leaf.der().clone(), roots)
    }

    #[test]
    fn a_certificate_is_public_for_its_own_name_and_a_known_root_alone() {
        let provider = Arc::new(ring::default_provider());
        let (leaf, roots) = issued();
        let (_, strangers) = issued();
        for (name, roots, public) in [
            ("host.test", &roots, true),
            ("other.test", &roots, false),
            ("host.test", &strangers, false),
        ] {
            let roots = Arc::new(roots.clone());
            let of = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider));
            let verifier = HostVerifier::new(Arc::clone(&provider), of.build().ok());
            let name = ServerName::try_from(name).unwrap();
            let looked = verifier.verify_server_cert(&leaf, &[], &name, &[], UnixTime::now());
            assert!(looked.is_ok(), "whoever asks compares the key");
            assert_eq!(verifier.publicly_trusted(), public, "{name:?}");
        }
    }
}
