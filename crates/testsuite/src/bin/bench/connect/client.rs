//! `xfreerdp +auth-only`: the same program with the same arguments on either way.
#![expect(clippy::disallowed_types, reason = "a real client is what is timed")]

use std::{
    io::Write as _,
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use usher_sandbox::display::Display;

use crate::Result;

/// The client of Debian's freerdp2-x11.
const XFREERDP: &str = "/usr/bin/xfreerdp";

/// Where a client signs in, and as whom.
pub(super) struct Way {
    pub(super) address: SocketAddr,
    pub(super) user: String,
    /// A throw-away host's, or a one-time one.
    pub(super) password: String,
    pub(super) certificate_sha256: [u8; 32],
}

/// A display and a home for clients.
pub(super) struct Client {
    display: Display,
    home: TempDir,
}

impl Client {
    pub(super) fn new() -> Result<Self> {
        let display = Display::start(1024, 768)?;
        let home = tempfile::tempdir()?;
        Ok(Self { display, home })
    }

    /// From the client's start to its end; anything but a sign-in is an error.
    pub(super) fn sign_in(&self, way: &Way) -> Result<Duration> {
        let mut command = self.command(way);
        let began = Instant::now();
        let mut client = command.spawn()?;
        if let Some(mut input) = client.stdin.take() {
            input.write_all(way.password.as_bytes())?;
            input.write_all(b"\n")?;
        }
        let status = client.wait()?;
        let took = began.elapsed();
        if status.success() {
            Ok(took)
        } else {
            Err(format!("the client ended with {status}").into())
        }
    }

    fn command(&self, way: &Way) -> Command {
        let mut command = Command::new(XFREERDP);
        let home = self.home.path();
        let environment =
            [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("DISPLAY", self.display.name())];
        command.env_clear().envs(environment).env("HOME", home);
        let certificate = fingerprint(&way.certificate_sha256);
        command
            .args([format!("/v:{}", way.address), format!("/u:{}", way.user)])
            .arg(format!("/cert:fingerprint:sha256:{certificate}"))
            .args(["/from-stdin:force", "/sec:nla", "+auth-only", "/log-level:WARN"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

fn fingerprint(sha256: &[u8; 32]) -> String {
    sha256.map(|byte| format!("{byte:02x}")).join(":")
}
