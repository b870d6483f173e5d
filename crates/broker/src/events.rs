//! The event hub: numbers events and hands them to whoever listens, without waiting for anybody.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;

use usher_core::ids::{PersonId, RunId};
use usher_core::ports::{Notice, Notices};

use crate::protocol::{Event, Numbered};
use crate::runs::Runs;
use crate::unlocks::UnlockRegistry;

/// How many events a listener may lag before it has to ask for a snapshot.
const BACKLOG: usize = 1024;

/// Numbers and hands out events; keeps the Running list up to date on the way.
pub struct EventHub {
    last: Mutex<u32>,
    channel: broadcast::Sender<Addressed>,
    pub(crate) runs: Runs,
}

/// An event, and whose it is; nobody's is for everybody.
#[derive(Clone)]
struct Addressed {
    to: Option<PersonId>,
    event: Numbered,
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

    /// Numbers an event for everybody and hands it out. That nobody listens is fine.
    pub(crate) fn send(&self, event: Event) {
        self.send_to(None, event);
    }

    /// The same for an event that is one person's.
    pub(crate) fn send_to(&self, to: Option<PersonId>, event: Event) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.saturating_add(1);
        drop(self.channel.send(Addressed { to, event: Numbered { number: *last, event } }));
    }

    /// Tells how a launch is now, to whoever launched it.
    pub(crate) fn send_run(&self, run: RunId) {
        if let Some(event) = self.runs.event(run) {
            self.send_to(self.runs.owner(run), event);
        }
    }

    /// Tells the locked door how many sessions wait for it to open, if that is not as many as before.
    fn send_waiting(&self, before: u32) {
        let sessions = self.runs.waiting_for_unlock();
        if sessions != before {
            self.send(Event::Waiting { sessions });
        }
    }

    /// Listens from now on, for whoever has the vault open then.
    pub(crate) fn subscribe(&self, unlocks: &Arc<UnlockRegistry>) -> Subscription {
        let unlocks = Some(Arc::clone(unlocks));
        Subscription { channel: self.channel.subscribe(), unlocks }
    }

    /// Listens to everything from now on, whoever has the vault open.
    pub(crate) fn subscribe_to_all(&self) -> Subscription {
        Subscription { channel: self.channel.subscribe(), unlocks: None }
    }
}

impl Notices for EventHub {
    fn tell(&self, notice: Notice) {
        match notice {
            Notice::BookChanged => self.send(Event::VaultChanged),
            Notice::SigningInAs { run, user, record } => {
                self.runs.signing_in_as(run, &user, record);
                self.send_run(run);
            }
            Notice::Run { run, outcome, at } => {
                let waiting = self.runs.waiting_for_unlock();
                self.runs.outcome(run, outcome, at);
                self.send_run(run);
                self.send_waiting(waiting);
            }
            Notice::AuditUnwritten { run } => {
                self.runs.audit_unwritten(run);
                self.send_run(run);
            }
        }
    }
}

/// A listener's end.
pub struct Subscription {
    channel: broadcast::Receiver<Addressed>,
    /// Whose events are told; everybody's where there is none.
    unlocks: Option<Arc<UnlockRegistry>>,
}

impl Subscription {
    fn hears(&self, person: PersonId) -> bool {
        self.unlocks.as_ref().is_none_or(|unlocks| unlocks.hears(person))
    }

    /// The next event that is for whoever has the vault open. After a lag, and where events were
    /// somebody else's, the numbers show a gap, and the listener asks for a snapshot.
    pub async fn next(&mut self) -> Option<Numbered> {
        loop {
            match self.channel.recv().await {
                Ok(Addressed { to, event }) if to.is_none_or(|to| self.hears(to)) => {
                    return Some(event);
                }
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_tends_the_clients_hears_of_sessions_while_nobody_has_the_vault_open() {
        let (hub, unlocks) = (EventHub::default(), Arc::new(UnlockRegistry::default()));
        let (mut page, mut all) = (hub.subscribe(&unlocks), hub.subscribe_to_all());
        hub.send_to(Some(PersonId::from_bytes([1; 16])), Event::VaultChanged);
        hub.send(Event::VaultChanged);
        assert_eq!(all.next().await.map(|event| event.number), Some(1));
        assert_eq!(page.next().await.map(|event| event.number), Some(2), "the first is nobody's");
    }
}
