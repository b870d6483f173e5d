//! Who asks: the person behind an unlock, never a name in a message, as the book has them now.

use std::sync::Arc;

use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Breach, Denied, Edit, Permit, may_act, may_change};
use crate::ports::{Ports, Proved, Store, Unlocks};

/// Who asks, and the book as of now. Whoever waited for something asks again.
pub(crate) struct Actor {
    pub(crate) person: PersonId,
    pub(crate) proved: Proved,
    pub(crate) book: Arc<Book>,
}

/// The person behind the unlock.
///
/// # Errors
/// [`Error::Locked`] once it was locked, and as soon as the person was disabled or revoked.
pub(crate) async fn now<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Actor, Error> {
    let unlocks = ports.unlocks();
    let known = unlocks.person(unlock).zip(unlocks.proved(unlock));
    let (person, proved) = known.ok_or(Error::Locked)?;
    let book = ports.store().book().await?;
    book.active_person(person).map_err(|_| Error::Locked)?;
    Ok(Actor { person, proved, book })
}

impl Actor {
    /// Policy's agreement to something that only administrators do.
    pub(crate) fn administers(&self, action: Action) -> Result<Permit<Edit>, Denied> {
        let by_passphrase = self.proved == Proved::Passphrase;
        let act = Act { by_passphrase, ..Act::default() };
        may_act(&self.book, self.person, action, &act)
    }

    /// Policy's agreement to all that differs in `after`.
    pub(crate) fn may_change(&self, after: &Book) -> Result<Permit<Edit>, Breach> {
        may_change(&self.book, after, self.person, self.proved == Proved::Passphrase)
    }
}
