//! Many sessions at once: each host gets its own credential and no other. No lease gives anything
//! before all are asked, so that every sign-in is on its way at the same moment.

use std::sync::Arc;

use tokio::sync::Barrier;
use tokio::task::JoinSet;
use usher_core::ports::{Acceptance, Outcome};

use crate::support::{
    HostKey, PATIENCE, Script, StubHost, TestLease, Then, canary, one_time, opened, session,
    shown_key, sign_in,
};

/// Wine makes the table of connections anew for each that asks whose one is, one after the other and
/// from every process's open files: fewer there, or the last of fifty waits half a minute for its turn.
const SESSIONS: usize = if cfg!(windows) { 20 } else { 50 };

/// One whole session: what its host was given, and what was meant for it.
async fn one(together: Arc<Barrier>) -> [Vec<(String, String)>; 2] {
    let (user, password) = (canary("adm"), canary("Real"));
    let host = StubHost::start(HostKey::genuine(), (&user, &password), Then::desktop()).await;
    let port = host.address.port();
    let script = Script::GiveTogether(sign_in(&user, &password), together);
    let (lease, mut watch) = TestLease::new(script);
    let (handoff, _control) = opened(session(port, shown_key(port).await), lease).await;
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    assert!(wire.frame().await.is_some(), "the desktop begins");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    [host.seen(|seen| seen.credentials.clone()), vec![(user, password)]]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_sessions_at_once_and_no_credential_crossed() {
    let (mut sessions, together) = (JoinSet::new(), Arc::new(Barrier::new(SESSIONS)));
    for _ in 0..SESSIONS {
        sessions.spawn(one(Arc::clone(&together)));
    }
    let mut done = 0;
    let all = async {
        while let Some(session) = sessions.join_next().await {
            let [given, meant] = session.expect("signed in");
            assert_eq!(given, meant);
            done += 1;
        }
    };
    tokio::time::timeout(2 * PATIENCE, all).await.expect("none waits for the others for ever");
    assert_eq!(done, SESSIONS);
}
