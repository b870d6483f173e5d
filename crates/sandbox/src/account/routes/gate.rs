//! The gate that every request passes: noted, delayed, spoilt, or refused for its key.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    response::Response,
};

use super::asked::Asked;
use crate::account::{
    answer::Answer,
    faults::{self, Fault},
    inside::Shared,
    problem::{Problem, failure},
};

/// The most that may be sent, as the API's description has it.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// A connection, for faults that break it.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<AtomicBool>);

impl Wire {
    /// Nothing more is to be written.
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// All routes: they are told apart in [`Asked`].
pub(crate) fn router(shared: Shared) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(
    State(shared): State<Shared>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let had_key = parts.headers.contains_key("x-api-key");
    let (mut asked, visit, delay, fault) = {
        let mut inside = shared.lock();
        let asked = Asked::read(&parts, &inside.data);
        let visit =
            Visit { shared: shared.clone(), number: inside.log.arrived(asked.note(had_key)) };
        let (delay, fault) = inside.faults.strike(&asked);
        (asked, visit, delay, fault)
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let whole = read(body).await;
    let answer = match whole {
        Some(body) => {
            asked.body = body;
            let names = super::write::names(&asked.body);
            shared.lock().log.add(visit.number, |seen| seen.attributes = names);
            decide(&shared, &asked, fault)
        }
        None => Problem::too_large().answer(&shared.lock().switches),
    };
    let status = answer.status;
    shared.lock().log.add(visit.number, |seen| seen.status = status);
    let gzip = shared.lock().switches.gzip && asked.accepts_gzip();
    faults::send(answer, fault, &wire, gzip)
}

async fn read(body: Body) -> Option<Bytes> {
    to_bytes(body, LARGEST_BODY).await.ok()
}

/// The answer, before it is put on the wire.
fn decide(shared: &Shared, asked: &Asked, fault: Option<Fault>) -> Answer {
    let mut inside = shared.lock();
    if let Some(answer) = faults::instead(fault, &inside.switches) {
        return answer;
    }
    if asked.password_access.is_none() {
        return failure(403, &inside.switches);
    }
    let answer = super::answer(&mut inside, asked, fault);
    faults::spoil(fault, answer, &inside.data)
}

/// A request being handled; it also leaves when the client hangs up.
struct Visit {
    shared: Shared,
    number: usize,
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.shared.lock().log.left();
    }
}
