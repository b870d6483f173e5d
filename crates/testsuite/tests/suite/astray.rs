//! A technician has a host's name lead to another server, as with a line in the hosts file of this
//! computer, which whoever sits at it may write. Names here cannot be made to resolve anew without
//! that file, so what changes is where the connection gets to: the same name and port, another server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use usher_broker::protocol::{AuditRow, Code, Launch, Reply, Request, Right, RunEnd};
use usher_core::rights::{Object, Right as Given};

use crate::fixture::stage::end_of;
use crate::fixture::{Client, Host, Stage, canary};
use crate::locking::technician;

/// The name that stands in the session and among the hosts that the entry allows.
const NAME: &str = "localhost";

/// A port behind which there is first one server and then another.
struct Leads {
    port: u16,
    to: Arc<AtomicU16>,
}

impl Leads {
    async fn to(host: &Host) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let to = Arc::new(AtomicU16::new(host.rdp.address().port()));
        let behind = Arc::clone(&to);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let address = ("127.0.0.1", behind.load(Ordering::SeqCst));
                tokio::spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(address).await {
                        // Either end may break off.
                        copy_bidirectional(&mut near, &mut far).await.ok();
                    }
                });
            }
        });
        Self { port, to }
    }

    fn lead_to(&self, host: &Host) {
        self.to.store(host.rdp.address().port(), Ordering::SeqCst);
    }
}

/// Bob's launch stops at the certificate of the other server: that one's fingerprint.
async fn stopped(who: &Client, session: &str) -> String {
    let reply = who.launch(session, None).await;
    let Reply::Launch { launch: Launch::NeedsTrust { shown, before, .. } } = reply else {
        panic!("another server passed")
    };
    let before = before.expect("the true one's was trusted");
    assert_ne!(shown.sha256, before.sha256);
    shown.sha256
}

/// Whatever Bob does, the other server is not trusted.
async fn not_trusted_by(bob: &Client, session: &str) {
    let sha256 = stopped(bob, session).await;
    let trust =
        || Request::TrustCertificate { session: session.to_owned(), sha256: sha256.clone() };
    assert_eq!(bob.fails(trust()).await.code, Code::Denied);
    assert_eq!(stopped(bob, session).await, sha256, "nor is it afterwards");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_to_another_server_gets_no_password() {
    let stage = Stage::new().await;
    let (host, other) = (Host::start(&stage.password).await, Host::start(&canary("other")).await);
    let leads = Leads::to(&host).await;
    let credential = stage.credential("Contoso admin", stage.record(), &[NAME]).await;
    let session = stage.session("DC01", (NAME, u32::from(leads.port)), &credential).await;
    stage.me.trust(&session).await;
    let (id, bob) = technician(&stage, &[Right::View]).await;
    // The control: by that name, the true server is signed in to.
    let (run, handoff) = bob.opened(&session, None).await;
    assert!(host.sign_in(&handoff.into()).await);
    stage.room.events.ended(&run).await;
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1));

    let (waits, handoff) = bob.opened(&session, None).await;
    leads.lead_to(&other);
    other.sign_in(&handoff.into()).await;
    let end = end_of(stage.room.events.ended(&waits).await);
    assert_eq!(end, RunEnd::CertificateChanged, "what was promised is for the true one");
    not_trusted_by(&bob, &session).await;
    // With Edit on the folder, and the entries in it locked for technicians.
    let bob_id = id.parse().expect("an id");
    let folder = Object::Folder(stage.folder.parse().expect("an id"));
    let entry = Object::Credential(credential.parse().expect("an id"));
    let line = Object::Session(session.parse().expect("an id"));
    let edit = [Given::View, Given::Edit];
    for (object, rights) in [(folder, &edit[..]), (entry, &[Given::View]), (line, &[Given::View])] {
        stage.room.grant(bob_id, object, rights).await;
    }
    not_trusted_by(&bob, &session).await;
    assert_eq!(other.sign_ins(), 0, "no credential got there");
    assert_eq!((host.sign_ins(), stage.room.value_requests()), (1, 1), "none was fetched");

    // Whoever may edit the session answers for where it leads: they may trust, and are named for it.
    stage.room.grant(bob_id, line, &edit).await;
    let sha256 = stopped(&bob, &session).await;
    let (session_of, shown) = (session.clone(), sha256.clone());
    bob.done(Request::TrustCertificate { session: session_of, sha256: shown }).await;
    let log = stage.me.audit().await;
    let trusted = |row: &&AuditRow| row.what == "certificate_trusted" && row.outcome == "done";
    let row = log.iter().rfind(trusted).expect("it stands on record");
    assert_eq!(row.person, "Bob");
    assert!(row.details.iter().any(|detail| detail.value == sha256), "{:?}", row.details);
    // The control: it was trust alone that was in the way.
    let (run, handoff) = bob.opened(&session, None).await;
    other.sign_in(&handoff.into()).await;
    stage.room.events.ended(&run).await;
    assert_eq!((other.sign_ins(), stage.room.value_requests()), (1, 2));
}

/// There is no import in this release. Whoever adds one lets entries come from outside, and adds what
/// a technician may try by it to the attempts of `technician.rs`.
#[test]
fn nothing_can_be_imported() {
    let asks = crate::codec::requests().into_iter().map(|request| {
        let json = serde_json::to_value(&request).expect("encodes");
        json["ask"].as_str().expect("every request says what it asks").to_owned()
    });
    let asks: Vec<String> = asks.collect();
    assert!(asks.iter().any(|ask| ask == "duplicate"), "{asks:?}");
    let from_outside = |ask: &&String| {
        ["import", "paste", "restore", "merge", "load"].iter().any(|word| ask.contains(word))
    };
    assert_eq!(asks.iter().find(from_outside), None);
}
