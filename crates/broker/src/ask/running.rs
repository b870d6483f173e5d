//! The Running list.

use usher_core::error::{Error, Missing};
use usher_core::ids::RunId;
use usher_core::ports::{Ports, Store};

use super::{Answer, forms};
use crate::broker::Desktop;
use crate::map::failure;
use crate::protocol::{Event, Failure, Reply};

/// A launch of this person's own. Other people's are an administrator's to see and to end; to
/// anybody else they are not there.
async fn known<P: Ports>(desk: &Desktop<P>, run: &str) -> Result<RunId, Failure> {
    let id: RunId = forms::id("run", run)?;
    let owner = desk.shared.hub.runs.owner(id).ok_or_else(unknown)?;
    if owner == desk.person {
        return Ok(id); // also where the vault cannot be read any more
    }
    let book = desk.ports.store().book().await?;
    if book.is_administrator(desk.person) { Ok(id) } else { Err(unknown()) }
}

fn unknown() -> Failure {
    failure::plain(&Error::NotFound(Missing::Run))
}

/// The shell found no client: nobody will come, so the listener closes at once.
pub(super) async fn client_missing<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.client_missing(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

/// The client has ended. One that had not signed in will not any more.
pub(super) async fn client_exited<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    desk.shared.hub.runs.client_left(id);
    Ok(Reply::Done)
}

pub(super) async fn end<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.end(id) { Ok(Reply::Done) } else { Err(unknown()) }
}

pub(super) async fn dismiss<P: Ports>(desk: &Desktop<P>, run: &str) -> Answer {
    let id = known(desk, run).await?;
    if desk.shared.hub.runs.dismiss(id) {
        desk.shared.hub.send(Event::VaultChanged);
        Ok(Reply::Done)
    } else {
        Err(failure::field_breaks("run", usher_core::error::Rule::InUse))
    }
}
