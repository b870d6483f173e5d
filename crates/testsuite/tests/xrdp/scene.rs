//! A host, a screen with a client on it, and the way between them.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use usher_core::Secret;
use usher_core::entry::{DevicePolicy, Display, Port, UserName};
use usher_core::ports::{
    Client, Injector as _, OpenSession, Outcome, Preflight, SessionControl, Target,
};
use usher_rdp::LoopbackInjector;
use usher_sandbox::xrdp_host::{Session, XrdpHost};
use usher_testsuite::Result;
use usher_testsuite::freerdp::{RunningClient, Screen, Way};
use usher_testsuite::lease::{Given, Reported};
use uuid::Uuid;

/// Long enough for a slow machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(40);
pub(crate) const USER: &str = "technician";

/// A host with one account and a client's screen.
pub(crate) struct Scene {
    pub(crate) host: XrdpHost,
    pub(crate) screen: Screen,
    pub(crate) password: String,
    runtime: Runtime,
}

/// An injector's session that waits for its client, or has it.
pub(crate) struct Injected {
    pub(crate) way: Way,
    pub(crate) control: SessionControl,
    reported: Receiver<Reported>,
}

impl Scene {
    pub(crate) fn start() -> Result<Self> {
        let password = Uuid::new_v4().to_string();
        let host = XrdpHost::start(USER, &password)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        Ok(Self { host, screen: Screen::new(1024, 768)?, password, runtime })
    }

    /// A client that signs in at the host itself: the control of what the injector changes.
    pub(crate) fn direct(&self, asks: &[&str]) -> Result<RunningClient> {
        let way = Way {
            address: self.host.address(),
            user: USER.to_owned(),
            password: self.password.clone(),
            certificate_sha256: None,
            security: "/sec:tls",
        };
        self.screen.start(&way, asks)
    }

    /// A client through the injector, which has this policy and the account's password.
    pub(crate) fn injected(
        &self,
        devices: DevicePolicy,
        asks: &[&str],
    ) -> Result<(RunningClient, Injected)> {
        self.injected_with(&self.password, devices, asks)
    }

    /// The same with another password than the account's.
    pub(crate) fn injected_with(
        &self,
        password: &str,
        devices: DevicePolicy,
        asks: &[&str],
    ) -> Result<(RunningClient, Injected)> {
        let injected = self.open(password, devices)?;
        let client = self.screen.start(&injected.way, asks)?;
        injected.control.serve(Client::Started(client.id()));
        Ok((client, injected))
    }

    /// What a look at the host finds.
    pub(crate) fn preflight(&self) -> Result<Preflight> {
        Ok(self.runtime.block_on(LoopbackInjector::new().preflight(&self.target()))?)
    }

    fn open(&self, password: &str, devices: DevicePolicy) -> Result<Injected> {
        let found = self.preflight()?;
        let session = OpenSession {
            target: self.target(),
            trusted: found.certificate.spki,
            takes: found.takes,
            title: "CLIENT · XRDP01 · technician".to_owned(),
            patience: PATIENCE,
            by_hand: false,
            devices,
            display: Display::default(),
        };
        let user = UserName { domain: None, user: USER.to_owned() };
        let (lease, reported) = Given::new(user, Secret::new(password.to_owned()));
        let injector = LoopbackInjector::new();
        let (handoff, control) = self.runtime.block_on(injector.open(session, lease))?;
        Ok(Injected { way: Way::injected(&handoff), control, reported })
    }

    fn target(&self) -> Target {
        let address = self.host.address();
        let host = address.ip().to_string().parse().expect("a host");
        Target { host, port: Port::new(address.port()).expect("a port") }
    }

    /// The account's session, once the host has let it in.
    pub(crate) fn session(&self) -> Session<'_> {
        until("the account's session", || self.host.session().expect("the host's log"))
    }

    /// Waits for the host's desktop on the client's screen.
    pub(crate) fn desktop_is_shown(&self) {
        let pattern = self.host.pattern();
        until("the host's desktop on the client's screen", || {
            let shown = pattern.fills(&self.screen.display.picture().expect("a screenshot"));
            shown.then_some(())
        });
    }

    /// A picture of the client's screen, where `USHER_SCREENS` names a folder for it.
    pub(crate) fn keep(&self, name: &str) {
        let Some(folder) = std::env::var_os("USHER_SCREENS").map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        self.screen.display.screenshot(&folder.join(format!("{name}.png"))).expect("a picture");
    }
}

impl Injected {
    /// The next that the injector reports.
    pub(crate) fn next(&self) -> Outcome {
        let (_, outcome) = self.reported.recv_timeout(PATIENCE).expect("an outcome in time");
        outcome
    }
}

/// Looks again and again until there is something to see.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what}: not in time");
        thread::sleep(Duration::from_millis(50));
    }
}
