//! Screen lock and suspend, as the system tells them: at once, each time, and nothing else.

use std::time::{Duration, Instant};

use tokio::time::timeout;
use usher_presence::{OsSession, Session, Turn, Turned};

use crate::bus::Bus;
use crate::stand_in::{Desktop, Started};

const ROUNDS: usize = 50;
/// K3: asked to lock within so long.
const LIMIT: Duration = Duration::from_secs(2);
/// For what happens on the way to it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A session that certainly listens already: it was told something from either bus.
async fn listening(started: Started) -> (Bus, Desktop, OsSession) {
    let bus = Bus::start().await;
    let desktop = Desktop::on(&bus, started).await;
    let mut session = OsSession::over(bus.as_both());
    let deadline = Instant::now() + PATIENCE;
    let (mut by_logind, mut by_desktop) = (false, false);
    while !(by_logind && by_desktop) {
        assert!(Instant::now() < deadline, "it never listens");
        if by_logind {
            desktop.screen_saver("org.gnome.ScreenSaver", true).await;
            by_desktop = heard(&mut session).await;
        } else {
            desktop.asks_to_lock().await;
            by_logind = heard(&mut session).await;
        }
    }
    // What was told late, on a busy machine.
    while heard(&mut session).await {}
    (bus, desktop, session)
}

async fn heard(session: &mut OsSession) -> bool {
    timeout(Duration::from_millis(100), session.turned()).await.is_ok()
}

async fn next(session: &mut OsSession) -> Turned {
    timeout(LIMIT, session.turned()).await.expect("told within 2 seconds")
}

#[tokio::test]
async fn each_way_to_lock_the_screen_is_told_within_two_seconds_50_times() {
    for started in [Started::InTheSession, Started::AsAService] {
        let (_bus, desktop, mut session) = listening(started).await;
        for round in 0..ROUNDS {
            desktop.asks_to_lock().await;
            assert_eq!(next(&mut session).await.turn(), Turn::ScreenLocked, "{round}");
            desktop.says_locked(true).await;
            assert_eq!(next(&mut session).await.turn(), Turn::ScreenLocked, "{round}");
            desktop.says_locked(false).await;
            desktop.brings_to_front(false).await;
            assert_eq!(next(&mut session).await.turn(), Turn::ScreenLocked, "{round}");
            desktop.brings_to_front(true).await;
            for name in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"] {
                desktop.screen_saver(name, true).await;
                assert_eq!(next(&mut session).await.turn(), Turn::ScreenLocked, "{round}");
                desktop.screen_saver(name, false).await;
            }
        }
    }
}

#[tokio::test]
async fn each_suspend_is_told_within_two_seconds_and_waits_until_it_was_dealt_with_50_times() {
    let (_bus, desktop, mut session) = listening(Started::InTheSession).await;
    for round in 1..=ROUNDS {
        until(|| desktop.delays(), (round, 1)).await;
        desktop.sleeps(true).await;
        let turned = next(&mut session).await;
        assert_eq!(turned.turn(), Turn::Suspending, "{round}");
        assert_eq!(desktop.delays().await, (round, 1), "the system still waits");
        drop(turned);
        until(|| desktop.delays(), (round, 0)).await;
        desktop.sleeps(false).await;
    }
}

#[tokio::test]
async fn what_is_no_lock_is_not_told() {
    let (_bus, desktop, mut session) = listening(Started::InTheSession).await;
    desktop.something_else().await;
    desktop.screen_saver("org.gnome.ScreenSaver", false).await;
    desktop.says_locked(false).await;
    desktop.brings_to_front(true).await;
    desktop.sleeps(false).await;
    // The first that is told is the one that comes after all these.
    desktop.sleeps(true).await;
    assert_eq!(next(&mut session).await.turn(), Turn::Suspending);
}

async fn until<F: Future<Output = (usize, usize)>>(look: impl Fn() -> F, wanted: (usize, usize)) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let seen = look().await;
        if seen == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "{seen:?} and never {wanted:?}");
        tokio::task::yield_now().await;
    }
}
