//! A host that does the handshake, records what it was given, and can be told to misbehave.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use ironrdp_core::{decode, encode_vec};
use ironrdp_pdu::nego::{
    ConnectionConfirm, ConnectionRequest, FailureCode, ResponseFlags, SecurityProtocol,
};
use ironrdp_pdu::x224::X224;
use sspi::credssp::{CredSspServer, CredentialsProxy, NStatusCode, ServerMode, ServerState};
use sspi::generator::GeneratorState;
use sspi::ntlm::NtlmConfig;
use sspi::{AuthIdentity, Username};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use usher_rdp::pdu::is_client_info;

use super::Wire;

mod key;
#[cfg(target_os = "linux")]
mod old_tls;

pub(crate) use key::HostKey;

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
    /// The same at the NTLM greeting, before it could judge anything.
    DropAtGreeting,
    /// `HYBRID_EX`: right password, but the account may not sign in.
    NotPermitted,
    /// Answers X.224 with this failure code.
    Failure(u32),
    /// Answers X.224 with this protocol. With `SSL` it is a host without network level
    /// authentication: its desktop begins after the Client Info.
    Choose(SecurityProtocol),
    /// The same with `SSL`, but it closes when it has read the Client Info.
    RefuseClientInfo,
    /// The same, and after its desktop it tells this.
    Tells(Vec<u8>),
    /// Answers the first frame with `first`, and the frame `until` with `then`.
    Play { first: Vec<u8>, until: Vec<u8>, then: Vec<u8> },
    /// Accepts TCP and never says a word.
    Stall,
    /// Finishes TLS and never says a word after it.
    StallAfterTls,
}

impl Then {
    /// Its desktop begins right after the sign-in.
    pub(crate) fn desktop() -> Self {
        Self::Send(DEMAND_ACTIVE.to_vec())
    }
}

/// The host's first message of a desktop: an MCS indication on the I/O channel with a share control
/// header of type 1 (MS-RDPBCGR 2.2.1.13.1).
pub(crate) const DEMAND_ACTIVE: &[u8] =
    b"\x03\x00\x00\x16\x02\xf0\x80\x68\x00\x01\x03\xeb\x70\x08\x08\x00\x11\x00\xea\x03\x01\x02";

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
    pub(crate) stalled: usize,
}

pub(crate) struct StubHost {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    then: Arc<Mutex<Then>>,
}

impl StubHost {
    pub(crate) async fn start(key: HostKey, account: (&str, &str), then: Then) -> Self {
        Self::listen(key, account, then, false).await
    }

    /// One that only speaks what rustls does not.
    #[cfg(target_os = "linux")]
    pub(crate) async fn start_old(key: HostKey, account: (&str, &str), then: Then) -> Self {
        Self::listen(key, account, then, true).await
    }

    async fn listen(key: HostKey, account: (&str, &str), then: Then, old: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let then = Arc::new(Mutex::new(then));
        let account = AuthIdentity {
            username: Username::parse(account.0).expect("a user name"),
            password: account.1.to_owned().into(),
        };
        let host = Self { address, seen: Arc::clone(&seen), then: Arc::clone(&then) };
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                seen.lock().expect("seen").connections += 1;
                let then = then.lock().expect("then").clone();
                let (key, account, seen) = (key.clone(), account.clone(), Arc::clone(&seen));
                let served = Served { key, account, then, old, seen };
                tokio::spawn(async move { served.serve(tcp).await.unwrap_or_default() });
            }
        });
        host
    }

    /// What it does with connections from here on.
    pub(crate) fn now(&self, then: Then) {
        *self.then.lock().expect("then") = then;
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
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "for hosts of another TLS"))]
    old: bool,
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
        if matches!(self.then, Then::Stall) {
            return self.stall(wire).await;
        }
        let protocol = self.confirm(&mut wire, request.protocol).await?;
        #[cfg(target_os = "linux")]
        if self.old {
            let stream = self.key.accept_old(wire.stream).await?;
            return self.secured(Wire::new(stream), protocol).await;
        }
        let acceptor = TlsAcceptor::from(Arc::new(self.key.config()));
        let stream = acceptor.accept(wire.stream).await.ok()?;
        self.secured(Wire::new(stream), protocol).await
    }

    async fn secured<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut wire: Wire<S>,
        protocol: SecurityProtocol,
    ) -> Option<()> {
        self.seen.lock().expect("seen").handshakes += 1;
        if matches!(self.then, Then::StallAfterTls) {
            return self.stall(wire).await;
        }
        if protocol == SecurityProtocol::SSL {
            return self.without_credssp(wire).await;
        }
        self.credssp(&mut wire).await?;
        if protocol == SecurityProtocol::HYBRID_EX {
            let verdict: u32 = if matches!(self.then, Then::NotPermitted) { 5 } else { 0 };
            wire.send(&verdict.to_le_bytes()).await?;
        }
        if let Then::Send(bytes) = &self.then {
            wire.send(bytes).await?;
        }
        self.record(wire).await
    }

    /// Reads what comes and says nothing, until the other side leaves.
    async fn stall<S: AsyncRead + AsyncWrite + Unpin>(&self, mut wire: Wire<S>) -> Option<()> {
        self.seen.lock().expect("seen").stalled += 1;
        wire.exactly(usize::MAX).await.map(drop)
    }

    async fn without_credssp<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut wire: Wire<S>,
    ) -> Option<()> {
        loop {
            let frame = wire.frame().await?;
            let introduced = is_client_info(&frame);
            self.seen.lock().expect("seen").frames.push(frame);
            if introduced {
                break;
            }
        }
        if matches!(self.then, Then::RefuseClientInfo) {
            return None;
        }
        wire.send(DEMAND_ACTIVE).await?;
        if let Then::Tells(bytes) = &self.then {
            wire.send(bytes).await?;
        }
        self.record(wire).await
    }

    async fn record<S: AsyncRead + AsyncWrite + Unpin>(&self, mut wire: Wire<S>) -> Option<()> {
        let mut is_first = true;
        while let Some(frame) = wire.frame().await {
            if let Then::Play { first, until, then } = &self.then {
                let answer = if is_first { Some(first) } else { (frame == *until).then_some(then) };
                wire.send(answer.map_or(&[], Vec::as_slice)).await?;
            }
            is_first = false;
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
            Then::RefuseClientInfo | Then::Tells(_) => {
                let (flags, protocol) = (ResponseFlags::empty(), SecurityProtocol::SSL);
                (protocol, ConnectionConfirm::Response { flags, protocol })
            }
            Then::Record
            | Then::Send(_)
            | Then::Play { .. }
            | Then::RefuseWith(_)
            | Then::Drop
            | Then::DropAtGreeting
            | Then::NotPermitted
            | Then::Stall
            | Then::StallAfterTls => {
                let flags = ResponseFlags::EXTENDED_CLIENT_DATA_SUPPORTED
                    | ResponseFlags::RESTRICTED_ADMIN_MODE_SUPPORTED;
                (best, ConnectionConfirm::Response { flags, protocol: best })
            }
        };
        wire.send(&encode_vec(&X224(confirm)).expect("encodes")).await?;
        Some(protocol)
    }

    async fn credssp<S: AsyncRead + AsyncWrite + Unpin>(&self, wire: &mut Wire<S>) -> Option<()> {
        let mode = ServerMode::Ntlm(NtlmConfig::new("STUB".to_owned()));
        let key = self.key.public_key.clone();
        let mut server = CredSspServer::new(key, Account(&self.account), mode).ok()?;
        for turn in 1.. {
            let request = wire.ts_request().await?;
            self.seen.lock().expect("seen").credssp_requests += 1;
            if matches!((turn, &self.then), (1, Then::DropAtGreeting) | (2, Then::Drop)) {
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
        None
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
