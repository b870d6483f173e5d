//! Hosts without network level authentication: the Client Info carries the credential, inside TLS.

use ironrdp_pdu::nego::SecurityProtocol;
use ironrdp_pdu::rdp::client_info::{ClientInfoFlags, Credentials};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use usher_core::ports::{
    Acceptance, End, Handoff, Injector, OpenSession, Outcome, Refusal, SessionControl, Takes,
    Unsupported,
};
use usher_rdp::LoopbackInjector;

use crate::changed_messages::{frame, info, read};
use crate::support::greedy::{connect_initial, read_connect_initial};
use crate::support::{
    HostKey, Script, StubHost, TestLease, Then, Watch, Wire, canary, one_time, opened, session,
    shown_key, sign_in, target,
};

const TLS_ONLY: Then = Then::Choose(SecurityProtocol::SSL);

struct Scene {
    password: String,
    host: StubHost,
    handoff: Handoff,
    control: SessionControl,
    watch: Watch,
}

async fn scene(then: Then) -> Scene {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), then).await;
    let port = host.address.port();
    let (lease, watch) = TestLease::new(Script::Give(sign_in("CORP\\adm", &password)));
    let (handoff, control) = opened(session(port, shown_key(port).await), lease).await;
    Scene { password, host, handoff, control, watch }
}

impl Scene {
    /// The client passes the one-time credential and introduces itself with it.
    async fn introduced(&self) -> Wire<TlsStream<TcpStream>> {
        let signed_in = one_time(&self.handoff).sign_in(self.handoff.address).await;
        let mut wire = signed_in.expect("the one-time credential passes");
        wire.send(&self.client_info()).await.expect("sent");
        wire
    }

    fn client_info(&self) -> Vec<u8> {
        // EXPOSE: the stub client introduces itself with the one-time password, as a real one does
        frame(&info(&self.handoff.user, self.handoff.password.expose()))
    }
}

#[tokio::test]
async fn a_preflight_says_how_the_host_takes_the_credential() {
    for (then, takes) in [(TLS_ONLY, Takes::Tls), (Then::Record, Takes::Nla)] {
        let host = StubHost::start(HostKey::genuine(), ("adm", ""), then).await;
        let found = LoopbackInjector::new().preflight(&target(host.address.port())).await;
        assert_eq!(found.expect("a host").takes, takes);
    }
}

#[tokio::test]
async fn the_host_reads_the_real_credential_and_all_the_rest_of_what_the_client_said() {
    let mut scene = scene(TLS_ONLY).await;
    let _wire = scene.introduced().await;
    scene
        .watch
        .sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::DesktopOnly)])
        .await;
    let frames = scene.host.seen(|seen| seen.frames.clone());
    let (got, mut expected) = (read(&frames[0]), read(&scene.client_info()));
    expected.client_info.credentials = Credentials {
        username: "adm".to_owned(),
        password: scene.password.clone(),
        domain: Some("CORP".to_owned()),
    };
    expected.client_info.flags |= ClientInfoFlags::AUTOLOGON;
    assert_eq!(got, expected);
    assert_eq!(scene.watch.taken(), 1);
    assert_eq!(scene.host.seen(|seen| seen.credssp_requests), 0);
}

/// A Save Session Info of this type (MS-RDPBCGR 2.2.10.1).
fn session_info(kind: u8) -> Vec<u8> {
    let body = [[kind, 0, 0, 0].as_slice(), &[0; 576]].concat();
    let length = u16::try_from(body.len() + 18).expect("short");
    let header = [0x17, 0, 0xEA, 3, 1, 0, 1, 0, 0, 1, 0, 0, 0x26, 0, 0, 0];
    let share = [length.to_le_bytes().as_slice(), &header, &body].concat();
    let total = (length + 15).to_be_bytes();
    let head = [3, 0, total[0], total[1], 2, 0xF0, 0x80, 0x68, 0, 1, 3, 0xEB, 0x70];
    [head.as_slice(), &(length | 0x8000).to_be_bytes(), &share].concat()
}

/// xrdp shows its own sign-in page, to whom it has refused too.
#[tokio::test]
async fn a_desktop_alone_says_nothing_of_the_password() {
    let cookies_alone = session_info(3);
    let mut scene = scene(Then::Tells(cookies_alone.clone())).await;
    let mut wire = scene.introduced().await;
    assert!(wire.frame().await.is_some(), "the desktop");
    assert_eq!(wire.frame().await, Some(cookies_alone), "and what is told with it");
    drop(wire);
    scene.control.end();
    let (outcomes, _) = scene.watch.all().await;
    let shown = Outcome::HostAccepted(Acceptance::DesktopOnly);
    assert_eq!(outcomes.get(..2), Some([Outcome::ClientSignedIn, shown].as_slice()));
    assert!(!outcomes.contains(&Outcome::HostAccepted(Acceptance::Said)), "{outcomes:?}");
}

#[tokio::test]
async fn a_host_that_says_that_somebody_is_signed_in_is_believed() {
    for kind in 0..3 {
        let mut scene = scene(Then::Tells(session_info(kind))).await;
        let _wire = scene.introduced().await;
        scene.watch.sees([Outcome::ClientSignedIn]).await;
        // Desktop and word can come at once; then the word alone is told.
        let first = scene.watch.next().await;
        if first == Some(Outcome::HostAccepted(Acceptance::DesktopOnly)) {
            scene.watch.sees([Outcome::HostAccepted(Acceptance::Said)]).await;
        } else {
            assert_eq!(first, Some(Outcome::HostAccepted(Acceptance::Said)), "{kind}");
        }
    }
}

#[tokio::test]
async fn the_connect_initial_names_what_the_host_chose_and_not_what_the_client_was_told() {
    let mut scene = scene(TLS_ONLY).await;
    let signed_in = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    let mut wire = signed_in.expect("the one-time credential passes");
    for bytes in [connect_initial(), scene.client_info()] {
        wire.send(&bytes).await.expect("sent");
    }
    scene
        .watch
        .sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::DesktopOnly)])
        .await;
    let selected =
        |frame: &[u8]| read_connect_initial(frame).core.optional_data.server_selected_protocol;
    assert_ne!(selected(&connect_initial()), Some(SecurityProtocol::SSL), "what the client said");
    let read = scene.host.seen(|seen| selected(&seen.frames[0]));
    assert_eq!(read, Some(SecurityProtocol::SSL), "what the host reads");
}

#[tokio::test]
async fn it_is_accepted_only_when_the_desktop_begins() {
    let mut scene = scene(TLS_ONLY).await;
    let signed_in = one_time(&scene.handoff).sign_in(scene.handoff.address).await;
    let wire = signed_in.expect("the one-time credential passes");
    drop(wire);
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (vec![Outcome::ClientSignedIn], End::ClientLeftEarly));
    assert_eq!(scene.host.seen(|seen| seen.frames.len()), 0, "no credential without Client Info");
}

#[tokio::test]
async fn a_host_that_closes_when_it_has_the_credential_has_refused() {
    let mut scene = scene(Then::RefuseClientInfo).await;
    let mut wire = scene.introduced().await;
    assert_eq!(wire.frame().await, None, "the client gets no session");
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::HostRefused(Refusal::Unexplained));
}

#[tokio::test]
async fn our_gate_is_network_level_authentication_all_the_same() {
    let mut scene = scene(TLS_ONLY).await;
    let mut client = one_time(&scene.handoff);
    client.protocol = SecurityProtocol::HYBRID;
    let mut wire = client.sign_in(scene.handoff.address).await.expect("HYBRID alone will do");
    wire.send(&scene.client_info()).await.expect("sent");
    scene
        .watch
        .sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::DesktopOnly)])
        .await;
    let wanted = SecurityProtocol::HYBRID | SecurityProtocol::SSL;
    assert_eq!(scene.host.seen(|seen| seen.requested.last().copied()), Some(wanted));
}

/// A machine in the middle that says "no network level authentication here" reads nothing.
#[tokio::test]
async fn a_host_that_had_network_level_authentication_gets_no_password_without_it() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), TLS_ONLY).await;
    let trusted = shown_key(host.address.port()).await;
    for (takes, released) in [(Takes::Nla, 0), (Takes::Tls, 1)] {
        let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
        let open = OpenSession { takes, ..session(host.address.port(), trusted) };
        let (handoff, control) = opened(open, lease).await;
        let client = one_time(&handoff).sign_in(handoff.address).await;
        if takes == Takes::Tls {
            assert_eq!(watch.next().await, Some(Outcome::ClientSignedIn), "the control");
            drop(client);
            control.end();
        }
        let (_, end) = watch.all().await;
        assert_eq!(end == End::Unsupported(Unsupported::Weaker), takes == Takes::Nla, "{end:?}");
        assert!(watch.taken() <= released, "{takes:?}");
    }
}

#[tokio::test]
async fn a_downgrade_by_somebody_with_another_key_gets_no_credential() {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::Record).await;
    let trusted = shown_key(host.address.port()).await;
    let mitm = StubHost::start(HostKey::genuine(), ("adm", &password), TLS_ONLY).await;
    let (lease, mut watch) = TestLease::new(Script::Give(sign_in("adm", &password)));
    let (handoff, _control) = opened(session(mitm.address.port(), trusted), lease).await;
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_err());
    let (_, end) = watch.all().await;
    assert!(matches!(end, End::CertificateChanged(_)), "{end:?}");
    assert_eq!(watch.taken(), 0, "the lease was never taken");
    assert_eq!(mitm.seen(|seen| seen.frames.len()), 0, "nothing was sent");
}
