//! Locks by itself: after 12 hours, and whoever may not come in any more.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use usher_core::book::Book;
use usher_core::error::{Error, StoreError};
use usher_core::ids::PersonId;
use usher_core::opening::WhyLocked;
use usher_core::ports::{Clock, Ports, Store};

use crate::broker::Shared;
use crate::lock::lock;

/// After how long an unlock ends, whatever is done in it.
const AT_MOST: Duration = Duration::from_hours(12);
/// How often it is looked whether somebody's time is over.
const EVERY: Duration = Duration::from_secs(30);

/// Looks now and then, for as long as it is polled.
pub(crate) async fn for_ever<P: Ports>(ports: Arc<P>, shared: Shared) {
    loop {
        ports.clock().wait(EVERY).await;
        hours(&ports, &shared).await;
        shut_out(&ports, &shared).await;
    }
}

/// Locks every unlock whose time is over.
pub(crate) async fn hours<P: Ports>(ports: &Arc<P>, shared: &Shared) {
    for (unlock, open) in shared.unlocks.all() {
        if open.lasted(ports.clock()) >= AT_MOST {
            let _told_by_the_event: Result<(), Error> =
                lock(ports, shared, unlock, WhyLocked::Hours).await;
        }
    }
}

/// Locks for everybody whom the vault does not let in any more, whoever has changed that.
pub(crate) async fn shut_out<P: Ports>(ports: &Arc<P>, shared: &Shared) {
    let open = shared.unlocks.all();
    if open.is_empty() {
        return;
    }
    let (book, why) = match ports.store().book().await {
        Ok(book) => {
            shared.unlocks.administered_by(administrators(&book));
            (Some(book), WhyLocked::Revoked)
        }
        Err(StoreError::Locked) => (None, WhyLocked::OtherProgram),
        // Whatever people ask says so.
        Err(_) => return,
    };
    for (unlock, open) in open {
        let stays = book.as_ref().is_some_and(|book| book.active_person(open.person).is_ok());
        if !stays {
            let _told_by_the_event: Result<(), Error> = lock(ports, shared, unlock, why).await;
        }
    }
}

fn administrators(book: &Book) -> BTreeSet<PersonId> {
    let people = book.people.keys().copied();
    people.filter(|person| book.is_administrator(*person)).collect()
}
