//! A lease without a broker: it hands out one sign-in and passes on what it hears.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    time::Instant,
};

use tokio::sync::Barrier;
use usher_core::{
    Secret,
    entry::UserName,
    error::LeaseError,
    ports::{Again, Lease, Outcome, SignIn, Takes},
};

/// What an injector reported, and when.
pub type Reported = (Instant, Outcome);

/// Gives its sign-in once, and once more after each renewal.
pub struct Given {
    user: UserName,
    password: Secret,
    spent: bool,
    heard: Sender<Reported>,
    together: Option<Arc<Barrier>>,
}

impl Given {
    /// A lease of this sign-in, and where it passes on what it hears.
    #[must_use]
    pub fn new(user: UserName, password: Secret) -> (Self, Receiver<Reported>) {
        let (heard, reported) = channel();
        (Self { user, password, spent: false, heard, together: None }, reported)
    }

    /// The same, but nothing is handed out before as many leases are asked as the barrier counts: their
    /// sign-ins are all on their way at that moment.
    #[must_use]
    pub fn together(self, with: Arc<Barrier>) -> Self {
        Self { together: Some(with), ..self }
    }
}

impl Lease for Given {
    async fn take(&mut self, _: Takes) -> Result<SignIn, LeaseError> {
        if let Some(others) = self.together.take() {
            others.wait().await;
        }
        let spent = std::mem::replace(&mut self.spent, true);
        // EXPOSE: a copy of a throw-away host's password, since a lease may be asked again
        let password = Secret::new(self.password.expose().to_owned());
        let sign_in = SignIn { user: self.user.clone(), password };
        if spent { Err(LeaseError::Spent) } else { Ok(sign_in) }
    }

    fn withdrawn(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    fn unjudged(&self) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    fn renew(&mut self, _: Again) -> impl Future<Output = Result<(), LeaseError>> + Send {
        self.spent = false;
        std::future::ready(Ok(()))
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
