//! `FreeRDP` comes back by itself, to a real host whose line was lost or dropped.

use tempfile::TempDir;
use tokio::process::Child;
use usher_core::error::LeaseError;
use usher_core::ports::{Acceptance, End, Outcome, SessionControl};

use crate::support::{
    Cutter, DESKTOP, Display, Renewal, Script, ShadowHost, TestLease, Watch, canary, desktop,
    opened, session, shown_key, sign_in,
};

struct Scene {
    _host: ShadowHost,
    line: Cutter,
    control: SessionControl,
    watch: Watch,
    client: Child,
    display: Display,
    _home: TempDir,
}

const SIGNED_IN: [Outcome; 2] = [Outcome::ClientSignedIn, Outcome::HostAccepted(Acceptance::Said)];

/// A real client at a real host's desktop, over a line that can be cut.
async fn scene(locked: bool) -> Scene {
    let password = canary("Real");
    let host = ShadowHost::start(&password).await;
    let line = Cutter::start(host.port).await;
    let give = || Script::Give(sign_in(host.user, &password));
    let mut renewals = vec![Renewal::Then(give())];
    if locked {
        renewals.insert(0, Renewal::Refuse(LeaseError::Locked));
    }
    let (lease, watch) = TestLease::renewing(give(), renewals);
    let (handoff, control) = opened(session(line.port, shown_key(host.port).await), lease).await;
    let (client, display, home) = desktop(&handoff, &control).await;
    let mut scene = Scene { _host: host, line, control, watch, client, display, _home: home };
    scene.watch.sees(SIGNED_IN).await;
    scene.the_same_client_shows_the_desktop().await;
    scene
}

impl Scene {
    async fn the_same_client_shows_the_desktop(&mut self) {
        self.display.until_it_shows(DESKTOP).await;
        assert!(self.client.try_wait().expect("asked").is_none(), "the same client still runs");
    }
}

#[tokio::test]
async fn a_line_that_was_cut_is_signed_in_again_by_the_same_client() {
    let mut scene = scene(false).await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped]).await;
    scene.watch.sees(SIGNED_IN).await;
    scene.the_same_client_shows_the_desktop().await;
    assert_eq!((scene.watch.renewed(), scene.watch.taken()), (1, 2));
}

#[tokio::test]
async fn a_host_that_is_away_for_a_while_has_its_client_back() {
    let mut scene = scene(false).await;
    scene.line.cut_off();
    scene.watch.sees([Outcome::Dropped]).await;
    scene.line.turned_away().await;
    scene.line.mend();
    scene.watch.sees(SIGNED_IN).await;
    scene.the_same_client_shows_the_desktop().await;
}

#[tokio::test]
async fn a_client_waits_while_the_vault_is_locked() {
    let mut scene = scene(true).await;
    scene.line.cut();
    scene.watch.sees([Outcome::Dropped, Outcome::ClientSignedIn, Outcome::NeedsUnlock]).await;
    scene.watch.unlock();
    scene.watch.sees([Outcome::HostAccepted(Acceptance::Said)]).await;
    scene.the_same_client_shows_the_desktop().await;
}

#[tokio::test]
async fn signing_in_again_reaches_the_same_client() {
    let mut scene = scene(false).await;
    assert!(scene.control.sign_in_again());
    scene.watch.sees([Outcome::Dropped]).await;
    scene.watch.sees(SIGNED_IN).await;
    scene.the_same_client_shows_the_desktop().await;
    assert_eq!((scene.watch.renewed(), scene.watch.taken()), (1, 2));
}

#[tokio::test]
async fn a_client_that_is_killed_has_ended_its_session() {
    let mut scene = scene(false).await;
    scene.client.kill().await.expect("killed");
    let (outcomes, end) = scene.watch.all().await;
    assert_eq!(outcomes, [], "nobody is left to come back");
    assert!(matches!(end, End::Closed { .. }), "{end:?}");
}
