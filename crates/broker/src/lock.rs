//! Locking: what one person has open of the vault is closed. Running sessions go on.

use std::sync::Arc;

use usher_core::entry::KeyId;
use usher_core::error::Error;
use usher_core::launch::UnlockId;
use usher_core::opening::{self, WhyLocked};
use usher_core::ports::{Ports, Source, Store, Unlocks};

use crate::broker::Shared;
use crate::map;
use crate::protocol::Event;

/// Locks the vault for the person of this unlock, in all their windows.
///
/// # Errors
/// [`Error::Locked`] where it is already; [`Error::AuditUnavailable`]: it is locked, but that is not
/// on record.
pub(crate) async fn lock<P: Ports>(
    ports: &Arc<P>,
    shared: &Shared,
    unlock: UnlockId,
    why: WhyLocked,
) -> Result<(), Error> {
    let _one_at_a_time = shared.locking.lock().await;
    let person = shared.unlocks.person(unlock).ok_or(Error::Locked)?;
    let keys = keys(ports.as_ref()).await;
    let locked = opening::lock(ports.as_ref(), unlock, why).await;
    for unlock in shared.unlocks.close(person) {
        shared.undos.forget(unlock);
        shared.tickets.forget(unlock);
    }
    shared.pickers.close_all_of(person);
    // Nobody makes a client for this person from here on, so none outlives this.
    for key in keys {
        ports.source().forget(key);
    }
    shared.hub.send(Event::Locked { why: map::door::why_locked(why) });
    locked
}

/// All keys: the clients of IT Glue that hold them are made anew when they are next needed.
async fn keys<P: Ports>(ports: &P) -> Vec<KeyId> {
    ports.store().book().await.map(|book| book.keys().collect()).unwrap_or_default()
}
