//! A display and a real RDP host for the tests.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use base64::Engine as _;
use md4::{Digest as _, Md4};
use sha2::Sha256;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for it; not for a time.
pub(crate) async fn until(what: &str, mut is: impl FnMut() -> bool) {
    let waiting = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("waited for: {what}"));
}

pub(crate) struct Display {
    pub(crate) name: String,
    _server: Child,
}

impl Display {
    pub(crate) async fn start() -> Self {
        let mut server = Command::new("/usr/bin/Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x960x24", "-nolisten", "tcp"])
            // Or it begins anew, deaf meanwhile, whenever the last who looked at it has left.
            .arg("-noreset")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Xvfb is installed");
        let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines();
        let number = lines.next_line().await.expect("Xvfb speaks").expect("a display number");
        Self { name: format!(":{}", number.trim()), _server: server }
    }
}

/// `FreeRDP`'s shadow server with network level authentication and one account.
pub(crate) struct ShadowHost {
    pub(crate) address: SocketAddr,
    pub(crate) user: &'static str,
    /// SHA-256 of its certificate.
    pub(crate) certificate: [u8; 32],
    _server: Child,
    _display: Display,
    _home: TempDir,
}

impl ShadowHost {
    pub(crate) async fn start(password: &str) -> Self {
        let (display, home) = (Display::start().await, TempDir::new().expect("a folder"));
        let sam = home.path().join("sam");
        std::fs::write(&sam, format!("realadmin:::{}:::\n", nt_hash(password))).expect("written");
        let (server, address) = listening(&display, &sam).await;
        let certificate = certificate(home.path());
        let user = "realadmin";
        Self { address, user, certificate, _server: server, _display: display, _home: home }
    }
}

/// It sometimes does not come up on a machine under load; then another is started.
async fn listening(display: &Display, sam: &Path) -> (Child, SocketAddr) {
    for _ in 0..4 {
        let address = free_address().await;
        let server = server(display, sam, address);
        let up = async {
            while TcpStream::connect(address).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(10), up).await.is_ok() {
            return (server, address);
        }
    }
    panic!("the shadow server does not listen");
}

fn server(display: &Display, sam: &Path, address: SocketAddr) -> Child {
    Command::new("/usr/bin/freerdp-shadow-cli")
        .arg(format!("/port:{}", address.port()))
        .arg(format!("/bind-address:{}", address.ip()))
        .args(["/sec:nla", "+auth", &format!("/sam-file:{}", sam.display())])
        .env("HOME", sam.parent().expect("it lies in the home"))
        .env("DISPLAY", &display.name)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("freerdp2-shadow-x11 is installed")
}

fn certificate(home: &Path) -> [u8; 32] {
    let file = home.join(".config/freerdp/shadow/shadow.crt");
    let pem = std::fs::read_to_string(file).expect("the shadow server makes one");
    let (_, rest) = pem.split_once("-----BEGIN CERTIFICATE-----").expect("PEM");
    let (body, _) = rest.split_once("-----END").expect("PEM");
    let der = base64::engine::general_purpose::STANDARD.decode(body.replace('\n', ""));
    Sha256::digest(der.expect("Base64")).into()
}

/// NT hash: MD4 over the UTF-16LE password, as the SAM file holds it.
fn nt_hash(password: &str) -> String {
    let bytes: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Md4::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// A port that nobody else is given meanwhile: on an address of its own.
pub(crate) async fn free_address() -> SocketAddr {
    let [x, y, z, ..] = uuid::Uuid::new_v4().into_bytes();
    let address = std::net::Ipv4Addr::new(127, x.clamp(1, 254), y, z.clamp(1, 254));
    let listener = TcpListener::bind((address, 0)).await.expect("a port");
    listener.local_addr().expect("an address")
}
