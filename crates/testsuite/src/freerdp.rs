//! `xfreerdp` on a display of its own, with arguments of a test's choice.
//!
//! The product's own arguments are the clients room's; here a client may ask for more than it gets.
#![expect(clippy::disallowed_types, reason = "a real client is what is measured and tested")]

use std::{
    io::Write as _,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use usher_core::ports::Handoff;
use usher_sandbox::display::Display;

use crate::Result;

/// The client of Debian's freerdp2-x11.
pub const XFREERDP: &str = "/usr/bin/xfreerdp";

/// Where a client signs in, and as whom.
pub struct Way {
    /// A host's address, or an injector's.
    pub address: SocketAddr,
    /// Without a domain.
    pub user: String,
    /// A throw-away host's, or a one-time one.
    pub password: String,
    /// SHA-256 of the certificate's DER form, the only one that is taken; any where there is none.
    pub certificate_sha256: Option<[u8; 32]>,
    /// `/sec:nla`, or `/sec:tls`.
    pub security: &'static str,
}

impl Way {
    /// The one through an injector.
    #[must_use]
    pub fn injected(handoff: &Handoff) -> Self {
        Self {
            address: handoff.address,
            user: handoff.user.clone(),
            // EXPOSE: a one-time password, worthless outside its session, for the client's stdin
            password: handoff.password.expose().to_owned(),
            certificate_sha256: Some(handoff.certificate_sha256),
            security: "/sec:nla",
        }
    }
}

/// A display and a home for clients.
pub struct Screen {
    /// The display.
    pub display: Display,
    home: TempDir,
}

impl Screen {
    /// One of this size in pixels.
    ///
    /// # Errors
    /// If Xvfb is missing or does not start.
    pub fn new(width: u32, height: u32) -> Result<Self> {
        Ok(Self { display: Display::start(width, height)?, home: tempfile::tempdir()? })
    }

    /// The clients' home.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// From the client's start to its end; anything but a sign-in is an error.
    ///
    /// # Errors
    /// If the client does not start, or ends with anything but success.
    pub fn sign_in(&self, way: &Way) -> Result<Duration> {
        let began = Instant::now();
        let mut client = self.start(way, &["+auth-only"])?;
        let status = client.0.wait()?;
        let took = began.elapsed();
        if status.success() {
            Ok(took)
        } else {
            Err(format!("the client ended with {status}").into())
        }
    }

    /// Starts a client with these arguments besides those of the way.
    ///
    /// # Errors
    /// If it does not start, or ends before it reads its password.
    pub fn start(&self, way: &Way, asks: &[&str]) -> Result<RunningClient> {
        let mut command = self.command(way);
        let mut child = command.args(asks).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(format!("{}\n", way.password).as_bytes())?;
        }
        Ok(RunningClient(child))
    }

    fn command(&self, way: &Way) -> Command {
        let mut command = Command::new(XFREERDP);
        let environment =
            [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("DISPLAY", self.display.name())];
        command.env_clear().envs(environment).env("HOME", self.home.path());
        let certificate = way.certificate_sha256.as_ref();
        let certificate = certificate.map_or_else(|| "ignore".to_owned(), fingerprint);
        command
            .args([format!("/v:{}", way.address), format!("/u:{}", way.user)])
            .arg(format!("/cert:{certificate}"))
            .args(["/from-stdin:force", way.security, "/log-level:WARN"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

fn fingerprint(sha256: &[u8; 32]) -> String {
    format!("fingerprint:sha256:{}", sha256.map(|byte| format!("{byte:02x}")).join(":"))
}

/// A client, killed when dropped.
pub struct RunningClient(Child);

impl RunningClient {
    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn runs(&mut self) -> Result<bool> {
        Ok(self.0.try_wait()?.is_none())
    }
}

impl Drop for RunningClient {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
