//! A real host (`FreeRDP`'s shadow server with NLA) and a real client (`xfreerdp`).

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;

use md4::{Digest, Md4};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use usher_core::ports::{Client, Handoff, SessionControl};

use super::{Display, PATIENCE};

/// The colour of the shadow host's desktop.
pub(crate) const DESKTOP: [u8; 3] = [0x2E, 0x6F, 0x40];

/// A desktop behind network level authentication, with one account.
pub(crate) struct ShadowHost {
    pub(crate) port: u16,
    pub(crate) user: &'static str,
    _server: Child,
    _desktop: Child,
    _display: Display,
    _home: TempDir,
}

impl ShadowHost {
    pub(crate) async fn start(password: &str) -> Self {
        let display = Display::start("1024x768x24").await;
        let desktop = quiet("/usr/bin/xterm", &display)
            .args([
                "-geometry",
                "400x200+0+0",
                "-bg",
                "#2E6F40",
                "-fg",
                "#2E6F40",
                "-e",
                "/bin/cat",
            ])
            .spawn()
            .expect("xterm is installed");
        let home = TempDir::new().expect("a folder");
        let sam = home.path().join("sam");
        std::fs::write(&sam, format!("realadmin:::{}:::\n", nt_hash(password))).expect("written");
        let port = free_port().await;
        let server = quiet("/usr/bin/freerdp-shadow-cli", &display)
            .args([&format!("/port:{port}"), "/bind-address:127.0.0.1", "/sec:nla", "+auth"])
            .arg(format!("/sam-file:{}", sam.display()))
            .env("HOME", home.path())
            .spawn()
            .expect("freerdp2-shadow-x11 is installed");
        listening(port).await;
        let user = "realadmin";
        Self { port, user, _server: server, _desktop: desktop, _display: display, _home: home }
    }
}

/// NT hash: MD4 over the UTF-16LE password, as the SAM file holds it.
fn nt_hash(password: &str) -> String {
    let bytes: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Md4::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("an address").port()
}

async fn listening(port: u16) {
    let up = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, up).await.expect("the shadow server listens");
}

fn quiet(program: &str, display: &Display) -> Command {
    let mut command = Command::new(program);
    command.env("DISPLAY", &display.name).kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// `xfreerdp` as the injector's README says to start it.
fn client(handoff: &Handoff, display: &Display, home: &TempDir) -> Command {
    let fingerprint: Vec<String> =
        handoff.certificate_sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut command = quiet("/usr/bin/xfreerdp", display);
    command.arg(format!("/v:{}", handoff.address)).arg(format!("/u:{}", handoff.user));
    command.arg(format!("/cert:fingerprint:sha256:{}", fingerprint.join(":")));
    command
        .arg(format!("/t:{}", handoff.title))
        .args(["/from-stdin:force", "/sec:nla", "/dynamic-resolution", "-drives"])
        .args(["-home-drive", "-clipboard", "/log-level:WARN"])
        .stdin(Stdio::piped());
    command.env("HOME", home.path());
    command
}

async fn write_password(child: &mut Child, password: &str) {
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(format!("{password}\n").as_bytes()).await.expect("written");
}

/// Signs in and leaves at once; the client's exit code.
pub(crate) async fn auth_only(handoff: &Handoff, control: &SessionControl) -> i32 {
    // EXPOSE: the one-time password goes to the client's stdin, as the product does it
    auth_only_with((handoff, control), handoff.password.expose()).await
}

/// The same with another password than the handoff's.
pub(crate) async fn auth_only_with(
    (handoff, control): (&Handoff, &SessionControl),
    password: &str,
) -> i32 {
    let display = Display::start("800x600x24").await;
    let home = TempDir::new().expect("a folder");
    let mut child = client(handoff, &display, &home).arg("+auth-only").spawn().expect("xfreerdp");
    control.serve(Client::Started(child.id().expect("running")));
    write_password(&mut child, password).await;
    let ended = tokio::time::timeout(PATIENCE, child.wait()).await.expect("the client ends");
    ended.expect("waited").code().unwrap_or(-1)
}

/// A client with a whole session on a display of its own; only its connections are served.
pub(crate) async fn desktop(
    handoff: &Handoff,
    control: &SessionControl,
) -> (Child, Display, TempDir) {
    let (mut child, display, home) = waiting(handoff).await;
    control.serve(Client::Started(child.id().expect("running")));
    typed(&mut child, handoff).await;
    (child, display, home)
}

/// A client that connects once it is [`typed`] the password.
pub(crate) async fn waiting(handoff: &Handoff) -> (Child, Display, TempDir) {
    let display = Display::start("1280x960x24").await;
    let home = TempDir::new().expect("a folder");
    let child = client(handoff, &display, &home).arg("+auto-reconnect").spawn().expect("xfreerdp");
    (child, display, home)
}

/// A client that asks for whatever of this computer it can offer.
pub(crate) async fn greedy(
    handoff: &Handoff,
    control: &SessionControl,
) -> (Child, Display, TempDir) {
    let display = Display::start("1280x960x24").await;
    let home = TempDir::new().expect("a folder");
    let drive = format!("/drive:home,{}", home.path().display());
    let mut child = client(handoff, &display, &home)
        .args([drive.as_str(), "/printer:none", "/smartcard", "/serial:COM1,/dev/null"])
        .args(["/parallel:LPT1,/dev/null", "/sound", "/microphone", "/gfx"])
        .args(["+clipboard", "/vc:encomsp", "/multitransport"])
        .spawn()
        .expect("xfreerdp");
    control.serve(Client::Started(child.id().expect("running")));
    typed(&mut child, handoff).await;
    (child, display, home)
}

/// Gives a waiting client the one-time password.
pub(crate) async fn typed(child: &mut Child, handoff: &Handoff) {
    // EXPOSE: the one-time password goes to the client's stdin, as the product does it
    write_password(child, handoff.password.expose()).await;
}

/// Only for the positive control of the leak scan: a client with the password as an argument.
pub(crate) fn careless_client(
    address: SocketAddr,
    user: &str,
    password: &str,
    display: &Display,
) -> Child {
    quiet("/usr/bin/xfreerdp", display)
        .args([format!("/v:{address}"), format!("/u:{user}"), format!("/p:{password}")])
        .arg("/cert:ignore")
        .spawn()
        .expect("xfreerdp")
}

/// Where this test binary may look for processes' memory.
pub(crate) fn proc(pid: u32, what: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}/{what}"))
}
