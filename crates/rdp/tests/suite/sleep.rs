//! The computer sleeps: the clock has jumped when it wakes, and lines have died meanwhile.
//!
//! The clock is moved by hand. What a system's own clock does while it sleeps differs: where it stands
//! still, all that is left is a line that died.

use std::time::Duration;

use usher_core::ports::{Acceptance, End, Handoff, Outcome, Unreachable};

use crate::changed_messages::{frame, info};
use crate::support::{
    Cutter, HostKey, Renewal, Script, StubHost, TestLease, Then, Watch, canary, one_time, opened,
    session, shown_key, sign_in,
};

const A_NIGHT: Duration = Duration::from_hours(8);
const SIGNED_IN: [Outcome; 2] = [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)];

struct Scene {
    host: StubHost,
    line: Cutter,
    handoff: Handoff,
    watch: Watch,
}

async fn scene(then: Then) -> Scene {
    let password = canary("Real");
    let host = StubHost::start(HostKey::genuine(), ("adm", &password), Then::desktop()).await;
    let line = Cutter::start(host.address.port()).await;
    let trusted = shown_key(host.address.port()).await;
    let give = || Script::Give(sign_in("adm", &password));
    let (lease, watch) = TestLease::renewing(give(), vec![Renewal::Then(give())]);
    let (handoff, _control) = opened(session(line.port, trusted), lease).await;
    host.now(then);
    Scene { host, line, handoff, watch }
}

impl Scene {
    /// Signs in; the client keeps its line, as it does on this same computer.
    async fn up(&mut self) {
        let signed_in = one_time(&self.handoff).sign_in(self.handoff.address).await;
        let mut wire = signed_in.expect("signed in");
        assert!(wire.frame().await.is_some(), "the desktop begins");
        // EXPOSE: the stub client introduces itself with the one-time password, as a real one does
        let introduction = frame(&info(&self.handoff.user, self.handoff.password.expose()));
        wire.send(&introduction).await.expect("sent");
        self.host.until(|seen| !seen.frames.is_empty(), "the client has introduced itself").await;
        self.watch.sees(SIGNED_IN).await;
        tokio::spawn(async move { while wire.frame().await.is_some() {} });
    }

    async fn end(&mut self) -> End {
        let (outcomes, end) = self.watch.all().await;
        assert_eq!(outcomes, []);
        end
    }

    async fn nobody_listens(&self) -> bool {
        one_time(&self.handoff).sign_in(self.handoff.address).await.is_err()
    }
}

async fn sleeps(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_session_whose_line_lives_goes_on() {
    let mut scene = scene(Then::desktop()).await;
    scene.up().await;
    sleeps(A_NIGHT).await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped]).await;
}

#[tokio::test]
async fn a_session_whose_line_died_meanwhile_is_resumed_when_its_client_comes_back() {
    let mut scene = scene(Then::desktop()).await;
    scene.up().await;
    sleeps(A_NIGHT).await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped]).await;
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees(SIGNED_IN).await;
    assert_eq!((scene.watch.renewed(), scene.watch.taken()), (1, 2));
}

#[tokio::test]
async fn a_session_that_waited_for_its_client_for_longer_than_it_may_is_over() {
    let mut scene = scene(Then::desktop()).await;
    scene.up().await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped]).await;
    sleeps(A_NIGHT).await;
    let End::Closed { lasted } = scene.end().await else { panic!("not closed") };
    assert!(lasted < A_NIGHT, "up until the line was lost: {lasted:?}");
    assert!(scene.nobody_listens().await);
}

#[tokio::test]
async fn one_that_slept_for_less_than_that_still_waits() {
    let mut scene = scene(Then::desktop()).await;
    scene.up().await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped]).await;
    sleeps(Duration::from_mins(20)).await;
    assert!(one_time(&scene.handoff).sign_in(scene.handoff.address).await.is_ok());
    scene.watch.sees(SIGNED_IN).await;
}

#[tokio::test]
async fn a_launch_that_had_no_client_yet_is_over() {
    let mut scene = scene(Then::desktop()).await;
    let probed = one_time(&scene.handoff).confirm(scene.handoff.address).await;
    assert!(probed.is_some(), "it listens, and its time runs");
    sleeps(A_NIGHT).await;
    assert_eq!(scene.end().await, End::ClientNeverCame);
    assert!(scene.nobody_listens().await);
    assert_eq!(scene.watch.taken(), 0);
}

#[tokio::test]
async fn a_host_that_was_being_asked_has_timed_out_and_no_password_left() {
    let mut scene = scene(Then::Stall).await;
    let address = scene.handoff.address;
    let client = one_time(&scene.handoff);
    let (told, end) = tokio::join!(client.sign_in(address), async {
        scene.host.until(|seen| seen.stalled > 0, "the host is asked").await;
        sleeps(A_NIGHT).await;
        scene.watch.all().await
    });
    assert!(told.is_err(), "the client gets no session");
    assert_eq!(end, (Vec::new(), End::HostUnreachable(Unreachable::TimedOut)));
    assert_eq!(scene.watch.taken(), 0);
}
