//! Who has Source on what, for administrators.

use std::sync::Arc;

use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::Ports;

/// The book, whose `sources` these are.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator.
pub async fn sources<P: Ports>(ports: &P, unlock: UnlockId) -> Result<Arc<Book>, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(Action::GrantSource)?);
    Ok(asked.book)
}
