//! A line that is lost: the client comes back with the same one-time credential, and is signed in anew.

use tokio::net::TcpStream;
use usher_core::error::LeaseError;
use usher_core::ports::{
    Acceptance, Again, End, Handoff, Outcome, Refusal, SessionControl, Traffic,
};

use crate::changed_messages::{frame, info};
use crate::support::{
    Cutter, HostKey, Renewal, Script, StubClient, StubHost, TestLease, Then, Watch, canary,
    one_time, opened, session, shown_key, sign_in,
};

/// What a client says when its window is closed (T.125, Disconnect Provider Ultimatum).
const CLIENT_LEAVES: &[u8] = b"\x03\x00\x00\x09\x02\xf0\x80\x21\x80";

struct Scene {
    password: String,
    host: StubHost,
    line: Cutter,
    handoff: Handoff,
    control: SessionControl,
    watch: Watch,
}

/// How the lease is renewed, given the right password.
type Renewals = fn(&str) -> Vec<Renewal>;

fn right(password: &str) -> Renewal {
    Renewal::Then(Script::Give(sign_in("adm", password)))
}

async fn scene(renewals: Renewals) -> Scene {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::desktop()).await;
    let line = Cutter::start(host.address.port()).await;
    let trusted = shown_key(host.address.port()).await;
    let first = Script::Give(sign_in("adm", &password));
    let (lease, watch) = TestLease::renewing(first, renewals(&password));
    let (handoff, control) = opened(session(line.port, trusted), lease).await;
    Scene { password, host, line, handoff, control, watch }
}

impl Scene {
    fn client(&self) -> StubClient<'_> {
        one_time(&self.handoff)
    }

    /// Signs in for the first time, and sees the desktop.
    async fn up(&mut self) {
        let mut wire = self.client().sign_in(self.handoff.address).await.expect("signed in");
        assert!(wire.frame().await.is_some(), "the desktop begins");
        self.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
        // Held by the test's runtime until the line is cut.
        tokio::spawn(async move { while wire.frame().await.is_some() {} });
    }

    /// The same, and then the line to the host is lost.
    async fn lost(&mut self) {
        self.up().await;
        self.line.cut();
        self.watch.sees([Outcome::Dropped]).await;
    }

    fn passwords(&self) -> Vec<String> {
        self.host.seen(|seen| seen.credentials.iter().map(|(_, given)| given.clone()).collect())
    }
}

#[tokio::test]
async fn the_client_that_comes_back_is_signed_in_with_a_lease_renewed() {
    let mut scene = scene(|password| vec![right(password)]).await;
    scene.lost().await;
    // Clients may probe before they connect; more often than a new session would bear.
    for _ in 0..7 {
        drop(TcpStream::connect(scene.handoff.address).await.expect("listening"));
    }
    let mut wire = scene.client().sign_in(scene.handoff.address).await.expect("signed in again");
    assert!(wire.frame().await.is_some(), "the desktop begins again");
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!((scene.watch.renewed(), scene.watch.taken()), (1, 2));
    assert_eq!(scene.passwords(), [scene.password.clone(), scene.password.clone()]);
}

#[tokio::test]
async fn a_client_that_leaves_on_purpose_has_ended_it() {
    let mut scene = scene(|password| vec![right(password)]).await;
    let mut wire = scene.client().sign_in(scene.handoff.address).await.expect("signed in");
    assert!(wire.frame().await.is_some(), "the desktop begins");
    wire.send(CLIENT_LEAVES).await.expect("sent");
    drop(wire);
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]);
    assert!(matches!(end, End::Closed { .. }), "{end:?}");
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err(), "nothing listens");
}

#[tokio::test]
async fn a_locked_vault_is_waited_for_and_then_the_client_is_served() {
    let mut scene =
        scene(|password| vec![Renewal::Refuse(LeaseError::Locked), right(password)]).await;
    scene.lost().await;
    let Scene { host, handoff, mut watch, line: _line, .. } = scene;
    let client = one_time(&handoff);
    let returned = client.sign_in(handoff.address);
    let unlocking = async {
        watch.sees([Outcome::ClientSignedIn, Outcome::NeedsUnlock]).await;
        let given = host.seen(|seen| seen.credentials.len());
        assert_eq!((given, watch.taken()), (1, 1), "nothing while it is locked");
        watch.unlock();
        watch.sees([Outcome::HostAccepted(Acceptance::Said)]).await;
    };
    let (served, ()) = tokio::join!(returned, unlocking);
    assert!(served.is_ok(), "the client that waited has its session");
    assert_eq!((watch.renewed(), watch.taken()), (2, 2));
}

#[tokio::test]
async fn a_client_that_does_not_wait_for_the_unlocking_may_come_back() {
    let mut scene =
        scene(|password| vec![Renewal::Refuse(LeaseError::Locked), right(password)]).await;
    scene.lost().await;
    let Scene { handoff, mut watch, line: _line, .. } = scene;
    {
        let client = one_time(&handoff);
        tokio::select! {
            _ = client.sign_in(handoff.address) => panic!("nobody is served while it is locked"),
            () = watch.sees([Outcome::ClientSignedIn, Outcome::NeedsUnlock]) => {}
        }
    }
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_ok());
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!(watch.taken(), 2, "what was not waited for was not fetched");
}

#[tokio::test]
async fn a_refusal_at_a_reconnect_ends_it_after_one_try() {
    let mut scene = scene(|password| vec![right(password), right(password)]).await;
    scene.lost().await;
    let before = scene.host.seen(|seen| seen.handshakes);
    scene.host.now(Then::RefuseWith(0xC000_006D));
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err());
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::HostRefused(Refusal::LogonFailure));
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err(), "nothing listens");
    assert_eq!(scene.host.seen(|seen| seen.handshakes), before + 1, "one try, no second");
    assert_eq!(scene.watch.taken(), 2);
}

#[tokio::test]
async fn a_host_that_is_away_is_tried_again_with_each_connection_of_the_client() {
    let mut scene = scene(|password| vec![right(password)]).await;
    scene.up().await;
    scene.line.cut_off();
    scene.watch.sees([Outcome::Dropped]).await;
    for _ in 0..7 {
        assert!(scene.client().sign_in(scene.handoff.address).await.is_err(), "closed at once");
    }
    scene.line.mend();
    assert!(scene.client().sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!((scene.watch.renewed(), scene.watch.taken()), (1, 2), "only where it was needed");
}

#[tokio::test]
async fn another_key_at_a_reconnect_gets_no_credential() {
    let mut scene = scene(|password| vec![right(password)]).await;
    scene.up().await;
    let given = scene.password.clone();
    let other = StubHost::start(HostKey::genuine(), ("adm", &given), Then::Record).await;
    scene.line.lead_to(other.address.port());
    scene.watch.sees([Outcome::Dropped]).await;
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err());
    let (_, end) = scene.watch.all().await;
    assert!(matches!(end, End::CertificateChanged(_)), "{end:?}");
    assert_eq!(scene.watch.taken(), 1);
    assert_eq!(other.seen(|seen| seen.credssp_requests), 0, "nothing was sent");
}

#[tokio::test]
async fn a_lease_that_is_not_renewed_ends_it() {
    let mut scene = scene(|_| vec![Renewal::Refuse(LeaseError::Superseded)]).await;
    scene.lost().await;
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err());
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [Outcome::ClientSignedIn]);
    assert_eq!(end, End::NotReleased(LeaseError::Superseded));
    assert_eq!(scene.watch.taken(), 1);
}

#[tokio::test]
async fn guesses_at_a_reconnect_end_it_at_the_fifth() {
    let mut scene = scene(|password| vec![right(password)]).await;
    scene.lost().await;
    let guess = canary("Guess");
    for _ in 0..5 {
        let wrong = StubClient::new(&scene.handoff.user, &guess);
        assert!(wrong.sign_in(scene.handoff.address).await.is_err());
    }
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::TooManyAttempts));
    assert_eq!(scene.watch.renewed(), 0);
}

#[tokio::test]
async fn a_client_that_stays_away_for_half_an_hour_has_ended_it() {
    let mut scene = scene(|password| vec![right(password)]).await;
    // Before the line is lost: the session counts from when it sees that, which may be before we do.
    let dropped = tokio::time::Instant::now();
    scene.lost().await;
    tokio::time::pause();
    let ended = scene.watch.whenever().await;
    assert!(matches!(ended, Some(Outcome::Ended(End::Closed { .. }))), "{ended:?}");
    let away = dropped.elapsed();
    assert!((1_800..1_860).contains(&away.as_secs()), "{away:?}");
}

#[tokio::test]
async fn signing_in_again_drops_both_lines_and_signs_in_anew() {
    let mut scene = scene(|password| vec![right(password)]).await;
    assert!(!scene.control.sign_in_again(), "it is not up");
    let mut wire = scene.client().sign_in(scene.handoff.address).await.expect("signed in");
    assert!(wire.frame().await.is_some(), "what was asked before it was up is nothing");
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert!(scene.control.sign_in_again());
    assert_eq!(wire.frame().await, None, "the client's line is dropped");
    scene.watch.sees([Outcome::Dropped]).await;
    assert!(scene.client().sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!(scene.passwords().len(), 2, "the host saw two sign-ins");
    assert_eq!((scene.watch.renewed_for(), scene.watch.taken()), (vec![Again::Asked], 2));
}

/// The list says that it is up as soon as the host has accepted; clients come back only from a desktop.
#[tokio::test]
async fn signing_in_again_before_the_desktop_is_there_waits_for_it() {
    let mut scene = scene(|password| vec![right(password)]).await;
    let Then::Send(desktop) = Then::desktop() else { panic!("it sends its desktop") };
    scene.host.now(Then::Play { first: desktop, until: Vec::new(), then: Vec::new() });
    let mut wire = scene.client().sign_in(scene.handoff.address).await.expect("signed in");
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert!(scene.control.sign_in_again());
    // EXPOSE: the stub client introduces itself with the one-time password, as a real one does
    let introduction = frame(&info(&scene.handoff.user, scene.handoff.password.expose()));
    wire.send(&introduction).await.expect("the line is not dropped yet");
    scene.watch.sees([Outcome::Dropped]).await;
    assert!(scene.client().sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!(scene.watch.renewed_for(), [Again::Asked]);
}

/// The lease counts what goes by itself: a click is good for one sign-in, and no more.
#[tokio::test]
async fn a_line_that_is_lost_after_a_click_is_renewed_as_lost() {
    let mut scene = scene(|password| vec![right(password), right(password)]).await;
    scene.up().await;
    assert!(scene.control.sign_in_again());
    scene.watch.sees([Outcome::Dropped]).await;
    scene.lost().await;
    assert!(scene.client().sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!(scene.watch.renewed_for(), [Again::Asked, Again::LineLost]);
}

/// The line may drop while the proof is looked at: what comes back is what the person wished for.
#[tokio::test]
async fn a_click_on_a_line_that_has_just_dropped_is_the_next_sign_ins() {
    let mut scene = scene(|password| {
        vec![Renewal::Refuse(LeaseError::Locked), right(password), right(password)]
    })
    .await;
    scene.lost().await;
    assert!(scene.control.sign_in_again(), "its client is expected back");
    let Scene { handoff, mut watch, control, line, .. } = scene;
    {
        let client = one_time(&handoff);
        tokio::select! {
            _ = client.sign_in(handoff.address) => panic!("nobody is served while it is locked"),
            () = watch.sees([Outcome::ClientSignedIn, Outcome::NeedsUnlock]) => {}
        }
    }
    assert!(!control.sign_in_again(), "it is being signed in");
    let mut wire = one_time(&handoff).sign_in(handoff.address).await.expect("signed in");
    assert!(wire.frame().await.is_some(), "the desktop begins");
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    line.cut();
    watch.sees([Outcome::Dropped]).await;
    assert!(one_time(&handoff).sign_in(handoff.address).await.is_ok());
    watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    let why = [Again::Asked, Again::Asked, Again::LineLost];
    assert_eq!(watch.renewed_for(), why, "kept while nothing came of it, and then used up");
}

#[tokio::test]
async fn a_click_on_a_session_that_is_over_is_heard_by_nobody() {
    let mut scene = scene(|_| Vec::new()).await;
    scene.up().await;
    scene.control.end();
    let (_, end) = scene.watch.all().await;
    assert_eq!(end, End::EndedByPerson);
    assert!(!scene.control.sign_in_again());
}

/// Whether it was right is not known: what was given has its outcome all the same.
#[tokio::test]
async fn a_host_that_breaks_off_before_it_could_judge_is_said_and_tried_again() {
    let mut scene = scene(|password| vec![right(password), right(password)]).await;
    scene.lost().await;
    scene.host.now(Then::DropAtGreeting);
    assert!(scene.client().sign_in(scene.handoff.address).await.is_err());
    scene.watch.sees([Outcome::ClientSignedIn]).await;
    scene.host.now(Then::desktop());
    assert!(scene.client().sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!((scene.watch.taken(), scene.watch.unjudged()), (3, 1));
}

#[tokio::test]
async fn what_has_passed_is_counted_over_all_lines() {
    let mut scene = scene(|password| vec![right(password)]).await;
    assert_eq!(scene.control.traffic(), Traffic::default());
    scene.lost().await;
    let first = scene.control.traffic().to_client;
    assert!(first > 0, "the desktop was counted");
    let mut wire = scene.client().sign_in(scene.handoff.address).await.expect("signed in again");
    assert!(wire.frame().await.is_some(), "the desktop begins again");
    scene.watch.sees([Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)]).await;
    assert_eq!(scene.control.traffic().to_client, first * 2);
}

#[tokio::test]
async fn a_person_ends_a_session_that_waits_for_its_client() {
    let mut scene = scene(|password| vec![right(password)]).await;
    scene.lost().await;
    scene.control.end();
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!((outcomes, end), (Vec::new(), End::EndedByPerson));
}
