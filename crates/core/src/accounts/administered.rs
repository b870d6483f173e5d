//! Who administers accounts asks, and the book by which they may: read again after each long wait.

use std::sync::Arc;

use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, Edit, Permit, may_act};
use crate::ports::{Ports, Store};

/// An administrator, what they administer, and policy's agreement, as of now. IT Glue and the keyring
/// take their time: whoever waited for them asks again before anything is changed.
pub(super) struct Administered {
    pub(super) person: PersonId,
    pub(super) book: Arc<Book>,
    pub(super) permit: Permit<Edit>,
}

/// Whether it is an administrator who asks, and the vault is still unlocked.
pub(super) async fn now<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Administered, Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let permit = may_act(&book, person, Action::Administer, &Act::default())?;
    Ok(Administered { person, book, permit })
}
