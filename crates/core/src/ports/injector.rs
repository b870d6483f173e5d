//! The injector's port: what core asks of the room that performs the sign-in.

use std::net::SocketAddr;
use std::time::Duration;

use crate::Secret;
use crate::entry::{DevicePolicy, Display, Host, HostCertificate, Port, Spki, UserName};
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
    /// How it takes a credential, as the preflight found it. A host with network level authentication
    /// gets none in another way: that would be somebody's doing on the line.
    pub takes: Takes,
    /// "CLIENT · HOST · ACCOUNT", for the client's window.
    pub title: String,
    /// How long the client has to come and sign in with the one-time credential.
    pub patience: Duration,
    /// The person starts the client, and types or pastes the one-time password that is shown: it is
    /// short, good once, and dead after 3 wrong tries.
    pub by_hand: bool,
    /// What of this computer the session may use; struck from what the client asks for.
    pub devices: DevicePolicy,
    /// How the client's window is to look; passed on in the Handoff.
    pub display: Display,
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
    /// What the client may ask for; the relay enforces it all the same.
    pub devices: DevicePolicy,
    /// How its window is to look.
    pub display: Display,
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
    /// `takes`: how the host is about to get it; one that takes it inside TLS may never say whether it
    /// was right.
    ///
    /// # Errors
    /// [`LeaseError`] when anything has changed since the lease was given; nothing was released.
    fn take(&mut self, takes: Takes) -> impl Future<Output = Result<SignIn, LeaseError>> + Send;

    /// Puts on record that nothing was given, where [`Self::take`] was dropped before it answered:
    /// its client left meanwhile. The next report does the same. Nothing where nothing was intended.
    fn withdrawn(&self) -> impl Future<Output = ()> + Send;

    /// Puts on record that the host broke off before it could judge what [`Self::take`] gave, and before
    /// it had the password.
    fn unjudged(&self) -> impl Future<Output = ()> + Send;

    /// Makes it good for one more sign-in of the same session: policy is asked anew, and
    /// [`Self::take`] will once more put the intent on record. Nothing is fetched by this.
    ///
    /// # Errors
    /// [`LeaseError::Locked`] where the vault is locked: [`Self::unlocked`] waits for it. Any other
    /// ends the session.
    fn renew(&mut self, why: Again) -> impl Future<Output = Result<(), LeaseError>> + Send;

    /// Waits until the person behind it has the vault open; at once where they have. Safe to cancel.
    fn unlocked(&self) -> impl Future<Output = ()> + Send;

    /// Tells core what became of the session; the audit and the window read it from there.
    fn report(&self, outcome: Outcome) -> impl Future<Output = ()> + Send;
}

/// Why a session is signed in to once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Its line was lost: it goes by itself, and nobody has looked whether the last sign-in was right.
    LineLost,
    /// The person asked for it.
    Asked,
}

/// What a host let be known of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// It said that somebody is signed in: by network level authentication, or by a Save Session Info
    /// (MS-RDPBCGR 2.2.10.1).
    Said,
    /// It shows a desktop, which may as well be its own sign-in page. [`Self::Said`] can follow.
    DesktopOnly,
}

/// What an injector saw happen. `Ended` is always the last one of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The client has passed the one-time credential.
    ClientSignedIn,
    /// The host accepted the real credential, or at least shows a desktop.
    HostAccepted(Acceptance),
    /// The line to the client or the host was lost. The listener waits for the client to come back,
    /// for 30 minutes; what follows is once more [`Self::ClientSignedIn`].
    Dropped,
    /// The client is back, and waits for the vault to be unlocked.
    NeedsUnlock,
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
    /// Somebody tried the listener with something else than the one-time credential, 5 times; with a code that is
    /// typed 3 times.
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
    /// The host offers nothing but standard RDP security, which proves no host's identity.
    StandardSecurity,
    /// Only Microsoft Entra sign-in.
    EntraOnly,
    /// The client asked for restricted admin or remote guard, which send no password.
    RestrictedAdmin,
    /// The host redirects to another host (a connection broker).
    Redirection,
    /// The host or the account takes Kerberos alone.
    Kerberos,
    /// The way leads through an RD Gateway.
    Gateway,
    /// The host no longer offers the network level authentication that it offered a moment ago.
    Weaker,
}

/// What a preflight found. No credential was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preflight {
    /// The certificate whose key the host has proved to hold.
    pub certificate: HostCertificate,
    /// How the host takes a credential.
    pub takes: Takes,
}

/// How a host takes a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Network level authentication: before a session begins.
    Nla,
    /// Inside TLS, with the session's first messages (xrdp, hosts with NLA off).
    Tls,
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

/// A hold on a session that runs. Dropping it changes nothing.
pub struct SessionControl(Box<dyn Controls>);

/// What can be done to a session from outside, any number of times and without waiting.
pub trait Controls: Send + Sync + 'static {
    /// Ends it: sockets close, `Ended` is reported.
    fn end(&self);
    /// Drops the line and has the client sign in anew, with a freshly fetched password, to the same
    /// desktop. Where the line is lost already, the client that comes back is signed in as the person
    /// wished. `false`, and nothing, where nobody can come back, or is being signed in at the moment.
    fn sign_in_again(&self) -> bool;
    /// Whose connections are served from here on; none are before it is said.
    fn serve(&self, client: Client);
    /// No files pass through the clipboard, whatever the entry allows: the client is not trusted with
    /// them. Counts for clients that are served after it is said.
    fn strike_files(&self);
    /// What has passed since it began.
    fn traffic(&self) -> Traffic;
}

/// The client that a session waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// This process, or one that it started.
    Started(u32),
    /// Any program of the same OS user: the person starts it by hand.
    Manual,
}

/// Bytes of the session itself, without TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// From the client to the host.
    pub to_host: u64,
    /// From the host to the client.
    pub to_client: u64,
}

impl SessionControl {
    /// Wraps what holds the session.
    pub fn new(controls: impl Controls) -> Self {
        Self(Box::new(controls))
    }

    /// As [`Controls::end`].
    pub fn end(&self) {
        self.0.end();
    }

    /// As [`Controls::sign_in_again`].
    #[must_use]
    pub fn sign_in_again(&self) -> bool {
        self.0.sign_in_again()
    }

    /// As [`Controls::serve`].
    pub fn serve(&self, client: Client) {
        self.0.serve(client);
    }

    /// As [`Controls::strike_files`].
    pub fn strike_files(&self) {
        self.0.strike_files();
    }

    /// As [`Controls::traffic`].
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        self.0.traffic()
    }
}
