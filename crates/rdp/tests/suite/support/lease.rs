//! A lease that records what becomes of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use usher_core::error::LeaseError;
use usher_core::ports::{End, Lease, Outcome, SignIn};

use super::PATIENCE;

/// What `take` does.
pub(crate) enum Script {
    Give(SignIn),
    Refuse(LeaseError),
    Panic,
    Hang,
}

pub(crate) struct TestLease {
    script: Option<Script>,
    taken: Arc<AtomicUsize>,
    outcomes: UnboundedSender<Outcome>,
}

/// The test's side of a lease.
pub(crate) struct Watch {
    taken: Arc<AtomicUsize>,
    outcomes: UnboundedReceiver<Outcome>,
}

impl TestLease {
    pub(crate) fn new(script: Script) -> (Self, Watch) {
        let taken = Arc::new(AtomicUsize::new(0));
        let (sender, receiver) = unbounded_channel();
        let lease = Self { script: Some(script), taken: Arc::clone(&taken), outcomes: sender };
        (lease, Watch { taken, outcomes: receiver })
    }
}

impl Lease for TestLease {
    async fn take(&mut self) -> Result<SignIn, LeaseError> {
        self.taken.fetch_add(1, Ordering::SeqCst);
        match self.script.take() {
            Some(Script::Give(sign_in)) => Ok(sign_in),
            Some(Script::Refuse(error)) => Err(error),
            Some(Script::Panic) => panic!("the lease broke"),
            Some(Script::Hang) => std::future::pending().await,
            None => Err(LeaseError::Spent),
        }
    }

    async fn renew(&mut self) -> Result<(), LeaseError> {
        Err(LeaseError::Superseded)
    }

    async fn unlocked(&self) {
        std::future::pending().await
    }

    async fn report(&self, outcome: Outcome) {
        // A test may have stopped listening.
        self.outcomes.send(outcome).unwrap_or_default();
    }
}

impl Watch {
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }

    /// The next outcome; `None` once the session's task is gone.
    pub(crate) async fn next(&mut self) -> Option<Outcome> {
        let next = tokio::time::timeout(PATIENCE, self.outcomes.recv()).await;
        next.expect("an outcome in time")
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
