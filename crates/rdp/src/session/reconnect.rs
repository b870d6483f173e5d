//! The client comes back to a session whose line was lost, and is signed in once more.

use std::sync::Arc;

use tokio::sync::Mutex;
use usher_core::ports::{End, Lease, Outcome};

use super::Session;
use super::attempt::Admitted;
use super::sign_in::Line;
use super::wait::{Failed, Wait};

impl Session {
    /// Waits for the client and signs in for it, as often as it tries; `end` is the session's end where
    /// it does not come back.
    pub(super) async fn returned<L: Lease>(
        self: &Arc<Self>,
        lease: &Mutex<L>,
        end: End,
    ) -> Result<Line, End> {
        let mut wait = Wait::again(end);
        loop {
            self.wishes.await_click();
            let admitted = tokio::select! {
                admitted = self.next_client(&mut wait) => Ok(admitted?),
                () = self.wishes.client_gone() => Err(()),
            };
            let Ok(admitted) = admitted else { return Err(wait.over()) };
            match self.once_more(lease, admitted, &wait).await {
                Ok(line) => return Ok(line),
                Err(failed) => wait.learn(failed).map_or(Ok(()), Err)?,
            }
        }
    }

    async fn once_more<L: Lease>(
        &self,
        lease: &Mutex<L>,
        admitted: Admitted,
        wait: &Wait,
    ) -> Result<Line, Failed> {
        lease.lock().await.report(Outcome::ClientSignedIn).await;
        // Policy is asked anew; what was fetched before is long gone.
        let why = self.wishes.taken();
        let renewed = self.renewed(lease, admitted, (why, wait)).await;
        let admitted = renewed.inspect_err(|_| self.wishes.untaken(why))?;
        self.sign_in(lease, admitted).await
    }
}
