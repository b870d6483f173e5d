//! A desktop session's message bus and keyring, apart from those of whoever runs the tests.
#![expect(clippy::disallowed_types, reason = "the sandbox runs display and host programs itself")]

use std::{
    ffi::OsString,
    fs,
    io::{BufReader, Write},
    path::Path,
    process::{ChildStdout, Command, Stdio},
};

use rand::{RngExt, distr::Alphanumeric};
use tempfile::TempDir;

use crate::program::{Program, Running, SandboxError};

const BUS: Program =
    Program { name: "dbus-daemon", package: "dbus-daemon", paths: &["/usr/bin/dbus-daemon"] };
const SEND: Program =
    Program { name: "dbus-send", package: "dbus-bin", paths: &["/usr/bin/dbus-send"] };
const KEYRING: Program = Program {
    name: "gnome-keyring-daemon",
    package: "gnome-keyring",
    paths: &["/usr/bin/gnome-keyring-daemon"],
};

const SECRETS: &str = "org.freedesktop.secrets";

/// A private session bus with an unlocked keyring on it; both end when dropped.
///
/// No service is started by asking for it, and no prompt can appear: what the keyring cannot do
/// by itself fails at once.
pub struct PrivateSession {
    address: String,
    /// Kept, so that the keyring can be started again over the same items.
    passphrase: String,
    keyring: Option<Running>,
    _bus: Running,
    _pipe: BufReader<ChildStdout>,
    folder: TempDir,
}

impl PrivateSession {
    /// Starts bus and keyring, unlocks it with a passphrase that nobody knows, and waits until
    /// it can store. Blocks: in async code, call it where blocking is allowed.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn start() -> Result<Self, SandboxError> {
        let mut session = Self::without_keyring()?;
        session.start_keyring()?;
        Ok(session)
    }

    /// Starts the bus alone, for tests of a machine without a keyring.
    ///
    /// # Errors
    /// If a program is missing or does not become ready.
    pub fn without_keyring() -> Result<Self, SandboxError> {
        let folder = tempfile::tempdir()?;
        let settings = folder.path().join("bus.conf");
        fs::write(&settings, bus_settings(folder.path()))?;
        for place in ["home", "run"] {
            fs::create_dir(folder.path().join(place))?;
        }
        let mut command = BUS.command()?;
        command.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]);
        command.arg(&settings).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut bus = BUS.spawn(&mut command)?;
        let (address, pipe) = bus.first_line()?;
        let address = address.trim().to_owned();
        let passphrase = rand::rng().sample_iter(Alphanumeric).take(32).map(char::from).collect();
        Ok(Self { address, passphrase, keyring: None, _bus: bus, _pipe: pipe, folder })
    }

    /// Starts the keyring, as a person would who was told that it is missing.
    ///
    /// # Errors
    /// If it is missing or does not become ready.
    pub fn start_keyring(&mut self) -> Result<(), SandboxError> {
        self.stop_keyring();
        let mut command = KEYRING.command()?;
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = KEYRING.spawn(command.envs(self.environment()))?;
        // Closing the pipe is what ends the passphrase.
        let mut input = keyring.child().stdin.take().ok_or_else(|| KEYRING.failed())?;
        input.write_all(self.passphrase.as_bytes())?;
        drop(input);
        keyring.wait_for(|| self.can_store().then_some(()))?;
        self.keyring = Some(keyring);
        Ok(())
    }

    /// Ends the keyring; what it stored stays for the next start.
    pub fn stop_keyring(&mut self) {
        self.keyring = None;
    }

    /// Tells everybody in this session that the screen was locked, as a desktop's screen saver does.
    ///
    /// # Errors
    /// If the bus takes no message.
    pub fn lock_screen(&self) -> Result<(), SandboxError> {
        let mut command = SEND.command()?;
        command.envs(self.environment()).args(["--session", "--type=signal"]);
        command.args(["/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged"]);
        SEND.output(command.arg("boolean:true"))?;
        Ok(())
    }

    /// The variables that put a child process into this session.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let home = self.folder.path().join("home");
        let inside = |place: &str| home.join(place).into_os_string();
        vec![
            ("DBUS_SESSION_BUS_ADDRESS", self.address.clone().into()),
            ("HOME", home.clone().into_os_string()),
            ("XDG_RUNTIME_DIR", self.folder.path().join("run").into_os_string()),
            ("XDG_DATA_HOME", inside(".local/share")),
            ("XDG_CONFIG_HOME", inside(".config")),
            ("XDG_STATE_HOME", inside(".local/state")),
            ("XDG_CACHE_HOME", inside(".cache")),
        ]
    }

    /// The private `HOME`, gone with the session.
    #[must_use]
    pub fn home(&self) -> std::path::PathBuf {
        self.folder.path().join("home")
    }

    /// Whether the service has the bus name and a collection to store in.
    fn can_store(&self) -> bool {
        let owned = self.ask(&[
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            &format!("string:{SECRETS}"),
        ]);
        if !owned.is_some_and(|reply| reply.contains("boolean true")) {
            return false;
        }
        let collection = self.ask(&[
            &format!("--dest={SECRETS}"),
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.ReadAlias",
            "string:default",
        ]);
        collection.is_some_and(|reply| reply.contains("/collection/"))
    }

    fn ask(&self, call: &[&str]) -> Option<String> {
        let mut command = SEND.command().ok()?;
        let command: &mut Command = command.envs(self.environment()).stderr(Stdio::null());
        let reply = SEND.output(command.args(["--session", "--print-reply"]).args(call)).ok()?;
        String::from_utf8(reply).ok()
    }
}

/// A bus that only this user may join and that starts no services.
fn bus_settings(folder: &Path) -> String {
    let socket = folder.join("bus");
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        socket.display()
    )
}
