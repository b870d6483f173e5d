//! Nothing is released to who does not hold the one-time credential.

use std::time::Duration;

use ironrdp_pdu::nego::{ConnectionConfirm, FailureCode, RequestFlags, SecurityProtocol};
use usher_core::error::LeaseError;
use usher_core::ports::{Acceptance, End, Handoff, Outcome, SessionControl, Unsupported};

use crate::support::{
    HostKey, Script, StubClient, StubHost, TestLease, Then, Watch, canary, one_time, opened,
    session, shown_key, sign_in,
};

struct Scene {
    host: StubHost,
    handoff: Handoff,
    control: SessionControl,
    watch: Watch,
}

async fn scene(script: Script, patience: Option<Duration>) -> Scene {
    let password = canary("Real");
    let script = match script {
        Script::Give(_) | Script::GiveTogether(..) => Script::Give(sign_in("adm", &password)),
        other @ (Script::Refuse(_) | Script::Panic | Script::Hang) => other,
    };
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let mut session = session(port, shown_key(port).await);
    session.patience = patience.unwrap_or(session.patience);
    let (lease, watch) = TestLease::new(script);
    let (handoff, control) = opened(session, lease).await;
    Scene { host, handoff, control, watch }
}

fn giving() -> Script {
    Script::Give(sign_in("adm", ""))
}

#[tokio::test]
async fn five_wrong_guesses_end_the_session_and_release_nothing() {
    let mut scene = scene(giving(), None).await;
    scene.host.until(|seen| seen.handshakes == 1, "the preflight's handshake").await;
    // EXPOSE: what is guessed are near misses of the one-time password
    let right = scene.handoff.password.expose().to_owned();
    let user = scene.handoff.user.clone();
    let guesses = [
        (user.clone(), canary("Guess")),
        (user.clone(), String::new()),
        (user.clone(), right.to_lowercase()),
        ("ot-somebody".to_owned(), right.clone()),
        (user, [&right, "x"].concat()),
    ];
    for (user, password) in guesses {
        let told = StubClient::new(&user, &password).sign_in(scene.handoff.address).await;
        assert_eq!(told.err(), Some(Some(0xC000_006D)), "{user} must read logon failure");
    }
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::TooManyAttempts));
    assert_eq!(scene.watch.taken(), 0, "the lease was never taken");
    scene.host.seen(|seen| {
        assert_eq!(seen.handshakes, 1, "no TLS to the host for a guess");
        assert_eq!(seen.credssp_requests, 0, "no credential reached the host");
    });
}

#[tokio::test]
async fn the_right_client_after_wrong_guesses_is_served() {
    let mut scene = scene(giving(), None).await;
    let guess = canary("Guess");
    for _ in 0..4 {
        let wrong = StubClient::new(&scene.handoff.user, &guess);
        assert!(wrong.sign_in(scene.handoff.address).await.is_err());
    }
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_ok());
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(scene.watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));
}

#[tokio::test]
async fn a_client_without_network_level_authentication_is_told_so() {
    let scene = scene(giving(), None).await;
    let mut client = one_time(&scene.handoff);
    client.protocol = SecurityProtocol::SSL;
    let code = FailureCode::HYBRID_REQUIRED_BY_SERVER;
    let told = client.confirm(scene.handoff.address).await;
    assert_eq!(told, Some(ConnectionConfirm::Failure { code }));
}

#[tokio::test]
async fn restricted_admin_and_remote_guard_are_refused() {
    for flag in [
        RequestFlags::RESTRICTED_ADMIN_MODE_REQUIRED,
        RequestFlags::REDIRECTED_AUTHENTICATION_MODE_REQUIRED,
    ] {
        let mut scene = scene(giving(), None).await;
        let mut client = one_time(&scene.handoff);
        client.flags = flag;
        assert_eq!(client.confirm(scene.handoff.address).await, None);
        let (_, end) = scene.watch.all().await;
        assert_eq!(end, End::Unsupported(Unsupported::RestrictedAdmin));
        assert_eq!(scene.watch.taken(), 0);
    }
}

#[tokio::test]
async fn the_host_reads_the_clients_protocol_bits_and_no_cookie() {
    let scene = scene(giving(), None).await;
    let client = one_time(&scene.handoff);
    assert!(client.sign_in(scene.handoff.address).await.is_ok());
    scene.host.seen(|seen| {
        assert_eq!(seen.requested.last(), Some(&client.protocol));
        assert_eq!(seen.cookies, 0);
    });
}

#[tokio::test]
async fn a_client_that_never_comes_ends_the_session_in_time() {
    let mut scene = scene(giving(), Some(Duration::from_millis(300))).await;
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::ClientNeverCame));
    let again = StubClient::new("", "").confirm(scene.handoff.address).await;
    assert_eq!(again, None, "nothing listens any more");
}

#[tokio::test]
async fn a_lease_that_refuses_ends_the_session_before_the_host_is_asked() {
    let mut scene = scene(Script::Refuse(LeaseError::Superseded), None).await;
    let told = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    assert!(told.is_err(), "the client gets no session");
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::NotReleased(LeaseError::Superseded));
    assert_eq!(scene.host.seen(|seen| seen.credssp_requests), 0);
}

#[tokio::test]
async fn a_client_that_leaves_while_the_password_is_fetched_stops_it() {
    let mut scene = scene(Script::Hang, None).await;
    let mut client = one_time(&scene.handoff);
    client.protocol = SecurityProtocol::HYBRID;
    let signed_in = client.sign_in(scene.handoff.address).await;
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
    drop(signed_in);
    let (_, end) = scene.watch.all().await;
    assert_eq!(end, End::ClientLeftEarly);
    assert_eq!(scene.watch.withdrawn(), 1, "what was intended is told to have come to nothing");
    assert_eq!(scene.host.seen(|seen| seen.credssp_requests), 0);
}

#[tokio::test]
async fn a_panic_in_a_session_is_a_fault_of_that_session_alone() {
    let mut scene = scene(Script::Panic, None).await;
    let told = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    assert!(told.is_err());
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (vec![Outcome::ClientSignedIn], End::Fault));
}

#[tokio::test]
async fn a_person_ends_a_session_that_waits_for_the_password() {
    let mut scene = scene(Script::Hang, None).await;
    let mut client = one_time(&scene.handoff);
    client.protocol = SecurityProtocol::HYBRID;
    let _signed_in = client.sign_in(scene.handoff.address).await;
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
    scene.control.end();
    let (_, end) = scene.watch.all().await;
    assert_eq!(end, End::EndedByPerson);
}
