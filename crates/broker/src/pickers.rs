//! Open lists: filled by a task of their own, read page by page, closed by the window.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use usher_core::ids::PersonId;
use usher_core::ports::Step;
use usher_picker::{Hit, List};

use crate::events::EventHub;
use crate::map::choices;
use crate::map::failure::seconds;
use crate::protocol::{Event, Failure, PickerPage, PickerProgress};

/// How many lists may be open at once; the oldest is closed beyond that.
const AT_MOST: usize = 16;
/// How many rows a page has at most.
const PAGE: usize = 500;

/// The open lists.
#[derive(Default)]
pub(crate) struct Pickers(Mutex<Open>);

/// Names count up and are never used again, so that a late event cannot mean another list.
#[derive(Default)]
struct Open {
    last: u64,
    lists: BTreeMap<u64, Arc<Picker>>,
}

/// One open list.
pub(crate) struct Picker {
    id: u64,
    person: PersonId,
    organization: String,
    state: Mutex<State>,
    filling: Mutex<Option<AbortHandle>>,
}

#[derive(Default)]
struct State {
    list: List,
    total: Option<usize>,
    /// The limit of requests is used up: when the list will go on, about.
    waiting: Option<Duration>,
    done: bool,
    failure: Option<Failure>,
}

impl Pickers {
    /// Opens an empty list.
    pub(crate) fn open(&self, person: PersonId, organization: String) -> Arc<Picker> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.last = open.last.saturating_add(1);
        let id = open.last;
        let picker =
            Picker { id, person, organization, state: Mutex::default(), filling: Mutex::default() };
        let picker = Arc::new(picker);
        open.lists.insert(id, Arc::clone(&picker));
        while open.lists.len() > AT_MOST {
            if let Some((_, oldest)) = open.lists.pop_first() {
                oldest.stop();
            }
        }
        picker
    }

    /// The list with this name, if it is this person's.
    pub(crate) fn find(&self, name: &str, person: PersonId) -> Option<Arc<Picker>> {
        let id = name.parse::<u64>().ok()?;
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.lists.get(&id).filter(|picker| picker.person == person).cloned()
    }

    /// Closes all lists of this person and stops their filling.
    pub(crate) fn close_all_of(&self, person: PersonId) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (theirs, others) = std::mem::take(&mut open.lists)
            .into_iter()
            .partition(|(_, picker)| picker.person == person);
        open.lists = others;
        let theirs: BTreeMap<u64, Arc<Picker>> = theirs;
        for picker in theirs.values() {
            picker.stop();
        }
    }

    /// Closes it and stops its filling.
    pub(crate) fn close(&self, picker: &Picker) {
        picker.stop();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).lists.remove(&picker.id);
    }
}

impl Picker {
    pub(crate) fn name(&self) -> String {
        self.id.to_string()
    }

    /// Remembers the task that fills it, to stop it when the list is closed.
    pub(crate) fn filled_by(&self, task: AbortHandle) {
        *self.filling.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    fn stop(&self) {
        if let Some(task) = self.filling.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }

    /// Adds rows, or waits for the limit of requests, and tells the window.
    pub(crate) fn goes_on(&self, step: Step, hub: &EventHub) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Step::Rows(batch) => {
                state.list.push(batch.rows);
                state.total = batch.total.or(state.total);
                state.waiting = None;
            }
            Step::Waiting(time) => state.waiting = Some(time),
        }
        drop(state);
        self.tell(hub);
    }

    /// No more rows will come.
    pub(crate) fn finish(&self, failure: Option<Failure>, hub: &EventHub) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done = true;
        state.waiting = None;
        state.failure = failure;
        drop(state);
        self.tell(hub);
    }

    fn tell(&self, hub: &EventHub) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let progress = self.progress(&state);
        drop(state);
        hub.send_to(Some(self.person), Event::Picker { picker: self.name(), progress });
    }

    fn progress(&self, state: &State) -> PickerProgress {
        PickerProgress {
            loaded: count(state.list.len()),
            total: state.total.map(count),
            done: state.done,
            failure: state.failure.clone(),
            organization: self.organization.clone(),
            waiting_seconds: state.waiting.map(seconds),
        }
    }

    /// A page of what matches.
    pub(crate) fn page(&self, query: &str, offset: usize, limit: usize) -> PickerPage {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let hits = state.list.search(query).hits;
        let shown = hits.iter().skip(offset).take(limit.min(PAGE));
        let row = |hit: &Hit| Some(choices::row(state.list.get(hit.index)?, &hit.positions));
        PickerPage {
            rows: shown.filter_map(row).collect(),
            matching: count(hits.len()),
            progress: self.progress(&state),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
