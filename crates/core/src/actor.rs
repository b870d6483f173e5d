//! Who asks: the person behind an unlock, never a name in a message.

use crate::error::Error;
use crate::ids::PersonId;
use crate::launch::UnlockId;
use crate::ports::{Ports, Unlocks};

/// The person behind the unlock.
///
/// # Errors
/// [`Error::Locked`] once it was locked.
pub(crate) fn of<P: Ports>(ports: &P, unlock: UnlockId) -> Result<PersonId, Error> {
    ports.unlocks().person(unlock).ok_or(Error::Locked)
}
