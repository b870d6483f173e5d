//! The Running list: launches that run, and ended ones until they are dismissed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use usher_core::entry::{PasswordRecord, UserName};
use usher_core::ids::{ConnectionId, PersonId, RunId};
use usher_core::launch::{Credential, Refusals, Renewable, Tried};
use usher_core::ports::{Acceptance, End, Outcome, SessionControl, Traffic};
use usher_core::time::Uptime;

use crate::map::ends;
use crate::map::failure::AccountFacts;
use crate::protocol::{At, Bytes, Event, RunEnd, RunRow, RunState, TrafficRow};

/// What is known of a launch from its start.
pub(crate) struct Started {
    /// Who launched it.
    pub(crate) person: PersonId,
    pub(crate) row: RunRow,
    pub(crate) control: SessionControl,
    /// What *Sign in again* goes by; none where the person typed user and password.
    pub(crate) renewable: Option<Renewable>,
    /// The entry asks for a choice, so another record can be chosen after a refusal.
    pub(crate) choose_again: bool,
    /// The person typed user and password themselves.
    pub(crate) typed: bool,
    /// Other credential entries of the client folder that may be sent to this host.
    pub(crate) others: Vec<String>,
    /// The account whose record is used.
    pub(crate) connection: Option<ConnectionId>,
    /// The same, for the sentence where its key is refused.
    pub(crate) account: Option<AccountFacts>,
}

/// Whom it signs in as; the record, where the person did not type it.
struct Used {
    user: String,
    record: Option<PasswordRecord>,
}

/// All launches, and how many of them run.
#[derive(Default)]
pub(crate) struct Runs {
    all: Mutex<BTreeMap<RunId, Run>>,
    /// What hosts made of their passwords.
    pub(crate) refusals: Refusals,
    running: watch::Sender<usize>,
}

/// One launch. Outcomes can come before the launch is entered; they are kept either way.
#[derive(Default)]
struct Run {
    started: Option<Started>,
    seen: Vec<Outcome>,
    used: Option<Used>,
    client_missing: bool,
    client_left: bool,
    /// Since when the host has let it in, as far as it tells, and until when.
    up: (Option<Uptime>, Option<Uptime>),
    /// How often its password was refused there lately, this time counted.
    refusals: u32,
    audit_unwritten: bool,
}

impl Runs {
    fn with<T>(&self, run: RunId, change: impl FnOnce(&mut Run) -> T) -> T {
        let mut runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(runs.entry(run).or_default());
        self.running.send_replace(runs.values().filter(|run| run.is_running()).count());
        changed
    }

    /// How many run, whoever launched them.
    pub(crate) fn running(&self) -> usize {
        *self.running.borrow()
    }

    /// How many run, or ended without everything about them in the audit log.
    pub(crate) fn not_on_record(&self) -> usize {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        runs.values().filter(|run| run.is_running() || run.audit_unwritten).count()
    }

    /// Ends every launch that runs, and waits until the end of each is told; it is on record then.
    pub(crate) async fn end_all(&self) {
        let mut running = self.running.subscribe();
        {
            let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            let controls = runs.values().filter_map(|run| run.started.as_ref());
            controls.for_each(|started| started.control.end());
        }
        // The other end lives as long as this does.
        let _none_runs = running.wait_for(|running| *running == 0).await;
    }

    pub(crate) fn started(&self, run: RunId, started: Started) {
        self.with(run, |known| known.started = Some(started));
    }

    pub(crate) fn signing_in_as(
        &self,
        run: RunId,
        user: &UserName,
        record: Option<PasswordRecord>,
    ) {
        let user = user.shown();
        self.with(run, |known| known.used = Some(Used { user, record }));
    }

    pub(crate) fn outcome(&self, run: RunId, outcome: Outcome, at: Uptime) {
        let lost = matches!(outcome, Outcome::Dropped | Outcome::NeedsUnlock);
        let left = self.with(run, |known| {
            known.note(&outcome, at, &self.refusals);
            known.seen.push(outcome);
            known.client_left
        });
        if left && lost {
            self.end(run); // its window was closed: nobody comes back
        }
    }

    pub(crate) fn audit_unwritten(&self, run: RunId) {
        self.with(run, |known| known.audit_unwritten = true);
    }

    /// The shell found no client: the session ends, and for that reason.
    pub(crate) fn client_missing(&self, run: RunId) -> bool {
        let found = self.known(run);
        if found {
            self.with(run, |known| known.client_missing = true);
            self.end(run);
        }
        found
    }

    /// The client has ended: nobody comes any more, or back. While the host is being asked, the
    /// injector sees that itself and says how it went; `false` where there is no such launch.
    pub(crate) fn client_left(&self, run: RunId) -> bool {
        if !self.known(run) {
            return false;
        }
        let asking = self.with(run, |known| {
            known.client_left = !known.has_ended();
            known.seen.last() == Some(&Outcome::ClientSignedIn)
        });
        if !asking {
            self.end(run);
        }
        true
    }

    /// Ends a launch that runs; `false` where there is none.
    pub(crate) fn end(&self, run: RunId) -> bool {
        self.control(run, SessionControl::end).is_some()
    }

    /// Takes an ended launch off the list; `false` where it still runs or is unknown.
    pub(crate) fn dismiss(&self, run: RunId) -> bool {
        let mut runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = runs.get(&run).is_some_and(Run::has_ended);
        ended && runs.remove(&run).is_some()
    }

    /// Does this with the hold on a launch; `None` where there is none.
    pub(crate) fn control<T>(
        &self,
        run: RunId,
        act: impl FnOnce(&SessionControl) -> T,
    ) -> Option<T> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let started = runs.get(&run).and_then(|known| known.started.as_ref());
        started.map(|started| act(&started.control))
    }

    /// Whether the person starts the client by hand; `None` where there is no such launch.
    pub(crate) fn is_by_hand(&self, run: RunId) -> Option<bool> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        runs.get(&run)?.started.as_ref().map(|started| started.row.by_hand)
    }

    /// What *Sign in again* goes by, if the launch is up, has a password that can be fetched again, and a
    /// client that can come back.
    pub(crate) fn to_sign_in_again(&self, run: RunId) -> Option<Renewable> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let known = runs.get(&run)?;
        let started = known.started.as_ref()?;
        started.renewable.clone().filter(|_| known.can_sign_in_again(started))
    }

    /// What has passed through those that run, of this person or everybody's.
    pub(crate) fn traffic(&self, of: Option<PersonId>) -> Vec<TrafficRow> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let running = runs.iter().filter(|(_, run)| run.is_running());
        let started = running.filter_map(|(id, run)| Some((id, run.started.as_ref()?)));
        let theirs = started.filter(|(_, started)| of.is_none_or(|of| of == started.person));
        let row = |(id, started): (&RunId, &Started)| {
            let Traffic { to_host, to_client } = started.control.traffic();
            TrafficRow { run: id.to_string(), to_host: Bytes(to_host), to_client: Bytes(to_client) }
        };
        theirs.map(row).collect()
    }

    /// How many wait for the vault to be unlocked, whoever launched them.
    pub(crate) fn waiting_for_unlock(&self) -> u32 {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |run: &&Run| run.seen.last() == Some(&Outcome::NeedsUnlock);
        u32::try_from(runs.values().filter(waits).count()).unwrap_or(u32::MAX)
    }

    fn known(&self, run: RunId) -> bool {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&run)
    }

    /// Who launched it; `None` where there is no such launch.
    pub(crate) fn owner(&self, run: RunId) -> Option<PersonId> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        runs.get(&run)?.started.as_ref().map(|started| started.person)
    }

    /// The launches of this person, or everybody's.
    pub(crate) fn rows(&self, of: Option<PersonId>) -> Vec<RunRow> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = |run: &&Run| {
            let person = run.started.as_ref().map(|started| started.person);
            of.is_none() || person == of
        };
        runs.values().filter(theirs).filter_map(Run::row).collect()
    }

    pub(crate) fn event(&self, run: RunId) -> Option<Event> {
        let runs = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        runs.get(&run).and_then(Run::row).map(|run| Event::Run { run })
    }
}

impl Run {
    fn is_running(&self) -> bool {
        self.started.is_some() && !self.has_ended()
    }

    fn has_ended(&self) -> bool {
        self.seen.iter().any(|outcome| matches!(outcome, Outcome::Ended(_)))
    }

    fn row(&self) -> Option<RunRow> {
        let started = self.started.as_ref()?;
        let account = self.used.as_ref().map(|used| used.user.clone());
        let audited = !self.audit_unwritten;
        let state = self.state(started);
        let can_sign_in_again = self.can_sign_in_again(started);
        Some(RunRow { account, state, audited, can_sign_in_again, ..started.row.clone() })
    }

    /// Nobody comes back with a code that was typed into a client, or what was typed for the host.
    fn can_sign_in_again(&self, started: &Started) -> bool {
        let is_up = matches!(self.seen.last(), Some(Outcome::HostAccepted(_)));
        is_up && started.renewable.is_some() && !started.row.by_hand
    }

    fn state(&self, started: &Started) -> RunState {
        match self.seen.last() {
            None => RunState::WaitingForClient,
            Some(Outcome::ClientSignedIn) => RunState::SigningIn,
            Some(Outcome::HostAccepted(Acceptance::Said)) => RunState::Active,
            Some(Outcome::HostAccepted(Acceptance::DesktopOnly)) => RunState::DesktopOnly,
            Some(Outcome::Dropped) => RunState::Dropped,
            Some(Outcome::NeedsUnlock) => RunState::NeedsUnlock,
            Some(Outcome::Ended(end)) => RunState::Ended { end: self.end_of(started, end) },
        }
    }

    /// What an outcome tells besides how far it is.
    fn note(&mut self, outcome: &Outcome, at: Uptime, refusals: &Refusals) {
        match outcome {
            Outcome::HostAccepted(_) => {
                self.up.0.get_or_insert(at);
            }
            Outcome::Ended(end) => {
                self.up.1 = Some(at);
                if matches!(end, End::HostRefused(_)) {
                    self.refusals = self.tried().map_or(1, |tried| refusals.lately(&tried, at));
                }
            }
            Outcome::ClientSignedIn | Outcome::Dropped | Outcome::NeedsUnlock => {}
        }
    }

    /// What was tried where, once that is known.
    fn tried(&self) -> Option<Tried> {
        let (started, used) = (self.started.as_ref()?, self.used.as_ref()?);
        let with = match &used.record {
            Some(record) => Credential::Record(started.connection?, record.id.clone()),
            None => Credential::typed(&used.user),
        };
        Some(Tried { with, host: started.row.host.clone() })
    }

    /// The person closed the client's window: of a session that was up, that is how one ends it.
    fn closed_with_its_window(&self) -> RunEnd {
        match self.up {
            (Some(since), Some(until)) => {
                let lasted = until.0.saturating_sub(since.0).as_secs();
                RunEnd::Closed { seconds: u32::try_from(lasted).unwrap_or(u32::MAX) }
            }
            _ => RunEnd::ClientLeftEarly,
        }
    }

    fn end_of(&self, started: &Started, end: &End) -> RunEnd {
        match end {
            End::HostRefused(refusal) => {
                let record = self.used.as_ref().and_then(|used| used.record.as_ref());
                RunEnd::HostRefused {
                    reason: refusal.word().to_owned(),
                    record: record.map(|r| r.name.clone()).unwrap_or_default(),
                    changed: record.and_then(|r| r.changed).map(|m| At(m.unix_millis())),
                    choose_again: started.choose_again,
                    others: started.others.clone(),
                    refusals: self.refusals,
                    typed: started.typed,
                }
            }
            End::EndedByPerson if self.client_missing => RunEnd::ClientMissing,
            End::EndedByPerson if self.client_left => self.closed_with_its_window(),
            other @ (End::Closed { .. }
            | End::ClientNeverCame
            | End::ClientLeftEarly
            | End::TooManyAttempts
            | End::HostUnreachable(_)
            | End::CertificateChanged(_)
            | End::Unsupported(_)
            | End::NotReleased(_)
            | End::Fault
            | End::EndedByPerson) => ends::run_end(other, started.account.as_ref()),
        }
    }
}
