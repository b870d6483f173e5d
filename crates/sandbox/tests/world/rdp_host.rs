#![expect(clippy::disallowed_types, reason = "a real RDP client is the only proof")]

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use usher_sandbox::{SandboxError, display::Display, rdp_host::RdpHost};

fn random_text(label: &str) -> String {
    format!("{label} ü\"{:016x}", rand::random::<u64>())
}

/// A real client on a display of its own.
struct Client {
    display: Display,
    home: tempfile::TempDir,
}

impl Client {
    fn new() -> Self {
        let display = Display::start(1024, 768).unwrap();
        Self { display, home: tempfile::tempdir().unwrap() }
    }

    fn command(&self, host: &RdpHost, user: &str, password: &str) -> Command {
        let mut command = Command::new("/usr/bin/xfreerdp");
        command
            .env_clear()
            .env("DISPLAY", self.display.name())
            .env("HOME", self.home.path())
            .env("LANG", "C.UTF-8")
            .args([format!("/v:{}", host.address()), format!("/u:{user}")])
            .args([format!("/p:{password}").as_str(), "/cert:ignore", "/sec:nla"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Whether the host takes the credential.
    fn signs_in(&self, host: &RdpHost, user: &str, password: &str) -> bool {
        let mut command = self.command(host, user, password);
        command.arg("+auth-only").status().unwrap().success()
    }
}

fn soon(what: &str, mut condition: impl FnMut() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < Duration::from_secs(30), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn only_the_right_password_signs_in_and_a_new_one_counts_at_once() {
    let (password, other) = (random_text("first"), random_text("second"));
    let mut host = RdpHost::start(&[("adm", &password), ("ben", &other)]).unwrap();
    let client = Client::new();
    assert_eq!(host.sign_in_attempts().unwrap(), 0);
    assert!(client.signs_in(&host, "adm", &password));
    assert!(client.signs_in(&host, "ben", &other));
    assert!(!client.signs_in(&host, "adm", &other));
    assert_eq!((host.sign_in_attempts().unwrap(), host.refusals().unwrap()), (3, 1));

    host.set_password("adm", &other).unwrap();
    assert!(!client.signs_in(&host, "adm", &password));
    assert!(client.signs_in(&host, "adm", &other));
}

#[test]
fn the_client_shows_the_desktop_that_the_host_paints() {
    let password = random_text("desktop");
    let host = RdpHost::start(&[("adm", &password)]).unwrap();
    assert!(host.pattern().fills(&host.display().picture().unwrap()));
    let client = Client::new();
    assert!(!host.pattern().fills(&client.display.picture().unwrap()));
    let mut session = client.command(&host, "adm", &password).arg("/f").spawn().unwrap();
    soon("the desktop", || host.pattern().fills(&client.display.picture().unwrap()));
    session.kill().unwrap();
    session.wait().unwrap();
}

#[test]
fn a_renewed_certificate_is_another_one_on_the_same_port() {
    let password = random_text("renewed");
    let mut host = RdpHost::start(&[("adm", &password)]).unwrap();
    let (address, before) = (host.address(), fs::read(host.certificate_file()).unwrap());
    host.renew_certificate().unwrap();
    assert_eq!(host.address(), address);
    assert_ne!(fs::read(host.certificate_file()).unwrap(), before);
    assert!(Client::new().signs_in(&host, "adm", &password));

    let renewed = fs::read(host.certificate_file()).unwrap();
    host.stop();
    assert!(std::net::TcpStream::connect(address).is_err());
    host.resume().unwrap();
    assert_eq!(fs::read(host.certificate_file()).unwrap(), renewed);
}

#[test]
fn a_user_name_that_would_break_the_account_file_is_refused() {
    let refused = RdpHost::start(&[("a:b", "x")]).err();
    assert!(matches!(refused, Some(SandboxError::UserName)));
}
