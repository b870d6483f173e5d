//! The event hub: numbers events and hands them to whoever listens, without waiting for anybody.

use std::sync::{Mutex, PoisonError};

use tokio::sync::broadcast;

use usher_core::ports::{Notice, Notices};

use crate::protocol::{Event, Numbered};
use crate::runs::Runs;

/// How many events a listener may lag before it has to ask for a snapshot.
const BACKLOG: usize = 1024;

/// Numbers and hands out events; keeps the Running list up to date on the way.
pub struct EventHub {
    last: Mutex<u32>,
    channel: broadcast::Sender<Numbered>,
    pub(crate) runs: Runs,
}

impl Default for EventHub {
    fn default() -> Self {
        Self { last: Mutex::new(0), channel: broadcast::channel(BACKLOG).0, runs: Runs::default() }
    }
}

impl EventHub {
    /// The number of the newest event.
    pub(crate) fn newest(&self) -> u32 {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers the event and hands it out. That nobody listens is fine.
    pub(crate) fn send(&self, event: Event) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.saturating_add(1);
        drop(self.channel.send(Numbered { number: *last, event }));
    }

    /// Listens from now on.
    pub(crate) fn subscribe(&self) -> Subscription {
        Subscription(self.channel.subscribe())
    }
}

impl Notices for EventHub {
    fn tell(&self, notice: Notice) {
        let event = match notice {
            Notice::BookChanged => Some(Event::VaultChanged),
            Notice::SigningInAs { run, user, record } => {
                self.runs.signing_in_as(run, &user, record);
                self.runs.event(run)
            }
            Notice::Run { run, outcome } => {
                self.runs.outcome(run, outcome);
                self.runs.event(run)
            }
            Notice::AuditUnwritten { run } => {
                self.runs.audit_unwritten(run);
                self.runs.event(run)
            }
        };
        if let Some(event) = event {
            self.send(event);
        }
    }
}

/// A listener's end.
pub struct Subscription(broadcast::Receiver<Numbered>);

impl Subscription {
    /// The next event. After a lag the numbers show a gap, and the listener asks for a snapshot.
    pub async fn next(&mut self) -> Option<Numbered> {
        loop {
            match self.0.recv().await {
                Ok(event) => return Some(event),
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}
