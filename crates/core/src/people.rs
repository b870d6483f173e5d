//! People and groups: who comes in, who administers, and what is to be done when somebody leaves.

mod add;
mod change;
mod could_use;
mod invite;
mod offboard;
mod read;
mod remove_group;
mod rotation;
mod save_group;
#[cfg(test)]
mod tests;

pub use add::{NewPerson, add};
pub use change::{PersonDraft, change};
pub use invite::invite;
pub use offboard::offboard;
pub use read::{People, read};
pub use remove_group::remove_group;
pub use rotation::{Rotated, Rotation, WhyRotate};
pub use save_group::{GroupDraft, save_group};

use crate::book::Book;
use crate::error::{Error, Missing};
use crate::ids::PersonId;
use crate::rights::{Person, Standing};

/// A person who is there, coming in or not; whoever was revoked is there for the log alone.
fn known(book: &Book, id: PersonId) -> Result<&Person, Error> {
    let known = book.people.get(&id).filter(|row| row.standing != Standing::Revoked);
    known.ok_or(Error::NotFound(Missing::Person))
}

/// That somebody still administers the vault once this person is as they are to be.
fn somebody_administers(book: &Book, becomes: &Person) -> Result<(), Error> {
    let administers = |row: &Person| row.is_active() && row.administrator;
    let mut others = book.people.values().filter(|row| row.id != becomes.id);
    if administers(becomes) || others.any(administers) {
        return Ok(());
    }
    Err(Error::LastAdministrator)
}
