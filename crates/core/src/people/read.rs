//! The people, for administrators: what they come in with, and from which devices.

use std::sync::Arc;

use crate::actor;
use crate::book::Book;
use crate::error::Error;
use crate::launch::UnlockId;
use crate::policy::Action;
use crate::ports::{Access, Device, Keeps, Ports};

/// All that an administrator sees of people.
pub struct People {
    /// The people and groups.
    pub book: Arc<Book>,
    /// What each has to come in with.
    pub keeps: Vec<Keeps>,
    /// The devices from which the vault can be opened.
    pub devices: Vec<Device>,
}

/// Reads it.
///
/// # Errors
/// [`Error::Denied`] to anybody but an administrator; [`Error::Access`].
pub async fn read<P: Ports>(ports: &P, unlock: UnlockId) -> Result<People, Error> {
    let asked = actor::now(ports, unlock).await?;
    drop(asked.administers(Action::ManagePeople)?);
    let keeps = ports.access().keeps().await?;
    let devices = ports.access().devices().await?;
    Ok(People { book: asked.book, keeps, devices })
}
