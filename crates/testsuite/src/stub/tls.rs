//! TLS for the stubs: a host's key made on the spot, and a client that takes any.

use std::{net::SocketAddr, sync::Arc};

use rcgen::{CertificateParams, KeyPair};
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme,
        client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime},
    },
};
use x509_cert::{Certificate, der::Decode as _};

use crate::Result;

/// A host's certificate and key.
#[derive(Clone)]
pub struct HostKey(TlsAcceptor);

impl HostKey {
    /// A key that nobody has seen before.
    ///
    /// # Errors
    /// If the system gives no randomness.
    pub fn new() -> Result<Self> {
        let key = KeyPair::generate()?;
        let certificate = CertificateParams::default().self_signed(&key)?.der().clone();
        let key = PrivateKeyDer::try_from(key.serialize_der())?;
        let config = ServerConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Takes a client's connection.
    ///
    /// # Errors
    /// If the handshake fails.
    pub async fn accept(
        &self,
        tcp: TcpStream,
    ) -> Result<tokio_rustls::server::TlsStream<TcpStream>> {
        Ok(self.0.accept(tcp).await?)
    }
}

/// TLS over a connection, and the key that the other side showed.
///
/// # Errors
/// If the handshake fails.
pub async fn connect(tcp: TcpStream, to: SocketAddr) -> Result<(TlsStream<TcpStream>, Vec<u8>)> {
    let config = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector.connect(ServerName::from(to.ip()), tcp).await?;
    let leaf = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let parsed = Certificate::from_der(leaf.ok_or("no certificate")?)?;
    let key = parsed.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes();
    let key = key.to_vec();
    Ok((stream, key))
}

/// Whom a stub talks to is not what is measured.
#[derive(Debug)]
struct AnyCertificate;

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
