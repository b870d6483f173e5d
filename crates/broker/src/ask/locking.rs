//! Lock, idle, and a person's own idle lock.

use usher_core::book::Settings;
use usher_core::error::Error;
use usher_core::opening::WhyLocked;
use usher_core::ports::{LocalStore, Ports, Store};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::lock::lock;
use crate::map;
use crate::map::failure;
use crate::protocol::{Event, Failure, LockWhy, Reply};

pub(super) async fn now<P: Ports>(desk: &Desktop<P>, why: LockWhy) -> Answer {
    let why = map::door::why(why);
    match lock(&desk.ports, &desk.shared, desk.unlock, why).await {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(failure::plain(&error)),
    }
}

/// Locks where nobody has touched the computer for too long; else says when that could be.
pub(super) async fn idle<P: Ports>(desk: &Desktop<P>, seconds: Option<u32>) -> Answer {
    if desk.shared.idle.heard(seconds.is_some()) {
        desk.shared.hub.send(Event::VaultChanged);
    }
    let limit = limit(desk).await;
    match seconds {
        Some(idle) if idle >= limit => {
            now_for(desk, WhyLocked::Idle).await?;
            Ok(Reply::Idle { again_in: None })
        }
        idle => {
            let left = limit.saturating_sub(idle.unwrap_or_default()).max(1);
            Ok(Reply::Idle { again_in: Some(left) })
        }
    }
}

async fn now_for<P: Ports>(desk: &Desktop<P>, why: WhyLocked) -> Result<(), Failure> {
    let locked = lock(&desk.ports, &desk.shared, desk.unlock, why).await;
    locked.map_err(|error| failure::plain(&error))
}

/// The vault's limit or the person's own, whichever is shorter; in seconds. What cannot be read just
/// now counts as the default: nobody stays unlocked because a file was busy.
async fn limit<P: Ports>(desk: &Desktop<P>) -> u32 {
    let vaults = desk.ports.store().book().await.map(|book| book.settings);
    let vaults = vaults.unwrap_or_default().idle_lock_minutes;
    let own = desk.ports.local().own_idle_lock(desk.person).await;
    let own = own.unwrap_or_else(|_| Some(Settings::default().idle_lock_minutes));
    u32::from(own.map_or(vaults, |own| own.min(vaults))) * 60
}

/// A person's own limit only ever shortens the vault's.
pub(super) async fn set_own<P: Ports>(desk: &Desktop<P>, minutes: Option<u32>) -> Answer {
    let minutes = minutes.map(|minutes| forms::minutes("minutes", minutes)).transpose()?;
    match desk.ports.local().set_own_idle_lock(desk.person, minutes).await {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &Error::Store(error), None).await),
    }
}
