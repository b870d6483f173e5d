//! The watch, over a session and a clock of the tests' own.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::*;

/// A session whose last input was at a known time.
struct Desk {
    last_input: Option<Instant>,
    looks: AtomicUsize,
    turns: mpsc::UnboundedReceiver<Turned>,
}

fn desk(last_input: Option<Instant>) -> (Desk, mpsc::UnboundedSender<Turned>) {
    let (to, turns) = mpsc::unbounded_channel();
    (Desk { last_input, looks: AtomicUsize::new(0), turns }, to)
}

impl Session for &mut Desk {
    async fn idle(&self) -> Result<Duration, IdleUnknown> {
        self.looks.fetch_add(1, Ordering::SeqCst);
        self.last_input.map(|at| at.elapsed()).ok_or(IdleUnknown)
    }

    async fn turned(&mut self) -> Turned {
        match self.turns.recv().await {
            Some(turned) => turned,
            None => std::future::pending().await,
        }
    }
}

/// Locks when its limit is reached, at a screen lock and at a suspend, and notes when.
struct Limit {
    after: Duration,
    locked: Mutex<Vec<(Option<Turn>, Instant)>>,
    done: Notify,
}

impl Limit {
    fn of(seconds: u64) -> Self {
        let after = Duration::from_secs(seconds);
        Self { after, locked: Mutex::default(), done: Notify::new() }
    }

    fn lock(&self, why: Option<Turn>) {
        self.locked.lock().unwrap().push((why, Instant::now()));
        self.done.notify_one();
    }

    /// Why it locked first, and when.
    fn first(&self) -> (Option<Turn>, Instant) {
        *self.locked.lock().unwrap().first().expect("it locked")
    }
}

impl Warden for Limit {
    async fn idle(&self, idle: Result<Duration, IdleUnknown>) -> Option<Duration> {
        let left = self.after.checked_sub(idle.unwrap_or_default());
        match left {
            Some(left) if !left.is_zero() => Some(left),
            Some(_) | None => {
                self.lock(None);
                None
            }
        }
    }

    async fn turned(&self, turn: Turn) {
        self.lock(Some(turn));
    }
}

async fn until_locked(desk: &mut Desk, limit: &Limit, look_again: &Notify) {
    tokio::select! {
        () = watch(desk, limit, look_again) => {}
        () = limit.done.notified() => {}
    }
}

#[tokio::test(start_paused = true)]
async fn idle_locks_within_two_seconds_of_its_limit_50_times_and_looks_only_when_it_could_be() {
    for round in 0..50_u64 {
        let start = Instant::now();
        let (mut desk, _turns) = desk(Some(start));
        let limit = Limit::of(60 + round * 37);
        until_locked(&mut desk, &limit, &Notify::new()).await;
        let late = limit.first().1.duration_since(start + limit.after);
        assert!(late <= Duration::from_secs(2), "round {round}: {late:?} late");
        assert_eq!(desk.looks.into_inner(), 2, "once at first, once when it was time");
    }
}

#[tokio::test(start_paused = true)]
async fn each_screen_lock_and_suspend_is_told_within_two_seconds_50_times() {
    for turn in [Turn::ScreenLocked, Turn::Suspending] {
        for round in 0..50_u64 {
            let (mut desk, turns) = desk(Some(Instant::now()));
            let limit = Limit::of(100_000);
            let (mut sent, again) = (None, Notify::new());
            let later = async {
                sleep(Duration::from_secs(round)).await;
                sent = Some(Instant::now());
                turns.send(Turned::new(turn).0).expect("somebody listens");
                std::future::pending::<()>().await;
            };
            tokio::select! {
                () = until_locked(&mut desk, &limit, &again) => {}
                () = later => {}
            }
            let (why, at) = limit.first();
            assert_eq!(why, Some(turn));
            assert!(at - sent.expect("sent") <= Duration::from_secs(2), "round {round}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_shorter_limit_counts_as_soon_as_it_is_said() {
    let start = Instant::now();
    let (mut desk, _turns) = desk(Some(start));
    let (long, short) = (Limit::of(900), Limit::of(60));
    let again = Notify::new();
    tokio::select! {
        () = watch(&mut desk, &long, &again) => {}
        () = sleep(Duration::from_secs(90)) => {}
    }
    again.notify_one();
    until_locked(&mut desk, &short, &again).await;
    assert_eq!(short.first().1 - start, Duration::from_secs(90));
    assert!(long.locked.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn input_meanwhile_puts_the_limit_off() {
    let start = Instant::now();
    let (mut desk, _turns) = desk(Some(start + Duration::from_secs(50)));
    let limit = Limit::of(60);
    until_locked(&mut desk, &limit, &Notify::new()).await;
    assert_eq!(limit.first().1 - start, Duration::from_secs(110));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_does_not_tell_is_said_to_be_unknown_and_asked_rarely() {
    struct Unknown(AtomicUsize);
    impl Warden for Unknown {
        async fn idle(&self, idle: Result<Duration, IdleUnknown>) -> Option<Duration> {
            assert_eq!(idle, Err(IdleUnknown));
            self.0.fetch_add(1, Ordering::SeqCst);
            None
        }

        async fn turned(&self, _: Turn) {}
    }
    let (mut desk, _turns) = desk(None);
    let (warden, again) = (Unknown(AtomicUsize::new(0)), Notify::new());
    tokio::select! {
        () = watch(&mut desk, &warden, &again) => {}
        () = sleep(Duration::from_hours(24)) => {}
    }
    assert_eq!(warden.0.into_inner(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_suspend_is_held_back_until_it_was_dealt_with_and_no_longer_than_4_seconds() {
    struct Slow(Duration);
    impl Warden for Slow {
        async fn idle(&self, _: Result<Duration, IdleUnknown>) -> Option<Duration> {
            None
        }

        async fn turned(&self, _: Turn) {
            sleep(self.0).await;
        }
    }
    for (takes, held) in [(3, 3), (60, 4)] {
        let (mut desk, turns) = desk(None);
        let (turned, dealt_with) = Turned::new(Turn::Suspending);
        turns.send(turned).expect("somebody listens");
        let start = Instant::now();
        let (warden, again) = (Slow(Duration::from_secs(takes)), Notify::new());
        tokio::select! {
            () = watch(&mut desk, &warden, &again) => {}
            over = dealt_with => assert!(over.is_err(), "it was dropped"),
        }
        assert_eq!(start.elapsed(), Duration::from_secs(held));
    }
}
