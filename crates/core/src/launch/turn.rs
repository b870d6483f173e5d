//! When a password may go to its host: at once where a person asked for it. By itself only one at a time,
//! or two lost lines would send the same wrong one at once, and none that the host has refused.

use std::sync::PoisonError;
use std::time::Duration;

use super::course::Course;
use super::refusals::Turn;
use crate::error::LeaseError;
use crate::ports::{Again, Clock, Outcome as Seen, Ports};

/// How often it is looked whether the host has answered another sign-in.
const EVERY: Duration = Duration::from_millis(250);

impl<P: Ports> Course<P> {
    /// Waits until its sign-in may go. Safe to cancel.
    pub(super) async fn turn(&self, why: Again) -> Result<(), LeaseError> {
        let (refusals, clock) = (self.ports.refusals(), self.ports.clock());
        let this = (&self.tried, self.terms.run);
        if why == Again::Asked {
            refusals.begins(this, clock.uptime());
            return Ok(());
        }
        loop {
            let let_in = *self.let_in.lock().unwrap_or_else(PoisonError::into_inner);
            match refusals.begins_by_itself(this, let_in, clock.uptime()) {
                Turn::Goes => return Ok(()),
                Turn::Refused => return Err(LeaseError::RefusedBefore),
                Turn::Waits => clock.wait(EVERY).await,
            }
        }
    }

    /// Nothing of it is on its way to the host any more.
    pub(super) fn is_over(&self) {
        self.ports.refusals().settled(&self.tried, self.terms.run);
    }

    /// What the host made of it, for whoever else would send the same password.
    pub(super) fn heard(&self, seen: &Seen) {
        let now = self.ports.clock().uptime();
        self.ports.refusals().heard((&self.tried, self.terms.run), seen, now);
        if matches!(seen, Seen::HostAccepted(_)) {
            *self.let_in.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        }
    }
}

/// A session's task that broke reports its end; whatever else becomes of it, nobody waits for it.
impl<P: Ports> Drop for Course<P> {
    fn drop(&mut self) {
        self.is_over();
    }
}
