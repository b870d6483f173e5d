//! A real RDP host: `FreeRDP`'s shadow server with network-level authentication, on a display of
//! its own with a desktop that can be recognised.

mod accounts;
mod pattern;

use std::{
    fs::{self, File},
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    process::Stdio,
};

use tempfile::TempDir;

use self::accounts::Accounts;
pub use self::pattern::{Area, Pattern};
use crate::{
    display::Display,
    program::{Program, Running, SandboxError},
};

const SHADOW: Program = Program {
    name: "freerdp-shadow-cli",
    package: "freerdp2-shadow-x11",
    paths: &[
        "/usr/bin/freerdp-shadow-cli",
        "/usr/bin/freerdp-shadow-cli3",
        "/usr/bin/freerdp-shadow-cli2",
    ],
};

/// Size of the host's desktop, in pixels.
const DESKTOP: (u32, u32) = (1024, 768);

/// A running RDP host on loopback, ended when dropped.
pub struct RdpHost {
    address: SocketAddr,
    accounts: Accounts,
    // Dropped in this order: the server before its display, its files last.
    server: Option<Running>,
    display: Display,
    home: TempDir,
}

impl RdpHost {
    /// Starts a host with these users and passwords and waits until it accepts connections.
    /// Blocks: in async code, call it where blocking is allowed.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn start(users: &[(&str, &str)]) -> Result<Self, SandboxError> {
        Self::start_as("RDS01.contoso.example", users)
    }

    /// The same, with a name of its own on the desktop.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn start_as(name: &str, users: &[(&str, &str)]) -> Result<Self, SandboxError> {
        let accounts = Accounts::new(users)?;
        let home = tempfile::tempdir()?;
        let display = Display::start(DESKTOP.0, DESKTOP.1)?;
        let desktop = home.path().join("desktop.png");
        Pattern::DESKTOP.draw(DESKTOP, name, &desktop)?;
        display.paint(&desktop)?;
        if !Pattern::DESKTOP.fills(&display.picture()?) {
            return Err(SandboxError::Failed { program: "display" });
        }
        let address = free_address()?;
        let mut host = Self { address, accounts, server: None, display, home };
        host.accounts.save(&host.accounts_file())?;
        host.serve()?;
        Ok(host)
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

    /// The display that the host shows.
    #[must_use]
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Changes a user's password, or adds a user. It counts from the next sign-in.
    ///
    /// # Errors
    /// If the name cannot stand in an account file, or the file cannot be written.
    pub fn set_password(&mut self, user: &str, password: &str) -> Result<(), SandboxError> {
        self.accounts.set(user, password)?;
        Ok(self.accounts.save(&self.accounts_file())?)
    }

    /// Comes back on the same port with a new key and certificate; open sessions end.
    ///
    /// # Errors
    /// If the server does not become ready again.
    pub fn renew_certificate(&mut self) -> Result<(), SandboxError> {
        self.stop();
        fs::remove_dir_all(self.certificate_folder())?;
        self.serve()
    }

    /// Ends the server; its port refuses connections until [`Self::resume`].
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// Serves again after [`Self::stop`], with the same certificate.
    ///
    /// # Errors
    /// If the server does not become ready again.
    pub fn resume(&mut self) -> Result<(), SandboxError> {
        self.stop();
        self.serve()
    }

    /// The host's certificate as a PEM file.
    #[must_use]
    pub fn certificate_file(&self) -> PathBuf {
        self.certificate_folder().join("shadow.crt")
    }

    /// Everything that the server has written.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn log(&self) -> io::Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(self.log_file())?).into_owned())
    }

    /// How often somebody presented a credential so far, right or wrong.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn sign_in_attempts(&self) -> io::Result<usize> {
        // Written once per sign-in, when the client's last NTLM message has been taken.
        Ok(self.log()?.matches("AcceptSecurityContext status SEC_I_COMPLETE_NEEDED").count())
    }

    /// How many connections ended before a sign-in was accepted: refused credentials, and also
    /// those that only looked at the certificate.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn refusals(&self) -> io::Result<usize> {
        Ok(self.log()?.matches("client authentication failure").count())
    }

    fn serve(&mut self) -> Result<(), SandboxError> {
        let mut command = SHADOW.command()?;
        let log = File::options().create(true).append(true).open(self.log_file())?;
        let mut accounts = std::ffi::OsString::from("/sam-file:");
        accounts.push(self.accounts_file());
        command
            .env("HOME", self.home.path())
            .env("DISPLAY", self.display.name())
            .env("WLOG_LEVEL", "INFO")
            .args([
                format!("/port:{}", self.address.port()),
                format!("/bind-address:{}", self.address.ip()),
            ])
            .args(["/sec:nla", "+auth"])
            .arg(accounts)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let mut server = SHADOW.spawn(&mut command)?;
        server.wait_until_it_listens(self.address)?;
        self.server = Some(server);
        Ok(())
    }

    fn accounts_file(&self) -> PathBuf {
        self.home.path().join("accounts.sam")
    }

    fn log_file(&self) -> PathBuf {
        self.home.path().join("server.log")
    }

    fn certificate_folder(&self) -> PathBuf {
        self.home.path().join(".config/freerdp/shadow")
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
