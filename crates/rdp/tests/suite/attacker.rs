//! A machine in the middle gets no credential: permanent tests.

use usher_core::ports::{End, Injector, Outcome, PreflightError, Unreachable};
use usher_rdp::LoopbackInjector;

use crate::support::{
    HostKey, Script, StubClient, StubHost, TestLease, Then, canary, one_time, opened, session,
    shown_key, sign_in, target,
};

/// The attack works against who does not verify handshake signatures: the positive control.
#[tokio::test]
async fn control_a_careless_client_gives_its_password_to_a_stolen_certificate() {
    let password = canary("Real");
    let attacker = HostKey::genuine().stolen_certificate();
    let mitm = StubHost::start(attacker, ("adm", &password), Then::Record).await;
    assert!(StubClient::new("adm", &password).sign_in(mitm.address).await.is_ok());
    assert_eq!(mitm.seen(|seen| seen.credentials.clone()), [("adm".to_owned(), password)]);
}

#[tokio::test]
async fn a_stolen_certificate_with_another_key_is_refused() {
    let password = canary("Real");
    let genuine = HostKey::genuine();
    let host = StubHost::start(genuine.clone(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let mitm =
        StubHost::start(genuine.stolen_certificate(), ("adm", &password), Then::Record).await;
    let port = mitm.address.port();

    let found = LoopbackInjector::new().preflight(&target(port)).await;
    assert_eq!(found, Err(PreflightError::Unreachable(Unreachable::TlsFailed)));
    assert_eq!(mitm.seen(|seen| seen.connections), 1, "no second try by the system's library");

    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    let client = one_time(&handoff);
    assert!(client.sign_in(handoff.address).await.is_err());
    let (outcomes, end) = watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::HostUnreachable(Unreachable::TlsFailed));
    assert_eq!(watch.taken(), 0, "the lease was never taken");
    assert_eq!(mitm.seen(|seen| seen.credssp_requests), 0);
}

#[tokio::test]
async fn a_changed_certificate_stops_before_anything_is_sent() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let other = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let port = other.address.port();
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    let client = one_time(&handoff);
    assert!(client.sign_in(handoff.address).await.is_err());
    let (_, end) = watch.all().await;
    let End::CertificateChanged(shown) = end else { panic!("{end:?}") };
    assert_eq!(shown.spki, shown_key(port).await, "the person sees the key that was shown");
    assert_eq!(watch.taken(), 0, "the lease was never taken");
    assert_eq!(other.seen(|seen| seen.credssp_requests), 0, "nothing was sent");
}
