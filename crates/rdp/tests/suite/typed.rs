//! A code that the person types: shown on the screen, so good once and for a few tries.

use usher_core::ports::{Acceptance, End, Handoff, Outcome, SessionControl};

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

async fn scene() -> Scene {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let mut session = session(port, shown_key(port).await);
    session.by_hand = true;
    let (lease, watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, control) = opened(session, lease).await;
    Scene { host, handoff, control, watch }
}

#[tokio::test]
async fn whoever_types_the_code_is_signed_in() {
    let mut scene = scene().await;
    // EXPOSE: the test looks at the shape of a code
    let code = scene.handoff.password.expose();
    assert_eq!(code.len(), 8);
    assert!(!code.contains(['0', 'O', '1', 'l', 'I']), "{code}");
    let client = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    assert!(client.is_ok());
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(scene.watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));
    assert!(!scene.control.sign_in_again(), "nobody could come back with a code that is used up");
}

#[tokio::test]
async fn the_third_wrong_code_ends_the_session_and_releases_nothing() {
    let mut scene = scene().await;
    // EXPOSE: what is tried are near misses of the code
    let code = scene.handoff.password.expose().to_owned();
    let user = scene.handoff.user.clone();
    for wrong in [code.to_lowercase(), code.chars().skip(1).collect(), canary("Guess")] {
        let told = StubClient::new(&user, &wrong).sign_in(scene.handoff.address).await;
        assert_eq!(told.err(), Some(Some(0xC000_006D)), "logon failure");
    }
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_err());
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::TooManyAttempts));
    assert_eq!(scene.watch.taken(), 0, "the lease was never taken");
    assert_eq!(scene.host.seen(|seen| seen.credssp_requests), 0);
}

/// Connections that are all past their first message when the first of them answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_codes_on_connections_at_once_are_counted_one_by_one() {
    let mut scene = scene().await;
    let guesses: Vec<String> = (0..8).map(|_| canary("Guess")).collect();
    let user = scene.handoff.user.clone();
    let address = scene.handoff.address;
    let tries: Vec<_> = guesses
        .into_iter()
        .map(|guess| {
            let user = user.clone();
            tokio::spawn(async move { StubClient::new(&user, &guess).sign_in(address).await.err() })
        })
        .collect();
    let mut told = 0;
    for tried in tries {
        told += usize::from(tried.await.expect("no panic") == Some(Some(0xC000_006D)));
    }
    assert!((1..=4).contains(&told), "{told}: no more are looked at than are under way at once");
    assert!(one_time(&scene.handoff).sign_in(address).await.is_err(), "the right one is too late");
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::TooManyAttempts));
    assert_eq!((scene.watch.taken(), scene.host.seen(|seen| seen.credssp_requests)), (0, 0));
}

#[tokio::test]
async fn two_typing_errors_and_probes_of_the_client_are_borne() {
    let mut scene = scene().await;
    let wrong = StubClient::new(&scene.handoff.user, "WRONGWRG");
    for _ in 0..2 {
        for _ in 0..3 {
            // A probe: it asks for the protocol, and leaves.
            assert!(wrong.confirm(scene.handoff.address).await.is_some());
        }
        assert!(wrong.sign_in(scene.handoff.address).await.is_err());
    }
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_ok());
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
}

#[tokio::test]
async fn a_code_is_good_once_also_after_a_lost_line() {
    let mut scene = scene().await;
    let client = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    assert_eq!(scene.watch.next().await, Some(Outcome::ClientSignedIn));
    assert_eq!(scene.watch.next().await, Some(Outcome::HostAccepted(Acceptance::Said)));
    drop(client);
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [], "nobody is waited for");
    assert!(matches!(end, End::Closed { .. }), "{end:?}");
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_err());
    assert_eq!(scene.watch.taken(), 1);
}
