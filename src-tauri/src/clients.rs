//! The clients of launches: those that we started, and what the person needs to start one by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use usher_broker::protocol::{Event, RunEnd, RunRow, RunState};
use usher_clients::residue::OsCredentials;
use usher_clients::{Residue, RunningClient};
use zeroize::Zeroizing;

/// What runs and what waits, by launch.
pub(crate) struct Clients {
    running: Mutex<BTreeMap<String, Arc<RunningClient>>>,
    by_hand: Mutex<BTreeMap<String, Zeroizing<String>>>,
    /// What would be left of them if this program were killed.
    pub(crate) residue: Residue,
}

impl Clients {
    /// With the journal in this folder.
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        Self { running: Mutex::default(), by_hand: Mutex::default(), residue: journal(folder) }
    }

    /// Takes away what a program that was killed has left.
    pub(crate) fn sweep(&self) {
        match self.residue.sweep(&OsCredentials) {
            Ok(swept) if swept == usher_clients::residue::Swept::default() => {}
            Ok(swept) => tracing::warn!(?swept, "An earlier Usher did not end by itself: swept"),
            Err(error) => tracing::warn!(%error, "What an earlier Usher left could not be swept"),
        }
        #[cfg(windows)]
        sweep_windows();
    }

    /// A client was started for this launch.
    pub(crate) fn started(&self, run: String, client: RunningClient) -> Arc<RunningClient> {
        let client = Arc::new(client);
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(run, Arc::clone(&client));
        client
    }

    /// The client of this launch, where we started one that still runs.
    pub(crate) fn of(&self, run: &str) -> Option<Arc<RunningClient>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).get(run).cloned()
    }

    /// Its client has ended.
    pub(crate) fn left(&self, run: &str) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }

    /// The person starts a client by hand with this one-time password.
    pub(crate) fn hand_out(&self, run: String, password: Zeroizing<String>) {
        self.by_hand.lock().unwrap_or_else(PoisonError::into_inner).insert(run, password);
    }

    /// That password, while there is time to use it.
    pub(crate) fn handed_out(&self, run: &str) -> Option<Zeroizing<String>> {
        self.by_hand.lock().unwrap_or_else(PoisonError::into_inner).get(run).cloned()
    }

    /// The time to use it is over.
    pub(crate) fn take_back(&self, run: &str) {
        self.by_hand.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }

    /// The vault is locked: nothing that was shown stays.
    pub(crate) fn take_all_back(&self) {
        self.by_hand.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// A client that has signed in needs its credential no more, and a session that is over has nothing
    /// for its client to come back to.
    pub(crate) fn hear(&self, event: &Event) {
        let Event::Run { run } = event else { return };
        let client = self.of(&run.run);
        match run.state {
            RunState::WaitingForClient => {}
            RunState::SigningIn
            | RunState::Active
            | RunState::DesktopOnly
            | RunState::Dropped
            | RunState::NeedsUnlock => {
                if let Some(client) = client {
                    client.credential_seen();
                }
            }
            RunState::Ended { end: RunEnd::EndedByPerson } => {
                self.take_back(&run.run);
                if let Some(client) = client {
                    client.end_now();
                }
            }
            RunState::Ended { .. } => {
                self.take_back(&run.run);
                if let Some(client) = client {
                    client.end();
                }
            }
        }
    }

    /// Events were missed: takes each launch as it is `now`. One that is not on the list any more is over.
    pub(crate) fn catch_up(&self, now: impl FnOnce() -> Vec<RunRow>) {
        // Before the list is read, so that a launch that begins meanwhile is not taken for one.
        let known = self.known();
        let runs = now();
        for over in known.iter().filter(|known| runs.iter().all(|run| run.run != **known)) {
            self.take_back(over);
            if let Some(client) = self.of(over) {
                client.end();
            }
        }
        for run in runs {
            self.hear(&Event::Run { run });
        }
    }

    /// The launches that have something here.
    fn known(&self) -> BTreeSet<String> {
        let by_hand = self.by_hand.lock().unwrap_or_else(PoisonError::into_inner);
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        by_hand.keys().chain(running.keys()).cloned().collect()
    }

    /// Ends those that still run, and waits for it.
    pub(crate) async fn end_all(&self) {
        let running =
            std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for client in running.values() {
            client.end_now();
        }
        for client in running.values() {
            client.wait().await;
        }
    }
}

/// What no journal tells of: one-time credentials, and our addresses in what mstsc remembers.
#[cfg(windows)]
fn sweep_windows() {
    match usher_clients::sweep() {
        Ok(0) => {}
        Ok(credentials) => tracing::warn!(credentials, "One-time credentials were left: removed"),
        Err(error) => tracing::warn!(%error, "One-time credentials could not be looked for"),
    }
}

/// Where it cannot be had, launches go on: only a crash would leave something.
fn journal(folder: Option<&Path>) -> Residue {
    let opened = folder.map_or(Err(ErrorKind::NotFound.into()), Residue::open);
    opened.unwrap_or_else(|error| {
        tracing::warn!(%error, "There is no journal of what a crash would leave");
        Residue::nowhere()
    })
}

#[cfg(test)]
mod tests {
    use usher_broker::protocol::At;

    use super::*;

    fn run(name: &str, state: RunState) -> Event {
        Event::Run { run: row(name, state) }
    }

    fn row(name: &str, state: RunState) -> RunRow {
        let text = || name.to_owned();
        RunRow {
            run: text(),
            session: text(),
            name: text(),
            client: text(),
            host: text(),
            account: None,
            credential_name: None,
            since: At(0),
            state,
            audited: true,
            by_hand: true,
            can_sign_in_again: false,
        }
    }

    fn handed_out(clients: &Clients) -> [bool; 2] {
        ["one", "two"].map(|run| clients.handed_out(run).is_some())
    }

    #[test]
    fn a_password_by_hand_goes_with_its_session_and_with_a_lock() {
        let clients = Clients::new(None);
        for run in ["one", "two"] {
            clients.hand_out(run.to_owned(), Zeroizing::new(run.to_owned()));
        }
        clients.hear(&run("one", RunState::Active));
        clients.hear(&Event::VaultChanged);
        assert_eq!(handed_out(&clients), [true, true]);
        clients.hear(&run("one", RunState::Ended { end: RunEnd::EndedByPerson }));
        assert_eq!(handed_out(&clients), [false, true], "only its own");
        clients.take_all_back();
        assert_eq!(handed_out(&clients), [false, false]);
    }

    #[test]
    fn after_missed_events_what_has_ended_meanwhile_is_taken_away() {
        let clients = Clients::new(None);
        let hand_out = || {
            for run in ["one", "two"] {
                clients.hand_out(run.to_owned(), Zeroizing::new(run.to_owned()));
            }
        };
        hand_out();
        let ended = RunState::Ended { end: RunEnd::ClientNeverCame };
        clients.catch_up(|| vec![row("one", RunState::Active), row("two", ended)]);
        assert_eq!(handed_out(&clients), [true, false], "its end was missed");
        hand_out();
        clients.catch_up(|| vec![row("two", RunState::WaitingForClient)]);
        assert_eq!(handed_out(&clients), [false, true], "it was dismissed meanwhile");
        hand_out();
        clients.catch_up(|| {
            clients.take_all_back();
            hand_out();
            clients.hand_out("three".to_owned(), Zeroizing::default());
            vec![row("one", RunState::Active), row("two", RunState::Active)]
        });
        assert!(clients.handed_out("three").is_some(), "it began while the list was read");
    }

    #[test]
    fn two_programs_do_not_share_a_journal() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, second) =
            (Clients::new(Some(folder.path())), Clients::new(Some(folder.path())));
        first.sweep();
        second.sweep();
        assert!(folder.path().join("residue.jsonl").exists());
    }
}
