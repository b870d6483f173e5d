//! What the tests stand on.

mod canary;
mod cutter;
#[cfg(target_os = "linux")]
mod display;
pub(crate) mod greedy;
mod lease;
#[cfg(target_os = "linux")]
mod real;
mod stub_client;
mod stub_host;
mod wire;

pub(crate) use canary::canary;
pub(crate) use cutter::Cutter;
#[cfg(target_os = "linux")]
pub(crate) use display::Display;
pub(crate) use lease::{Renewal, Script, TestLease, Watch};
#[cfg(target_os = "linux")]
pub(crate) use real::{
    DESKTOP, ShadowHost, auth_only, auth_only_with, careless_client, desktop,
    greedy as greedy_client, proc, typed, waiting,
};
pub(crate) use stub_client::StubClient;
pub(crate) use stub_host::{HostKey, StubHost, Then};
pub(crate) use wire::Wire;

use std::time::Duration;

use usher_core::entry::{DevicePolicy, Display as WindowLook, Host, Port, Spki, UserName};
use usher_core::ports::{
    Client, Handoff, Injector, OpenSession, SessionControl, SignIn, Takes, Target,
};
use usher_rdp::LoopbackInjector;

/// Long enough for a slow machine; a test that waits this long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn target(port: u16) -> Target {
    let host = "127.0.0.1".parse::<Host>().expect("a host");
    Target { host, port: Port::new(port).expect("a port") }
}

pub(crate) fn session(port: u16, trusted: Spki) -> OpenSession {
    let title = "CLIENT · HOST · ACCOUNT".to_owned();
    OpenSession {
        target: target(port),
        trusted,
        // Whatever a host of the tests takes.
        takes: Takes::Tls,
        title,
        patience: PATIENCE,
        by_hand: false,
        devices: DevicePolicy::default(),
        display: WindowLook::default(),
    }
}

/// Opens a session that serves any client of this user from the start.
pub(crate) async fn opened(session: OpenSession, lease: TestLease) -> (Handoff, SessionControl) {
    let (handoff, control) = LoopbackInjector::new().open(session, lease).await.expect("open");
    control.serve(Client::Manual);
    (handoff, control)
}

/// A client with nothing but the handoff.
pub(crate) fn one_time(handoff: &Handoff) -> StubClient<'_> {
    // EXPOSE: the stub client signs in with the one-time password, as a real one does
    StubClient::new(&handoff.user, handoff.password.expose())
}

pub(crate) fn sign_in(user: &str, password: &str) -> SignIn {
    let user = UserName::parse(user).expect("a user name");
    SignIn { user, password: usher_core::Secret::new(password.to_owned()) }
}

/// The key that a host shows now, as a preflight finds it.
pub(crate) async fn shown_key(port: u16) -> Spki {
    let found = LoopbackInjector::new().preflight(&target(port)).await;
    found.expect("a host with a certificate").certificate.spki
}
