//! Who administers accounts asks, and the book by which they may: read again after each long wait.

use std::sync::Arc;

use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::{Action, Edit, Permit};
use crate::ports::Ports;

/// An administrator, what they administer, and policy's agreement, as of now. IT Glue and the keyring
/// take their time: whoever waited for them asks again before anything is changed.
pub(super) struct Administered {
    pub(super) person: PersonId,
    pub(super) book: Arc<Book>,
    pub(super) permit: Permit<Edit>,
}

/// Whether it is an administrator who asks, and the vault is still unlocked.
pub(super) async fn now<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Administered, Error> {
    let actor = actor::now(ports, unlock).await?;
    let permit = actor.administers(Action::Administer)?;
    Ok(Administered { person: actor.person, book: actor.book, permit })
}
