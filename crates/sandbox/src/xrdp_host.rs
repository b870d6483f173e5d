//! A real TLS-only RDP host: xrdp with its session manager and PAM, in a room of its own.
//!
//! The room is a mount and process namespace: a private copy of `/etc`, so that the throw-away user
//! and the configuration are known to nobody outside, and an end to every process in it once it goes,
//! even after a `kill -9`. That takes root.

mod room;
mod session;

use std::{
    fs, io,
    net::SocketAddr,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

pub use self::session::Session;
use crate::{
    program::{Program, Running, SandboxError},
    rdp_host::{Pattern, free_address},
};

const XRDP: Program = Program { name: "xrdp", package: "xrdp", paths: &["/usr/sbin/xrdp"] };
const MODULE: Program = Program {
    name: "xorgxrdp",
    package: "xorgxrdp",
    paths: &["/usr/lib/xorg/modules/drivers/xrdpdev_drv.so"],
};

/// Displays of these hosts begin here, far above those of Xvfb.
const FIRST_DISPLAY: u32 = 400;
/// Two hosts of a process must not look for a free display at the same place.
static HOSTS: AtomicU32 = AtomicU32::new(0);

/// A running host with one account, on loopback; ended when dropped, with every session on it.
pub struct XrdpHost {
    address: SocketAddr,
    user: String,
    // Dropped in this order: the processes first, their files last.
    room: Running,
    folder: TempDir,
}

impl XrdpHost {
    /// Whether one can be started here.
    ///
    /// # Errors
    /// [`SandboxError::NotRoot`], or [`SandboxError::Missing`] with the package to install.
    pub fn possible() -> Result<(), SandboxError> {
        XRDP.path()?;
        MODULE.path()?;
        if rustix::process::geteuid().is_root() { Ok(()) } else { Err(SandboxError::NotRoot) }
    }

    /// Starts a host with this account and waits until it accepts connections. Blocks.
    ///
    /// # Errors
    /// As [`Self::possible`]; if the system gives no namespace, or a program does not become ready.
    pub fn start(user: &str, password: &str) -> Result<Self, SandboxError> {
        Self::possible()?;
        if !is_plain(user) || password.contains(['\n', '\r']) {
            return Err(SandboxError::UserName);
        }
        let folder = tempfile::tempdir()?;
        let (address, sesman) = (free_address()?, free_address()?);
        let host = HOSTS.fetch_add(1, Ordering::Relaxed);
        let display = FIRST_DISPLAY + std::process::id() % 1_000 * 20 + host % 20;
        let ports = room::Ports { rdp: address.port(), sesman: sesman.port(), display };
        room::furnish(folder.path(), &ports)?;
        let mut room = room::enter(folder.path(), user, password)?;
        room.wait_until_it_listens(address)?;
        Ok(Self { address, user: user.to_owned(), room, folder })
    }

    /// Where it listens, on 127.0.0.1.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its desktop looks like.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        Pattern::DESKTOP
    }

    /// The host's certificate as a PEM file.
    #[must_use]
    pub fn certificate_file(&self) -> PathBuf {
        self.folder.path().join(room::CERTIFICATE)
    }

    /// All that the server and the session manager have written.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn log(&self) -> io::Result<String> {
        let read = |name| match fs::read(self.folder.path().join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read,
        };
        let both = [read(room::SERVER_LOG)?, read(room::SESMAN_LOG)?].concat();
        Ok(String::from_utf8_lossy(&both).into_owned())
    }

    /// The static channels that clients have asked it for so far, in order.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn channels(&self) -> io::Result<Vec<String>> {
        let log = self.log()?;
        let asked = log.lines().filter_map(|line| line.split_once("Adding channel: name "));
        let names = asked.filter_map(|(_, rest)| rest.split_once(',').map(|(name, _)| name));
        Ok(names.map(str::to_owned).collect())
    }

    /// How often its session manager let somebody in.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn sign_ins(&self) -> io::Result<usize> {
        Ok(self.log()?.matches(&self.let_in()).count())
    }

    /// How often its session manager refused a credential.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn refusals(&self) -> io::Result<usize> {
        Ok(self.log()?.matches("] login failed for user").count())
    }

    /// The account's desktop; `None` before the first sign-in.
    ///
    /// # Errors
    /// If a log cannot be read.
    pub fn session(&self) -> io::Result<Option<Session<'_>>> {
        let log = self.log()?;
        let last = log.rsplit_once(&self.let_in()).map(|(_, rest)| rest);
        let number = last.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
        let display = number.and_then(|number| number.parse().ok());
        Ok(display.map(|display| Session { host: self, display }))
    }

    /// What the server writes once per sign-in, before the number of the display. It writes the same
    /// once more for the client's window, without the bracket.
    fn let_in(&self) -> String {
        format!("] login successful for user {} on display ", self.user)
    }
}

/// A name that `useradd` takes and that means nothing to a shell.
fn is_plain(user: &str) -> bool {
    !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_lowercase())
}
