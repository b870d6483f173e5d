//! The room's files, and its start.

use std::{
    fs::{self, File, Permissions},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Stdio,
};

use crate::{
    display,
    program::{Program, Running, SandboxError},
    rdp_host::Pattern,
};

const UNSHARE: Program =
    Program { name: "unshare", package: "util-linux", paths: &["/usr/bin/unshare"] };
const OPENSSL: Program =
    Program { name: "openssl", package: "openssl", paths: &["/usr/bin/openssl"] };
const SCRIPT: &str = include_str!("room.sh");

pub(super) const CERTIFICATE: &str = "certificate.pem";
pub(super) const SERVER_LOG: &str = "xrdp.log";
pub(super) const SESMAN_LOG: &str = "sesman.log";
const KEY: &str = "key.pem";
const NAME: &str = "XRDP01.contoso.example";
/// `FreeRDP` asks for this size unless it is told another.
const DESKTOP: (u32, u32) = (1024, 768);

/// What must be free on this machine.
pub(super) struct Ports {
    pub(super) rdp: u16,
    /// 3350 by default, and read from `/etc/xrdp/sesman.ini` by both servers.
    pub(super) sesman: u16,
    /// The first display that the session manager may take.
    pub(super) display: u32,
}

/// Writes all files of a room.
pub(super) fn furnish(folder: &Path, ports: &Ports) -> Result<(), SandboxError> {
    // The account must be able to reach its home in it.
    fs::set_permissions(folder, Permissions::from_mode(0o755))?;
    fs::create_dir(folder.join("etc"))?;
    certificate(folder)?;
    Pattern::DESKTOP.draw(DESKTOP, NAME, &folder.join("desktop.png"))?;
    let desktop = folder.join("desktop.sh");
    fs::write(&desktop, desktop_script(folder)?)?;
    fs::set_permissions(&desktop, Permissions::from_mode(0o755))?;
    let path = |name| folder.join(name).display().to_string();
    let (rdp, sesman) = (format!("tcp://127.0.0.1:{}", ports.rdp), ports.sesman.to_string());
    let display = ports.display.to_string();
    let (log, sesman_log) = (path(SERVER_LOG), path(SESMAN_LOG));
    let (certificate, key, desktop) = (path(CERTIFICATE), path(KEY), path("desktop.sh"));
    configure(
        folder,
        "xrdp.ini",
        &[
            ("port", &rdp),
            ("security_layer", "tls"),
            ("certificate", &certificate),
            ("key_file", &key),
            ("autorun", "Xorg"),
            ("LogFile", &log),
            // Names the channels that a client asks for.
            ("LogLevel", "DEBUG"),
            ("EnableSyslog", "false"),
        ],
    )?;
    configure(
        folder,
        "sesman.ini",
        &[
            ("ListenPort", &sesman),
            ("X11DisplayOffset", &display),
            ("EnableUserWindowManager", "false"),
            ("DefaultWindowManager", &desktop),
            ("LogFile", &sesman_log),
            ("EnableSyslog", "false"),
        ],
    )
}

/// Debian's file with these values, each where its key stands first.
fn configure(folder: &Path, name: &str, values: &[(&str, &str)]) -> Result<(), SandboxError> {
    let mut left = values.to_vec();
    let mut text = String::new();
    for line in fs::read_to_string(Path::new("/etc/xrdp").join(name))?.lines() {
        let key = line.split_once('=').map(|(key, _)| key);
        let at = left.iter().position(|(wanted, _)| key == Some(wanted));
        match at.map(|at| left.swap_remove(at)) {
            Some((key, value)) => text.extend([key, "=", value]),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    fs::write(folder.join(name), text)?;
    if left.is_empty() { Ok(()) } else { Err(SandboxError::Failed { program: "xrdp" }) }
}

/// A key and a certificate that nobody has seen before.
fn certificate(folder: &Path) -> Result<(), SandboxError> {
    let mut command = OPENSSL.command()?;
    command.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj"]);
    command.arg(format!("/CN={NAME}")).arg("-keyout").arg(folder.join(KEY));
    command.arg("-out").arg(folder.join(CERTIFICATE)).stderr(Stdio::null());
    OPENSSL.output(&mut command).map(drop)
}

/// What the account's session shows: the pattern, and a terminal in its upper left corner.
fn desktop_script(folder: &Path) -> Result<String, SandboxError> {
    let picture = folder.join("desktop.png");
    let paint = display::painter()?;
    Ok(format!(
        "#!/bin/sh\n{paint} -window root {}\nexec /usr/bin/xterm -geometry 30x4+0+0\n",
        picture.display()
    ))
}

/// Starts the room's processes.
pub(super) fn enter(folder: &Path, user: &str, password: &str) -> Result<Running, SandboxError> {
    let log = File::create(folder.join("room.log"))?;
    let mut command = UNSHARE.command()?;
    command
        .args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
        .args(["/bin/sh", "-c", SCRIPT])
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("ROOM", folder)
        .env("ACCOUNT", user)
        .stdin(Stdio::piped())
        .stdout(log.try_clone()?)
        .stderr(log);
    let mut room = UNSHARE.spawn_to_kill(&mut command)?;
    let mut input = room.child().stdin.take().ok_or_else(|| UNSHARE.failed())?;
    input.write_all(format!("{user}:{password}\n").as_bytes())?;
    Ok(room)
}
