//! The clients of the sessions that a holder has, so that each ends with its session.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use usher_clients::RunningClient;

/// By the session's number.
#[derive(Default)]
pub(super) struct Clients(Mutex<BTreeMap<usize, State>>);

/// A session may end before its client is known, and the other way round.
enum State {
    Runs(RunningClient),
    SessionEnded,
}

impl Clients {
    #[cfg_attr(windows, expect(dead_code, reason = "no client is started there"))]
    pub(super) fn started(&self, session: usize, client: RunningClient) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(all.get(&session), Some(State::SessionEnded)) {
            client.end();
        } else {
            all.insert(session, State::Runs(client));
        }
    }

    pub(super) fn session_ended(&self, session: usize) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(State::Runs(client)) = all.insert(session, State::SessionEnded) {
            client.end();
        }
    }
}
