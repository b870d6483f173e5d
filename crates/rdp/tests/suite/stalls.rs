//! Sides that say nothing more: each step has its limit. The clock runs ahead while all wait.

use tokio::time::Instant;
use usher_core::ports::{Acceptance, End, Outcome, Unreachable};

use crate::support::{
    HostKey, Script, StubHost, TestLease, Then, canary, one_time, opened, session, shown_key,
    sign_in,
};

/// The end of a session with a host that stalls, and how many seconds it took by the clock.
async fn end_of(then: Then) -> (End, u64, usize) {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let trusted = shown_key(port).await;
    host.now(then);
    let before = host.seen(|seen| seen.connections);
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, trusted), lease).await;
    let address = handoff.address;
    let client = tokio::spawn(async move { one_time(&handoff).sign_in(address).await.is_ok() });
    host.until(|seen| seen.stalled > 0, "the host has gone quiet").await;
    assert!(host.seen(|seen| seen.connections) > before);
    let since = Instant::now();
    tokio::time::pause();
    let end = loop {
        match watch.whenever().await {
            Some(Outcome::Ended(end)) => break end,
            Some(other) => assert_eq!(other, Outcome::ClientSignedIn),
            None => panic!("no end"),
        }
    };
    assert!(!client.await.expect("the client is told"), "the client gets no session");
    (end, since.elapsed().as_secs(), watch.taken())
}

#[tokio::test]
async fn a_host_that_never_answers_x224() {
    let (end, seconds, taken) = end_of(Then::Stall).await;
    assert_eq!(end, End::HostUnreachable(Unreachable::TimedOut));
    // 15 for the step, less what a coarse clock loses, and 3 for a second try of the client's.
    assert!((14..=19).contains(&seconds), "{seconds}");
    assert_eq!(taken, 0);
}

#[tokio::test]
async fn a_host_that_never_answers_credssp() {
    let (end, seconds, taken) = end_of(Then::StallAfterTls).await;
    assert_eq!(end, End::HostUnreachable(Unreachable::TimedOut));
    assert!((14..=19).contains(&seconds), "{seconds}");
    assert_eq!(taken, 1);
}

#[tokio::test]
async fn a_client_that_says_nothing_is_left_and_the_next_one_served() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    // Before it connects: the session may have begun to count when we hear of that.
    let since = Instant::now();
    let mute = tokio::net::TcpStream::connect(handoff.address).await.expect("listening");
    tokio::time::pause();
    let mut byte = [0; 1];
    let closed = tokio::io::AsyncReadExt::read(&mut { mute }, &mut byte).await;
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
    let seconds = since.elapsed().as_secs();
    assert!((15..=16).contains(&seconds), "{seconds}");
    tokio::time::resume();
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_ok());
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
}

/// Three of the four places are taken by somebody who says nothing; without them it would take 45 s.
#[tokio::test]
async fn silent_connections_do_not_keep_the_client_waiting() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    let mut silent = Vec::new();
    for _ in 0..3 {
        silent.push(tokio::net::TcpStream::connect(handoff.address).await.expect("listening"));
    }
    let since = Instant::now();
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_ok());
    assert!(since.elapsed().as_secs() < 14, "{:?}", since.elapsed());
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    let mut byte = [0; 1];
    for mut connection in silent {
        let closed = tokio::io::AsyncReadExt::read(&mut connection, &mut byte).await;
        assert!(matches!(closed, Ok(0) | Err(_)), "dropped once the client is in: {closed:?}");
    }
}

#[tokio::test]
async fn a_client_that_never_introduces_itself_has_half_a_minute() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    let _wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    let since = Instant::now();
    tokio::time::pause();
    let ended = watch.whenever().await;
    assert!(matches!(ended, Some(Outcome::Ended(End::Closed { .. }))), "{ended:?}");
    let seconds = since.elapsed().as_secs();
    assert!((29..=33).contains(&seconds), "{seconds}");
}
