//! Many sessions at once: each host gets its own credential and no other.

use tokio::task::JoinSet;
use usher_core::ports::{Acceptance, Outcome};

use crate::support::{
    HostKey, Script, StubHost, TestLease, Then, canary, one_time, opened, session, shown_key,
    sign_in,
};

const SESSIONS: usize = 50;

/// One whole session: what its host was given, and what was meant for it.
async fn one() -> [Vec<(String, String)>; 2] {
    let (user, password) = (canary("adm"), canary("Real"));
    let host = StubHost::start(HostKey::genuine(), (&user, &password), Then::desktop()).await;
    let port = host.address.port();
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(&user, &password)));
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    assert!(wire.frame().await.is_some(), "the desktop begins");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    [host.seen(|seen| seen.credentials.clone()), vec![(user, password)]]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_sessions_at_once_and_no_credential_crossed() {
    let mut sessions = JoinSet::new();
    for _ in 0..SESSIONS {
        sessions.spawn(one());
    }
    let mut done = 0;
    while let Some(session) = sessions.join_next().await {
        let [given, meant] = session.expect("signed in");
        assert_eq!(given, meant);
        done += 1;
    }
    assert_eq!(done, SESSIONS);
}
