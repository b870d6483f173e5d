//! A lease that records what becomes of it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Barrier, watch};
use usher_core::error::LeaseError;
use usher_core::ports::{Again, End, Lease, Outcome, SignIn, Takes};

use super::PATIENCE;

/// What `take` does.
pub(crate) enum Script {
    Give(SignIn),
    /// The same, once as many leases are asked as the barrier counts.
    GiveTogether(SignIn, Arc<Barrier>),
    Refuse(LeaseError),
    Panic,
    Hang,
}

/// What `renew` does.
pub(crate) enum Renewal {
    /// What is taken next.
    Then(Script),
    Refuse(LeaseError),
}

pub(crate) struct TestLease {
    script: Option<Script>,
    renewals: VecDeque<Renewal>,
    asked: Arc<Asked>,
    unlocked: watch::Receiver<bool>,
    outcomes: UnboundedSender<Outcome>,
}

#[derive(Default)]
struct Asked {
    taken: AtomicUsize,
    renewed: Mutex<Vec<Again>>,
    withdrawn: AtomicUsize,
    unjudged: AtomicUsize,
}

/// The test's side of a lease.
pub(crate) struct Watch {
    asked: Arc<Asked>,
    unlock: watch::Sender<bool>,
    outcomes: UnboundedReceiver<Outcome>,
}

impl TestLease {
    /// For one sign-in.
    pub(crate) fn new(script: Script) -> (Self, Watch) {
        Self::renewing(script, Vec::new())
    }

    /// For one sign-in and these after it; the vault is locked until the test unlocks it.
    pub(crate) fn renewing(script: Script, renewals: Vec<Renewal>) -> (Self, Watch) {
        let asked = Arc::new(Asked::default());
        let (sender, receiver) = unbounded_channel();
        let (unlock, unlocked) = watch::channel(false);
        let lease = Self {
            script: Some(script),
            renewals: renewals.into(),
            asked: Arc::clone(&asked),
            unlocked,
            outcomes: sender,
        };
        (lease, Watch { asked, unlock, outcomes: receiver })
    }
}

impl Lease for TestLease {
    async fn take(&mut self, _: Takes) -> Result<SignIn, LeaseError> {
        self.asked.taken.fetch_add(1, Ordering::SeqCst);
        match self.script.take() {
            Some(Script::Give(sign_in)) => Ok(sign_in),
            Some(Script::GiveTogether(sign_in, others)) => {
                others.wait().await;
                Ok(sign_in)
            }
            Some(Script::Refuse(error)) => Err(error),
            Some(Script::Panic) => panic!("the lease broke"),
            Some(Script::Hang) => std::future::pending().await,
            None => Err(LeaseError::Spent),
        }
    }

    async fn withdrawn(&self) {
        self.asked.withdrawn.fetch_add(1, Ordering::SeqCst);
    }

    async fn unjudged(&self) {
        self.asked.unjudged.fetch_add(1, Ordering::SeqCst);
    }

    async fn renew(&mut self, why: Again) -> Result<(), LeaseError> {
        self.asked.renewed.lock().expect("renewed").push(why);
        match self.renewals.pop_front() {
            Some(Renewal::Then(script)) => {
                self.script = Some(script);
                Ok(())
            }
            Some(Renewal::Refuse(error)) => Err(error),
            None => Err(LeaseError::Superseded),
        }
    }

    async fn unlocked(&self) {
        // A test that is over unlocks nothing any more.
        if self.unlocked.clone().wait_for(|open| *open).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    async fn report(&self, outcome: Outcome) {
        // A test may have stopped listening.
        self.outcomes.send(outcome).unwrap_or_default();
    }
}

impl Watch {
    pub(crate) fn taken(&self) -> usize {
        self.asked.taken.load(Ordering::SeqCst)
    }

    pub(crate) fn renewed(&self) -> usize {
        self.renewed_for().len()
    }

    /// Why it was renewed, each time.
    pub(crate) fn renewed_for(&self) -> Vec<Again> {
        self.asked.renewed.lock().expect("renewed").clone()
    }

    /// How often what was asked for was no longer wanted when it came.
    pub(crate) fn withdrawn(&self) -> usize {
        self.asked.withdrawn.load(Ordering::SeqCst)
    }

    /// How often the host broke off before it could judge what was given.
    pub(crate) fn unjudged(&self) -> usize {
        self.asked.unjudged.load(Ordering::SeqCst)
    }

    pub(crate) fn unlock(&self) {
        self.unlock.send_replace(true);
    }

    /// The next outcome; `None` once the session's task is gone.
    pub(crate) async fn next(&mut self) -> Option<Outcome> {
        let next = tokio::time::timeout(PATIENCE, self.outcomes.recv()).await;
        next.expect("an outcome in time")
    }

    /// The next outcome, however long it takes: for tests whose clock is not the wall's.
    pub(crate) async fn whenever(&mut self) -> Option<Outcome> {
        self.outcomes.recv().await
    }

    /// The next outcomes are these.
    pub(crate) async fn sees<const N: usize>(&mut self, expected: [Outcome; N]) {
        for outcome in expected {
            assert_eq!(self.next().await, Some(outcome));
        }
    }

    /// Every outcome up to the end of the session; asserts that the end comes last, and once.
    pub(crate) async fn all(&mut self) -> (Vec<Outcome>, End) {
        let mut seen = Vec::new();
        while let Some(outcome) = self.next().await {
            seen.push(outcome);
        }
        match seen.pop() {
            Some(Outcome::Ended(end)) => {
                let ended_early = seen.iter().any(|outcome| matches!(outcome, Outcome::Ended(_)));
                assert!(!ended_early, "the end is reported once: {seen:?}");
                (seen, end)
            }
            other => panic!("the last outcome must be the end, not {other:?} after {seen:?}"),
        }
    }
}
