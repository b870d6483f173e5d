//! TLS to the client, with a certificate made for this session or, on Windows, one that stays.

use std::net::IpAddr;
use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, SanType};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

use crate::framed::{Broken, Framed, STEP};
#[cfg(any(windows, test))]
use crate::kept::KeptCertificate;

/// What the client is told to expect.
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
        Self::over(certificate.der().clone(), &key, provider)
    }

    /// The one that stays; `None` if it is no certificate and key that belong together.
    #[cfg(any(windows, test))]
    pub(crate) fn kept(kept: &KeptCertificate, provider: Arc<CryptoProvider>) -> Option<Self> {
        let key = KeyPair::try_from(kept.key.as_slice()).ok()?;
        Self::over(kept.der.clone().into(), &key, provider)
    }

    fn over(
        der: CertificateDer<'static>,
        key: &KeyPair,
        provider: Arc<CryptoProvider>,
    ) -> Option<Self> {
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

#[cfg(test)]
mod tests {
    use tokio_rustls::rustls::crypto::ring;

    use super::*;

    #[test]
    fn what_is_kept_is_shown_and_a_fresh_one_is_another_each_time() {
        let provider = || Arc::new(ring::default_provider());
        let address = IpAddr::from([127, 77, 0, 5]);
        let kept = KeptCertificate::made().unwrap();
        let leaf = Leaf::kept(&kept, provider()).unwrap();
        assert_eq!(leaf.sha256.as_slice(), Sha256::digest(&kept.der).as_slice());
        let again = Leaf::kept(&kept, provider()).unwrap();
        assert_eq!((leaf.sha256, leaf.public_key), (again.sha256, again.public_key));
        let fresh = [(); 2].map(|()| Leaf::new(address, provider()).unwrap().sha256);
        assert_ne!(fresh[0], fresh[1]);
    }

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let (one, other) = (KeptCertificate::made().unwrap(), KeptCertificate::made().unwrap());
        let mixed = KeptCertificate { der: one.der, key: other.key };
        assert!(Leaf::kept(&mixed, Arc::new(ring::default_provider())).is_none());
    }
}
