//! A lease without a broker: it hands out one sign-in and passes on what it hears.

use std::{sync::mpsc::Sender, time::Instant};

use usher_core::{
    error::LeaseError,
    ports::{Lease, Outcome, SignIn},
};

/// What an injector reported, and when.
pub(super) type Reported = (Instant, Outcome);

/// Gives its sign-in once.
pub(super) struct Given {
    sign_in: Option<SignIn>,
    heard: Sender<Reported>,
}

impl Given {
    pub(super) fn new(sign_in: SignIn, heard: Sender<Reported>) -> Self {
        let sign_in = Some(sign_in);
        Self { sign_in, heard }
    }
}

impl Lease for Given {
    fn take(&mut self) -> impl Future<Output = Result<SignIn, LeaseError>> + Send {
        std::future::ready(self.sign_in.take().ok_or(LeaseError::Spent))
    }

    fn renew(&mut self) -> impl Future<Output = Result<(), LeaseError>> + Send {
        std::future::ready(Err(LeaseError::Superseded))
    }

    fn unlocked(&self) -> impl Future<Output = ()> + Send {
        std::future::pending()
    }

    fn report(&self, outcome: Outcome) -> impl Future<Output = ()> + Send {
        // Nobody listens any more once a measurement has failed.
        drop(self.heard.send((Instant::now(), outcome)));
        std::future::ready(())
    }
}
