//! Each way a host says no has its own end.

use ironrdp_pdu::nego::SecurityProtocol;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use usher_core::ports::{
    End, Injector, Outcome, PreflightError, Refusal, Unreachable, Unsupported,
};
use usher_rdp::LoopbackInjector;

use crate::support::{
    HostKey, Script, StubHost, TestLease, Then, canary, one_time, opened, session, shown_key,
    sign_in, target,
};

/// Signs in through the injector with `password`: what the client was told, and the end.
async fn end_of(then: Then, right: bool) -> (Option<u32>, Vec<Outcome>, End) {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), then).await;
    let port = host.address.port();
    let given = if right { password } else { canary("Old") };
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &given)));
    let session = session(port, shown_key(port).await);
    let (handoff, _control) = opened(session, lease).await;
    let client = one_time(&handoff);
    let told = client.sign_in(handoff.address).await.err().flatten();
    let (outcomes, end) = watch.all().await;
    (told, outcomes, end)
}

#[tokio::test]
async fn a_status_is_told_apart_and_a_hybrid_ex_client_reads_access_denied() {
    for (status, refusal) in [
        (0xC000_006D, Refusal::LogonFailure),
        (0xC000_0224, Refusal::PasswordExpired),
        (0xC000_0234, Refusal::AccountUnusable),
        (0xC000_015B, Refusal::NotPermitted),
    ] {
        let (told, outcomes, end) = end_of(Then::RefuseWith(status), true).await;
        assert_eq!(end, End::HostRefused(refusal), "{status:#x}");
        assert_eq!(outcomes, [Outcome::ClientSignedIn]);
        assert_eq!(told, Some(5), "the client hears of it");
    }
}

#[tokio::test]
async fn a_wrong_password_is_a_logon_failure() {
    let (_, _, end) = end_of(Then::Record, false).await;
    assert_eq!(end, End::HostRefused(Refusal::LogonFailure));
}

#[tokio::test]
async fn a_host_that_takes_kerberos_alone_is_told_as_that() {
    let (_, outcomes, end) = end_of(Then::RefuseWith(0xC000_0418), true).await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::Unsupported(Unsupported::Kerberos));
}

#[tokio::test]
async fn a_host_that_falls_back_to_standard_security_gets_nothing() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let trusted = shown_key(port).await;
    for then in [Then::Choose(SecurityProtocol::empty()), Then::Failure(2)] {
        host.now(then);
        let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
        let (handoff, _control) = opened(session(port, trusted), lease).await;
        assert!(one_time(&handoff).sign_in(handoff.address).await.is_err());
        let (outcomes, end) = watch.all().await;
        assert_eq!(outcomes, []);
        assert_eq!(end, End::Unsupported(Unsupported::StandardSecurity));
        assert_eq!(watch.taken(), 0, "the lease was never taken");
    }
    assert_eq!(host.seen(|seen| seen.credssp_requests), 0);
}

#[tokio::test]
async fn a_host_that_only_drops_the_connection_refused_without_a_reason() {
    let (_, _, end) = end_of(Then::Drop, true).await;
    assert_eq!(end, End::HostRefused(Refusal::Unexplained));
}

#[tokio::test]
async fn the_right_password_of_an_account_that_may_not_sign_in() {
    let (told, outcomes, end) = end_of(Then::NotPermitted, true).await;
    assert_eq!(end, End::HostRefused(Refusal::NotPermitted));
    assert_eq!((told, outcomes), (Some(5), vec![Outcome::ClientSignedIn]));
}

async fn preflight_of(then: Then) -> PreflightError {
    let host = StubHost::start(HostKey::genuine(), ("adm", ""), then).await;
    let found = LoopbackInjector::new().preflight(&target(host.address.port())).await;
    found.expect_err("this host cannot be signed in to")
}

#[tokio::test]
async fn a_preflight_tells_what_a_host_lacks() {
    let unsupported = PreflightError::Unsupported;
    assert_eq!(preflight_of(Then::Failure(2)).await, unsupported(Unsupported::StandardSecurity));
    assert_eq!(preflight_of(Then::Failure(7)).await, unsupported(Unsupported::EntraOnly));
    let standard = Then::Choose(SecurityProtocol::empty());
    assert_eq!(preflight_of(standard).await, unsupported(Unsupported::StandardSecurity));
    let reachable = PreflightError::Unreachable(Unreachable::NotRdp);
    assert_eq!(preflight_of(Then::Failure(5)).await, reachable, "it was offered what it wants");
}

#[tokio::test]
async fn a_preflight_sends_no_credential_and_no_cookie() {
    let key = HostKey::genuine();
    let host = StubHost::start(key.clone(), ("adm", ""), Then::Record).await;
    let found = LoopbackInjector::new().preflight(&target(host.address.port())).await;
    let certificate = found.expect("a certificate").certificate;
    assert!(!certificate.publicly_trusted);
    assert!(certificate.not_before < certificate.not_after);
    host.until(|seen| seen.handshakes == 1, "the preflight's handshake").await;
    host.seen(|seen| assert_eq!((seen.credssp_requests, seen.cookies), (0, 0)));
}

#[tokio::test]
async fn nothing_listening_and_something_else_listening_are_told_apart() {
    let injector = LoopbackInjector::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let stranger = tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.expect("a connection");
        let request = tcp.read(&mut [0; 64]).await.expect("the X.224 request");
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.expect("answered");
        request
    });
    let found = injector.preflight(&target(port)).await;
    assert_eq!(found, Err(PreflightError::Unreachable(Unreachable::NotRdp)));
    assert!(stranger.await.expect("served") > 0);
    let found = injector.preflight(&target(port)).await;
    assert_eq!(found, Err(PreflightError::Unreachable(Unreachable::ConnectionRefused)));
}

#[tokio::test]
async fn an_unreachable_host_ends_the_session_before_anything_is_released() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    let client = one_time(&handoff);
    assert!(client.sign_in(handoff.address).await.is_err());
    let (outcomes, end) = watch.all().await;
    let unreachable = End::HostUnreachable(Unreachable::ConnectionRefused);
    assert_eq!((outcomes, end, watch.taken()), (Vec::new(), unreachable, 0));
}
