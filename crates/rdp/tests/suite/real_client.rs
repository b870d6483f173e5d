//! `FreeRDP` signs in to `FreeRDP`'s shadow server with nothing but the handoff.

use tokio::net::TcpStream;
use usher_core::entry::{Clipboard, Device, DevicePolicy, Spki};
use usher_core::ports::{Acceptance, End, Injector, OpenSession, Outcome, Refusal};
use usher_rdp::LoopbackInjector;

use crate::support::greedy::read_connect_initial;
use crate::support::{
    DESKTOP, HostKey, PATIENCE, Script, ShadowHost, StubHost, TestLease, Then, auth_only,
    auth_only_with, canary, desktop, greedy_client, opened, session, shown_key, sign_in,
};

#[tokio::test]
async fn a_client_signs_in_with_only_the_handoff() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    assert!(handoff.address.ip().is_loopback());
    assert_eq!(auth_only(&handoff, &control).await, 0);
    let (outcomes, end) = watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]);
    assert!(matches!(end, End::Closed { .. }), "{end:?}");
    assert_eq!(watch.taken(), 1);
}

#[tokio::test]
async fn a_client_that_probes_first_is_served_then() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    drop(TcpStream::connect(handoff.address).await.expect("listening"));
    assert_eq!(auth_only(&handoff, &control).await, 0);
    assert_eq!(watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));
}

#[tokio::test]
async fn a_wrong_password_is_the_hosts_refusal_and_the_client_gets_nothing() {
    let host = ShadowHost::start(&canary("Real")).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &canary("Old"))));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    assert_ne!(auth_only(&handoff, &control).await, 0, "the client has no session");
    let (outcomes, end) = watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    let refused = matches!(end, End::HostRefused(Refusal::LogonFailure | Refusal::Unexplained));
    assert!(refused, "{end:?}");
}

#[tokio::test]
async fn the_desktop_appears_in_the_clients_window_until_a_person_ends_it() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    let (mut client, display, _home) = desktop(&handoff, &control).await;
    assert_eq!(watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));

    display.until_it_shows(DESKTOP).await;
    assert!(client.try_wait().expect("asked").is_none(), "the client still runs");

    control.end();
    control.end();
    let (outcomes, end) = watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::EndedByPerson));
    let left = tokio::time::timeout(PATIENCE, client.wait()).await;
    left.expect("the client notices").expect("waited");
}

/// What a client that asks for everything asks a host for, as far as the policy lets it.
async fn asked_for(devices: DevicePolicy) -> Vec<String> {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let (lease, _watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let session = OpenSession { devices, ..session(port, shown_key(port).await) };
    let (handoff, control) = opened(session, lease).await;
    let _client = greedy_client(&handoff, &control).await;
    host.until(|seen| !seen.frames.is_empty(), "a Connect Initial").await;
    let blocks = host.seen(|seen| read_connect_initial(&seen.frames[0]));
    let udp = blocks.multi_transport_channel.map(|block| block.flags.bits());
    assert_eq!(udp.unwrap_or_default(), 0, "no UDP");
    let channels = blocks.network.expect("a list").channels;
    let names = channels.iter().map(|channel| channel.name.as_str().expect("ASCII").to_owned());
    names.filter(|name| !name.starts_with("x-off")).collect()
}

#[tokio::test]
async fn a_real_client_that_asks_for_everything_gets_what_the_entry_allows() {
    let mut asked = asked_for(DevicePolicy::nothing()).await;
    assert_eq!(asked, ["drdynvc"]);
    asked = asked_for(DevicePolicy::new(Device::ALL, Clipboard::TextAndFiles)).await;
    asked.sort();
    assert_eq!(asked, ["cliprdr", "drdynvc", "rdpdr", "rdpsnd"], "the control");
}

#[tokio::test]
async fn the_desktop_appears_for_a_client_that_asks_for_everything() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let session = OpenSession { devices: DevicePolicy::nothing(), ..session(host.port, trusted) };
    let (handoff, control) = opened(session, lease).await;
    let (mut client, display, _home) = greedy_client(&handoff, &control).await;
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    display.until_it_shows(DESKTOP).await;
    assert!(client.try_wait().expect("asked").is_none(), "the client still runs");
}

#[tokio::test]
async fn a_wrong_one_time_password_releases_nothing() {
    let host = ShadowHost::start(&canary("Real")).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &canary("Real"))));
    let (handoff, control) = opened(session(host.port, trusted), lease).await;
    assert_ne!(auth_only_with((&handoff, &control), &canary("Guess")).await, 0);
    control.end();
    let (outcomes, end) = watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::EndedByPerson));
    assert_eq!(watch.taken(), 0, "the lease was never taken");
}

#[tokio::test]
async fn two_sessions_share_neither_address_nor_credential_nor_certificate() {
    let injector = LoopbackInjector::new();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (lease, _watch) = TestLease::new(Script::Hang);
        let opened = injector.open(session(3389, Spki([0; 32])), lease).await;
        let (handoff, control) = opened.expect("open");
        control.end();
        seen.push(handoff);
    }
    let [first, second] = [&seen[0], &seen[1]];
    assert_ne!(first.address, second.address);
    assert_ne!(first.user, second.user);
    assert_ne!(first.certificate_sha256, second.certificate_sha256);
    // EXPOSE: the test compares two one-time passwords
    assert_ne!(first.password.expose(), second.password.expose());
}
