//! The Running list.

use usher_core::error::{Error, Missing};
use usher_core::ids::RunId;
use usher_core::ports::Ports;

use super::{Answer, forms};
use crate::broker::Desktop;
use crate::map::failure;
use crate::protocol::{Event, Failure, Reply};

fn known<P: Ports>(desk: &Desktop<P>, run: &str) -> Result<RunId, Failure> {
    let id: RunId = forms::id("run", run)?;
    if desk.hub.runs.known(id) { Ok(id) } else { Err(unknown()) }
}

fn unknown() -> Failure {
    failure::plain(&Error::NotFound(Missing::Run))
}

/// The shell found no client: nobody will come, so the listener closes at once.
pub(super) fn client_missing<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run)?;
    if desk.hub.runs.client_missing(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

/// The client has ended. One that had not signed in will not any more.
pub(super) fn client_exited<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run)?;
    desk.hub.runs.client_left(id);
    Ok(Reply::Done)
}

pub(super) fn end<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run)?;
    if desk.hub.runs.end(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

pub(super) fn dismiss<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run)?;
    if desk.hub.runs.dismiss(id) {
        desk.hub.send(Event::VaultChanged);
        Ok(Reply::Done)
    } else {
        Err(failure::field_breaks("run", usher_core::error::Rule::InUse))
    }
}
