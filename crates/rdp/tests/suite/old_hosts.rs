//! Hosts that only speak what rustls does not, as Server 2012 R2: the system's TLS, the same rules.

use ironrdp_pdu::nego::SecurityProtocol;
use usher_core::ports::{Acceptance, End, Injector, Outcome, PreflightError, Takes, Unreachable};
use usher_rdp::LoopbackInjector;

use crate::changed_messages::{frame, info, read};
use crate::support::{
    HostKey, Script, StubClient, StubHost, TestLease, Then, canary, one_time, opened, session,
    shown_key, sign_in, target,
};

#[tokio::test]
async fn control_rustls_alone_comes_to_nothing_there() {
    let password = canary("Real");
    let host = StubHost::start_old(HostKey::genuine(), ("adm", &password), Then::Record).await;
    assert!(StubClient::new("adm", &password).sign_in(host.address).await.is_err());
    host.until(|seen| seen.connections == 1, "the attempt").await;
    assert_eq!(host.seen(|seen| seen.handshakes), 0);
}

#[tokio::test]
async fn one_retry_signs_in_with_the_real_credential() {
    let password = canary("Real");
    let host = StubHost::start_old(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let found = LoopbackInjector::new().preflight(&target(port)).await.expect("a host");
    assert_eq!(found.takes, Takes::Nla);
    assert!(!found.certificate.publicly_trusted);
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, found.certificate.spki), lease).await;
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    let later = b"\x03\x00\x00\x0c\x02\xf0\x80\x04\x01\x00\x01\x00";
    wire.send(later).await.expect("sent");
    host.until(|seen| seen.frames == [later], "bytes pass").await;
    let (given, lines) = host.seen(|seen| (seen.credentials.clone(), seen.connections));
    assert_eq!(given, [("adm".to_owned(), password)]);
    assert_eq!(lines, 4, "two for the preflight, two for the sign-in");
}

#[tokio::test]
async fn without_network_level_authentication_the_client_info_carries_it_there_too() {
    let password = canary("Real");
    let tls_only = Then::Choose(SecurityProtocol::SSL);
    let host = StubHost::start_old(HostKey::genuine(), ("adm", &password), tls_only).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("one time");
    wire.send(&frame(&info(&handoff.user, "0123456789"))).await.expect("sent");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::DesktopOnly)]).await;
    let got = read(&host.seen(|seen| seen.frames[0].clone())).client_info.credentials;
    assert_eq!((got.username, got.password), ("adm".to_owned(), password));
}

#[tokio::test]
async fn a_stolen_certificate_is_refused_on_that_path_too() {
    let password = canary("Real");
    let genuine = HostKey::genuine();
    let host = StubHost::start_old(genuine.clone(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let stolen = genuine.stolen_certificate();
    let mitm = StubHost::start_old(stolen, ("adm", &password), Then::Record).await;
    let port = mitm.address.port();

    let found = LoopbackInjector::new().preflight(&target(port)).await;
    assert_eq!(found, Err(PreflightError::Unreachable(Unreachable::TlsFailed)));
    assert_eq!(mitm.seen(|seen| seen.connections), 2, "one retry, no more");

    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_err());
    let (_, end) = watch.all().await;
    assert_eq!(end, End::HostUnreachable(Unreachable::TlsFailed));
    assert_eq!(watch.taken(), 0, "the lease was never taken");
    assert_eq!(mitm.seen(|seen| seen.credssp_requests), 0);
}

#[tokio::test]
async fn another_key_stops_before_anything_is_sent() {
    let password = canary("Real");
    let host = StubHost::start_old(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let other = StubHost::start_old(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = other.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_err());
    let (_, end) = watch.all().await;
    let End::CertificateChanged(shown) = end else { panic!("{end:?}") };
    assert_eq!(shown.spki, shown_key(port).await, "the person sees the key that was shown");
    assert_eq!(watch.taken(), 0, "the lease was never taken");
    assert_eq!(other.seen(|seen| seen.credssp_requests), 0, "nothing was sent");
}
