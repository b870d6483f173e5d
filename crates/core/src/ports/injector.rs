//! The injector's port: what core asks of the room that performs the sign-in.

use std::net::SocketAddr;
use std::time::Duration;

use crate::Secret;
use crate::entry::{Host, HostCertificate, Port, Spki, UserName};
use crate::error::LeaseError;

/// Where a session goes: an RDP host as its entry names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The host, already checked.
    pub host: Host,
    /// Its port.
    pub port: Port,
}

/// What the injector needs to open one session.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// The host to sign in to.
    pub target: Target,
    /// The public key that the host must prove (SHA-256 of its SubjectPublicKeyInfo).
    pub trusted: Spki,
    /// "CLIENT · HOST · ACCOUNT", for the client's window.
    pub title: String,
    /// How long the client has to come and sign in with the one-time credential.
    pub patience: Duration,
}

/// What a client is started with: worthless outside this session.
pub struct Handoff {
    /// The loopback address that the injector listens on; 127.x, fresh for this session.
    pub address: SocketAddr,
    /// The one-time user name.
    pub user: String,
    /// The one-time password.
    pub password: Secret,
    /// SHA-256 of the DER certificate that the injector shows to the client.
    pub certificate_sha256: [u8; 32],
    /// The client's window title.
    pub title: String,
}

/// What the host gets, released by a lease only.
pub struct SignIn {
    /// Domain and user, normalised.
    pub user: UserName,
    /// The password.
    pub password: Secret,
}

/// The promise of a secret that an injector holds until it needs the value.
///
/// Implemented by core's `SecretLease`; a trait so that rooms can be tried on their own.
pub trait Lease: Send + 'static {
    /// Gives the sign-in, once: policy is asked again, the intent audited, the password fetched.
    ///
    /// # Errors
    /// [`LeaseError`] when anything has changed since the lease was given; nothing was released.
    fn take(&mut self) -> impl Future<Output = Result<SignIn, LeaseError>> + Send;

    /// Tells core what became of the session; the audit and the window read it from there.
    fn report(&self, outcome: Outcome) -> impl Future<Output = ()> + Send;
}

/// What an injector saw happen. `Ended` is always the last one of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The client has passed the one-time credential.
    ClientSignedIn,
    /// The host accepted the real credential; the desktop follows.
    HostAccepted,
    /// The session is over.
    Ended(End),
}

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The session had begun and was closed, by the client or the host.
    Closed {
        /// How long it was up.
        lasted: Duration,
    },
    /// The client never signed in with the one-time credential in time.
    ClientNeverCame,
    /// The client went away (or was ended) before the host was asked.
    ClientLeftEarly,
    /// Somebody tried the listener with something else than the one-time credential, 5 times.
    TooManyAttempts,
    /// The host refused the credential.
    HostRefused(Refusal),
    /// The host could not be reached, or broke off.
    HostUnreachable(Unreachable),
    /// The host showed another key than the trusted one; nothing was sent.
    CertificateChanged(HostCertificate),
    /// The host wants something the injector cannot do.
    Unsupported(Unsupported),
    /// The lease gave nothing.
    NotReleased(LeaseError),
    /// A fault of ours: the session's task broke. Its text is never shown.
    Fault,
    /// A person ended it from the Running list, or the vault's owner did.
    EndedByPerson,
}

/// How a host refused a credential, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Wrong user name or password.
    LogonFailure,
    /// The password has expired or must be changed.
    PasswordExpired,
    /// The account is disabled, expired or locked out.
    AccountUnusable,
    /// Right password, but this account may not sign in there.
    NotPermitted,
    /// The host only dropped the connection after it had the credential.
    Unexplained,
}

/// How a host could not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The name has no address.
    NameNotFound,
    /// Nothing listens there, or a firewall said no.
    ConnectionRefused,
    /// No answer in time.
    TimedOut,
    /// The connection broke.
    BrokenOff,
    /// It answers, but TLS did not come up.
    TlsFailed,
    /// It answers, but not like an RDP host.
    NotRdp,
}

/// What a host asks for that this release does not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsupported {
    /// The host does not offer network level authentication.
    NoNla,
    /// Only Microsoft Entra sign-in.
    EntraOnly,
    /// The client asked for restricted admin or remote guard, which send no password.
    RestrictedAdmin,
    /// The host redirects to another host (a connection broker).
    Redirection,
}

/// What a preflight found: the host's certificate. No credential was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preflight {
    /// The certificate whose key the host has proved to hold.
    pub certificate: HostCertificate,
}

/// Why a preflight found no host to sign in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PreflightError {
    /// It cannot be reached.
    #[error("host unreachable")]
    Unreachable(Unreachable),
    /// It wants something we cannot do.
    #[error("host asks for something unsupported")]
    Unsupported(Unsupported),
}

/// Why no injector could be opened; nothing was listening, nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// No loopback address could be bound.
    #[error("no loopback listener")]
    NoListener,
    /// No certificate could be made for the client's leg.
    #[error("no certificate")]
    NoCertificate,
}

/// The room that signs in: one way to look at a host, one to open a session to it.
pub trait Injector: Send + Sync + 'static {
    /// X.224 and TLS only, without any credential: the host's certificate.
    fn preflight(
        &self,
        target: &Target,
    ) -> impl Future<Output = Result<Preflight, PreflightError>> + Send;

    /// Listens for the client and goes on by itself; the lease is told how it goes.
    fn open<L: Lease>(
        &self,
        session: OpenSession,
        lease: L,
    ) -> impl Future<Output = Result<(Handoff, SessionControl), OpenError>> + Send;
}

/// Ends a session that runs. Dropping it changes nothing.
pub struct SessionControl(Box<dyn Fn() + Send + Sync>);

impl SessionControl {
    /// Wraps what ends the session; called any number of times.
    pub fn new(end: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Box::new(end))
    }

    /// Ends the session: sockets close, `Ended` is reported.
    pub fn end(&self) {
        (self.0)();
    }
}
