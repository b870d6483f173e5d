//! A client that does the handshake only, and can be told to do it wrongly.

use std::net::SocketAddr;
use std::sync::Arc;

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::nego::{ConnectionConfirm, ConnectionRequest, RequestFlags, SecurityProtocol};
use ironrdp_pdu::x224::X224;
use sspi::credssp::{ClientMode, ClientState, CredSspClient, CredSspMode, TsRequest};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, Username};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use x509_cert::Certificate;
use x509_cert::der::Decode;

use super::Wire;

/// The careless verifier that others use with RDP hosts: any certificate, any signature.
///
/// Here it is the positive control of the attacker test; the product must never have one like it.
#[derive(Debug)]
pub(crate) struct Verify;

impl ServerCertVerifier for Verify {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

/// What a stub client says.
pub(crate) struct StubClient<'a> {
    pub(crate) flags: RequestFlags,
    pub(crate) protocol: SecurityProtocol,
    pub(crate) user: &'a str,
    pub(crate) password: &'a str,
}

impl<'a> StubClient<'a> {
    pub(crate) fn new(user: &'a str, password: &'a str) -> Self {
        let protocol =
            SecurityProtocol::SSL | SecurityProtocol::HYBRID | SecurityProtocol::HYBRID_EX;
        Self { flags: RequestFlags::empty(), protocol, user, password }
    }

    /// Only X.224: what the other side answers; `None` if it closes.
    pub(crate) async fn confirm(&self, to: SocketAddr) -> Option<ConnectionConfirm> {
        let mut wire = Wire::new(TcpStream::connect(to).await.ok()?);
        self.ask(&mut wire).await
    }

    async fn ask(&self, wire: &mut Wire<TcpStream>) -> Option<ConnectionConfirm> {
        let request = ConnectionRequest {
            nego_data: None,
            flags: self.flags,
            protocol: self.protocol,
            correlation_info: None,
        };
        wire.send(&encode_vec(&X224(request)).expect("encodes")).await?;
        let X224(confirm) = decode(&wire.frame().await?).expect("a confirm");
        Some(confirm)
    }

    /// The whole handshake up to the host's verdict; `Err` holds the status code, if one was told.
    pub(crate) async fn sign_in(
        &self,
        to: SocketAddr,
    ) -> Result<Wire<TlsStream<TcpStream>>, Option<u32>> {
        let mut wire = Wire::new(TcpStream::connect(to).await.map_err(|_| None)?);
        let confirm = self.ask(&mut wire).await.ok_or(None)?;
        let ConnectionConfirm::Response { protocol, .. } = confirm else {
            return Err(None);
        };
        let (stream, key) = tls(wire.stream, to).await.ok_or(None)?;
        let mut wire = Wire::new(stream);
        self.credssp(&mut wire, key).await?;
        if protocol == SecurityProtocol::HYBRID_EX {
            let verdict = wire.exactly(4).await.ok_or(None)?;
            let verdict = u32::from_le_bytes(verdict.try_into().expect("4 bytes"));
            return if verdict == 0 { Ok(wire) } else { Err(Some(verdict)) };
        }
        Ok(wire)
    }

    async fn credssp(
        &self,
        wire: &mut Wire<TlsStream<TcpStream>>,
        key: Vec<u8>,
    ) -> Result<(), Option<u32>> {
        let username = Username::parse(self.user).expect("a user name");
        let identity = AuthIdentity { username, password: self.password.to_owned().into() };
        let mode = ClientMode::Ntlm(NtlmConfig::default());
        let spn = "TERMSRV/localhost".to_owned();
        let mut client =
            CredSspClient::new(key, identity.into(), CredSspMode::WithCredentials, mode, spn)
                .expect("a client");
        let mut answer = TsRequest::default();
        loop {
            let state = match client.process(answer).start() {
                GeneratorState::Completed(state) => state,
                GeneratorState::Suspended(_) => panic!("NTLM needs no network"),
            };
            match state.map_err(|error| error.nstatus.map(|status| status.0))? {
                ClientState::ReplyNeeded(reply) => wire.send_ts(&reply).await.ok_or(None)?,
                ClientState::FinalMessage(reply) => return wire.send_ts(&reply).await.ok_or(None),
            }
            answer = wire.ts_request().await.ok_or(None)?;
        }
    }
}

async fn tls(tcp: TcpStream, to: SocketAddr) -> Option<(TlsStream<TcpStream>, Vec<u8>)> {
    let config = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Verify))
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector.connect(ServerName::from(to.ip()), tcp).await.ok()?;
    let leaf = stream.get_ref().1.peer_certificates()?.first()?;
    let parsed = Certificate::from_der(leaf).expect("a certificate");
    let key = parsed.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes();
    let key = key.to_vec();
    Some((stream, key))
}
