//! The acceptor that shows whether a client of this machine signs in.

use ironrdp_pdu::nego::SecurityProtocol;
use usher_core::ports::Client;
#[cfg(target_os = "linux")]
use usher_core::ports::{Controls, SessionControl, Traffic};
use usher_rdp::{Probe, ProbeReport};

#[cfg(target_os = "linux")]
use crate::support::auth_only;
use crate::support::{PATIENCE, StubClient};

/// The probe serves whoever comes, and is held by nothing.
#[cfg(target_os = "linux")]
struct Anybody;

#[cfg(target_os = "linux")]
impl Controls for Anybody {
    fn end(&self) {}

    fn sign_in_again(&self) -> bool {
        false
    }

    fn serve(&self, _client: Client) {}

    fn strike_files(&self) {}

    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

async fn patience() {
    tokio::time::sleep(PATIENCE).await;
}

#[tokio::test]
async fn it_tells_how_far_each_client_came_and_ends_with_the_one_that_signs_in() {
    let (probe, handoff) = Probe::open("PROBE").await.expect("open");
    assert!(handoff.address.ip().is_loopback());
    let watching = tokio::spawn(probe.watch(Client::Manual, patience()));
    let without = StubClient { protocol: SecurityProtocol::SSL, ..StubClient::new("adm", "x") };
    assert!(without.sign_in(handoff.address).await.is_err(), "it must have NLA");
    let wrong = StubClient::new(&handoff.user, "wrong").sign_in(handoff.address).await;
    assert!(wrong.is_err());
    // EXPOSE: the client's side of the test signs in with it
    let right = StubClient::new(&handoff.user, handoff.password.expose());
    assert!(right.sign_in(handoff.address).await.is_ok());
    let report = watching.await.expect("it ends");
    assert_eq!((report.connections, report.asked_for_nla, report.tls), (3, true, true));
    assert!(report.signed_in.is_some_and(|after| after < PATIENCE));
    let late = StubClient::new(&handoff.user, "late").sign_in(handoff.address).await;
    assert!(late.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn where_nobody_comes_it_ends_when_it_is_told_to() {
    let (probe, _handoff) = Probe::open("PROBE").await.expect("open");
    assert_eq!(probe.watch(Client::Manual, std::future::ready(())).await, ProbeReport::default());
}

/// Systems that tell whose a connection is: elsewhere the one-time credential decides alone.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn another_program_is_closed_out_even_with_the_one_time_credential() {
    let (probe, handoff) = Probe::open("PROBE").await.expect("open");
    // No process has that number, so this one is not the client.
    let (came, both) = tokio::sync::oneshot::channel::<()>();
    let over = async { both.await.expect("said below") };
    let watching = tokio::spawn(probe.watch(Client::Started(u32::MAX), over));
    // EXPOSE: another program that has come by the one-time credential
    let right = StubClient::new(&handoff.user, handoff.password.expose());
    for _ in 0..2 {
        assert!(right.sign_in(handoff.address).await.is_err());
    }
    came.send(()).expect("it is waited for");
    let report = watching.await.expect("it ends");
    assert_eq!(report, ProbeReport { foreign: 2, ..ProbeReport::default() });
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_real_client_signs_in() {
    let (probe, handoff) = Probe::open("PROBE").await.expect("open");
    let watching = tokio::spawn(probe.watch(Client::Manual, patience()));
    auth_only(&handoff, &SessionControl::new(Anybody)).await;
    let report = watching.await.expect("it ends");
    assert!(report.signed_in.is_some(), "{report:?}");
}
