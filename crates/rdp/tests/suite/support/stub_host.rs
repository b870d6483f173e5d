//! A host that does the handshake, records what it was given, and can be told to misbehave.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::nego::{
    ConnectionConfirm, ConnectionRequest, FailureCode, ResponseFlags, SecurityProtocol,
};
use ironrdp_pdu::x224::X224;
use rcgen::{CertificateParams, KeyPair};
use sspi::credssp::{CredSspServer, CredentialsProxy, NStatusCode, ServerMode, ServerState};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, Username};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::server::TlsStream;

use super::Wire;

/// A host's certificate and the key it signs handshakes with; the genuine pair belongs together.
#[derive(Clone)]
pub(crate) struct HostKey {
    pub(crate) certificate: CertificateDer<'static>,
    /// The key in the certificate: what `CredSSP` binds to.
    public_key: Vec<u8>,
    signs_with: Arc<KeyPair>,
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
}

/// What a stub host does once it has decided about the credential.
#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// Records frames until the client leaves.
    Record,
    /// Sends these bytes, then records.
    Send(Vec<u8>),
    /// Refuses with this NTSTATUS when it sees the NTLM answer.
    RefuseWith(u32),
    /// Drops the connection when it sees the NTLM answer.
    Drop,
    /// `HYBRID_EX`: right password, but the account may not sign in.
    NotPermitted,
    /// Answers X.224 with this failure code.
    Failure(u32),
    /// Answers X.224 with this protocol.
    Choose(SecurityProtocol),
}

/// What a stub host saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    pub(crate) requested: Vec<SecurityProtocol>,
    pub(crate) cookies: usize,
    pub(crate) handshakes: usize,
    pub(crate) credssp_requests: usize,
    /// `domain\user` and password.
    pub(crate) credentials: Vec<(String, String)>,
    pub(crate) frames: Vec<Vec<u8>>,
}

pub(crate) struct StubHost {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl StubHost {
    pub(crate) async fn start(key: HostKey, account: (&str, &str), then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let host = Served {
            key,
            account: AuthIdentity {
                username: Username::parse(account.0).expect("a user name"),
                password: account.1.to_owned().into(),
            },
            then,
            seen: Arc::clone(&seen),
        };
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                host.seen.lock().expect("seen").connections += 1;
                host.serve(tcp).await.unwrap_or_default();
            }
        });
        Self { address, seen }
    }

    /// Waits until it has seen something; the injector may know earlier than this host.
    pub(crate) async fn until(&self, met: impl Fn(&Seen) -> bool, what: &str) {
        let waiting = async {
            while !self.seen(&met) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(super::PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{what}"));
    }

    pub(crate) fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().expect("seen"))
    }
}

struct Served {
    key: HostKey,
    account: AuthIdentity,
    then: Then,
    seen: Arc<Mutex<Seen>>,
}

impl Served {
    async fn serve(&self, tcp: TcpStream) -> Option<()> {
        let mut wire = Wire::new(tcp);
        let X224(request): X224<ConnectionRequest> = decode(&wire.frame().await?).ok()?;
        {
            let mut seen = self.seen.lock().expect("seen");
            seen.requested.push(request.protocol);
            seen.cookies += usize::from(request.nego_data.is_some());
        }
        let protocol = self.confirm(&mut wire, request.protocol).await?;
        let acceptor = TlsAcceptor::from(Arc::new(self.config()));
        let mut wire = Wire::new(acceptor.accept(wire.stream).await.ok()?);
        self.seen.lock().expect("seen").handshakes += 1;
        self.credssp(&mut wire).await?;
        if protocol == SecurityProtocol::HYBRID_EX {
            let verdict: u32 = if matches!(self.then, Then::NotPermitted) { 5 } else { 0 };
            wire.send(&verdict.to_le_bytes()).await?;
        }
        if let Then::Send(bytes) = &self.then {
            wire.send(bytes).await?;
        }
        while let Some(frame) = wire.frame().await {
            self.seen.lock().expect("seen").frames.push(frame);
        }
        Some(())
    }

    async fn confirm(
        &self,
        wire: &mut Wire<TcpStream>,
        asked: SecurityProtocol,
    ) -> Option<SecurityProtocol> {
        let ex = asked.contains(SecurityProtocol::HYBRID_EX);
        let best = if ex { SecurityProtocol::HYBRID_EX } else { SecurityProtocol::HYBRID };
        let (protocol, confirm) = match self.then {
            Then::Failure(code) => {
                (best, ConnectionConfirm::Failure { code: FailureCode::from(code) })
            }
            Then::Choose(other) => {
                let flags = ResponseFlags::empty();
                (other, ConnectionConfirm::Response { flags, protocol: other })
            }
            Then::Record
            | Then::Send(_)
            | Then::RefuseWith(_)
            | Then::Drop
            | Then::NotPermitted => {
                let flags = ResponseFlags::EXTENDED_CLIENT_DATA_SUPPORTED
                    | ResponseFlags::RESTRICTED_ADMIN_MODE_SUPPORTED;
                (best, ConnectionConfirm::Response { flags, protocol: best })
            }
        };
        wire.send(&encode_vec(&X224(confirm)).expect("encodes")).await?;
        Some(protocol)
    }

    async fn credssp(&self, wire: &mut Wire<TlsStream<TcpStream>>) -> Option<()> {
        let mode = ServerMode::Ntlm(NtlmConfig::new("STUB".to_owned()));
        let key = self.key.public_key.clone();
        let mut server = CredSspServer::new(key, Account(&self.account), mode).ok()?;
        loop {
            let request = wire.ts_request().await?;
            let turn = {
                let mut seen = self.seen.lock().expect("seen");
                seen.credssp_requests += 1;
                seen.credssp_requests
            };
            if turn == 2 && matches!(self.then, Then::Drop) {
                return None;
            }
            if let Then::RefuseWith(status) = self.then
                && turn == 2
            {
                let mut refusal = request;
                (refusal.nego_tokens, refusal.pub_key_auth) = (None, None);
                refusal.error_code = Some(NStatusCode(status));
                wire.send_ts(&refusal).await?;
                return None;
            }
            let state = match server.process(request).start() {
                GeneratorState::Completed(state) => state,
                GeneratorState::Suspended(_) => panic!("NTLM needs no network"),
            };
            match state {
                Ok(ServerState::ReplyNeeded(reply)) => wire.send_ts(&reply).await?,
                Ok(ServerState::Finished(given)) => {
                    let password: &String = given.password.as_ref();
                    let given = (given.username.inner().to_owned(), password.clone());
                    self.seen.lock().expect("seen").credentials.push(given);
                    return Some(());
                }
                Err(refused) => {
                    let mut reply = *refused.ts_request?;
                    reply.error_code = Some(NStatusCode::LOGON_FAILURE);
                    wire.send_ts(&reply).await?;
                    return None;
                }
            }
        }
    }

    fn config(&self) -> ServerConfig {
        let provider = ring::default_provider();
        let der = PrivateKeyDer::try_from(self.key.signs_with.serialize_der()).expect("a key");
        let signer = provider.key_provider.load_private_key(der).expect("a key");
        // `new` does not compare certificate and key, which is what an attacker needs.
        let shown = CertifiedKey::new(vec![self.key.certificate.clone()], signer);
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

struct Account<'a>(&'a AuthIdentity);

impl CredentialsProxy for Account<'_> {
    type AuthenticationData = AuthIdentity;

    fn auth_data_by_user(&mut self, user: &Username) -> std::io::Result<AuthIdentity> {
        if user.account_name() != self.0.username.account_name() {
            return Err(std::io::ErrorKind::NotFound.into());
        }
        Ok(AuthIdentity { username: user.clone(), password: self.0.password.clone() })
    }

    fn auth_data(&mut self) -> std::io::Result<Vec<AuthIdentity>> {
        Ok(vec![self.0.clone()])
    }
}
