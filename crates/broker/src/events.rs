//! The event hub: numbers events and hands them to whoever listens, without waiting for anybody.

use std::sync::{Arc, Mutex, PoisonError, Weak};

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
    pub(crate) fn subscribe(self: &Arc<Self>, unlocks: &Arc<UnlockRegistry>) -> Subscription {
        self.listen(Some(Arc::clone(unlocks)))
    }

    /// Listens to everything from now on, whoever has the vault open.
    pub(crate) fn subscribe_to_all(self: &Arc<Self>) -> Subscription {
        self.listen(None)
    }

    fn listen(self: &Arc<Self>, unlocks: Option<Arc<UnlockRegistry>>) -> Subscription {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let channel = self.channel.subscribe();
        Subscription { channel, hub: Arc::downgrade(self), last: *last, unlocks }
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
    /// Not its owner: with the hub the events end.
    hub: Weak<EventHub>,
    /// The number of the newest event that came by, whosever it was.
    last: u32,
    /// Whose events are told; everybody's where there is none.
    unlocks: Option<Arc<UnlockRegistry>>,
}

impl Subscription {
    fn hears(&self, person: PersonId) -> bool {
        self.unlocks.as_ref().is_none_or(|unlocks| unlocks.hears(person))
    }

    /// The next event that is for whoever has the vault open. Where events were somebody else's the
    /// numbers show a gap; where events were lost that is an event of its own, since what comes after
    /// them may be somebody else's too.
    pub async fn next(&mut self) -> Option<Numbered> {
        loop {
            match self.channel.recv().await {
                Ok(Addressed { to, event }) => {
                    self.last = event.number;
                    if to.is_none_or(|to| self.hears(to)) {
                        return Some(event);
                    }
                }
                Err(broadcast::error::RecvError::Lagged(lost)) => return Some(self.missed(lost)),
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    /// So many events were lost; it has the number of the last of them.
    fn missed(&mut self, lost: u64) -> Numbered {
        self.last = self.last.saturating_add(u32::try_from(lost).unwrap_or(u32::MAX));
        let waiting = self.hub.upgrade().map_or(0, |hub| hub.runs.waiting_for_unlock());
        Numbered { number: self.last, event: Event::Missed { waiting } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_tends_the_clients_hears_of_sessions_while_nobody_has_the_vault_open() {
        let (hub, unlocks) = (Arc::<EventHub>::default(), Arc::new(UnlockRegistry::default()));
        let (mut page, mut all) = (hub.subscribe(&unlocks), hub.subscribe_to_all());
        hub.send_to(Some(PersonId::from_bytes([1; 16])), Event::VaultChanged);
        hub.send(Event::VaultChanged);
        assert_eq!(all.next().await.map(|event| event.number), Some(1));
        assert_eq!(page.next().await.map(|event| event.number), Some(2), "the first is nobody's");
    }

    /// As many as the channel holds, and these more, all of them somebody else's than a page's.
    fn overflow(hub: &EventHub, more: usize) -> u32 {
        let somebody = Some(PersonId::from_bytes([1; 16]));
        (0..BACKLOG + more).for_each(|_| hub.send_to(somebody, Event::VaultChanged));
        hub.newest()
    }

    #[tokio::test]
    async fn whoever_lags_is_told_once_even_where_nothing_that_is_left_is_theirs() {
        let (hub, unlocks) = (Arc::<EventHub>::default(), Arc::new(UnlockRegistry::default()));
        hub.send(Event::Unlocked);
        let (mut page, mut all) = (hub.subscribe(&unlocks), hub.subscribe_to_all());
        let newest = overflow(&hub, 7);
        let missed = Some(Numbered { number: 8, event: Event::Missed { waiting: 0 } });
        assert_eq!(all.next().await, missed);
        assert_eq!(all.next().await.map(|event| event.number), Some(9), "the oldest that is left");
        hub.send(Event::VaultChanged);
        // One more was lost for whoever had not read yet.
        let missed = Some(Numbered { number: 9, event: Event::Missed { waiting: 0 } });
        assert_eq!(page.next().await, missed);
        let after = page.next().await;
        assert_eq!(after, Some(Numbered { number: newest + 1, event: Event::VaultChanged }));
    }

    #[tokio::test]
    async fn whoever_keeps_up_misses_nothing_and_with_the_hub_the_events_end() {
        let hub = Arc::<EventHub>::default();
        let mut all = hub.subscribe_to_all();
        overflow(&hub, 0);
        for number in 1..=u32::try_from(BACKLOG).expect("few") {
            assert_eq!(all.next().await, Some(Numbered { number, event: Event::VaultChanged }));
        }
        drop(hub);
        assert_eq!(all.next().await, None);
    }
}
