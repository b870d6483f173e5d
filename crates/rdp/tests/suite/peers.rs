//! Who may connect: nobody before it is said, and then the client that was started alone.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use usher_core::ports::{Acceptance, Client, End, Injector, Outcome};
use usher_rdp::LoopbackInjector;

use crate::support::{
    HostKey, PATIENCE, Script, ShadowHost, StubHost, TestLease, Then, canary, one_time, session,
    shown_key, sign_in, typed, waiting,
};

#[tokio::test]
async fn before_it_is_said_whom_to_serve_nobody_is() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let mut session = session(port, shown_key(port).await);
    session.patience = Duration::from_millis(500);
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let opened = LoopbackInjector::new().open(session, lease).await;
    let (handoff, _control) = opened.expect("open");
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_err());
    let (outcomes, end) = watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::ClientNeverCame));
    assert_eq!(host.seen(|seen| seen.connections), 1, "only the preflight's");
}

#[tokio::test]
async fn a_connection_that_came_too_early_waits_and_is_served() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let port = host.address.port();
    let session = session(port, shown_key(port).await);
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let opened = LoopbackInjector::new().open(session, lease).await;
    let (handoff, control) = opened.expect("open");
    let client = one_time(&handoff);
    let connected = client.sign_in(handoff.address);
    let said = async { control.serve(Client::Started(std::process::id())) };
    let (served, ()) = tokio::join!(connected, said);
    assert!(served.is_ok());
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
}

/// Whether a connection is closed without a byte.
async fn is_dropped(handoff: &usher_core::ports::Handoff) -> bool {
    let mut tcp = TcpStream::connect(handoff.address).await.expect("listening");
    let read = tokio::time::timeout(PATIENCE, tcp.read(&mut [0; 1])).await.expect("in time");
    matches!(read, Ok(0) | Err(_))
}

#[tokio::test]
async fn a_process_outside_the_clients_tree_is_dropped_and_the_client_then_served() {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let trusted = shown_key(host.port).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in(host.user, &password)));
    let opened = LoopbackInjector::new().open(session(host.port, trusted), lease).await;
    let (handoff, control) = opened.expect("open");
    let (mut client, _display, _home) = waiting(&handoff).await;
    control.serve(Client::Started(client.id().expect("running")));
    // More than the attempts there are: these do not count. This process is the client's parent.
    for _ in 0..7 {
        assert!(is_dropped(&handoff).await);
        assert!(one_time(&handoff).sign_in(handoff.address).await.is_err(), "nor a right one");
    }
    typed(&mut client, &handoff).await;
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
}
