//! A bus of a test's own.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use usher_presence::Buses;

/// A bus that knows no program to start for a name.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=FOLDER</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"#;

pub(crate) struct Bus {
    pub(crate) address: String,
    _folder: tempfile::TempDir,
    _daemon: Child,
}

impl Bus {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bus.conf");
        let place = folder.path().display().to_string();
        std::fs::write(&file, CONFIGURATION.replace("FOLDER", &place)).expect("writes");
        let mut daemon = Command::new("/usr/bin/dbus-daemon")
            .args(["--nofork", "--print-address", "--config-file"])
            .arg(&file)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("dbus-daemon is installed");
        let mut lines = BufReader::new(daemon.stdout.take().expect("piped")).lines();
        let address = lines.next_line().await.expect("it speaks").expect("an address");
        Self { address, _folder: folder, _daemon: daemon }
    }

    /// Both of the desktop's buses are this one.
    pub(crate) fn as_both(&self) -> Buses {
        Buses { system: Some(self.address.clone()), session: Some(self.address.clone()) }
    }

    pub(crate) async fn connect(&self) -> zbus::Connection {
        let address = zbus::connection::Builder::address(self.address.as_str());
        address.expect("an address").build().await.expect("connects")
    }
}
