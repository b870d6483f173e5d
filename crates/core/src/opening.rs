//! The door of the vault, with all that happens there on record: opening and locking it, proving
//! who one is, and what people open it with.

mod accept_as_found;
mod change_passphrase;
mod lock;
mod new_recovery_kit;
mod open;
mod prove;
mod rekey;
mod remove_device;
mod set_pin;
#[cfg(test)]
mod tests;

pub use accept_as_found::accept_as_found;
pub use change_passphrase::change_passphrase;
pub use lock::{WhyLocked, lock};
pub use new_recovery_kit::new_recovery_kit;
pub use open::open;
pub use prove::prove;
pub use rekey::rekey;
pub use remove_device::remove_device;
pub use set_pin::set_pin;

use crate::actor::Actor;
use crate::asked;
use crate::audit::{self, AuditEvent};
use crate::book::Book;
use crate::error::Error;
use crate::ids::PersonId;
use crate::ports::{Access, AccessError, Ports, Proved};
use crate::{Secret, actor};

/// Puts what happened on record; where that cannot be, the vault is locked again for this person.
pub(crate) async fn on_record_or_locked<P: Ports>(
    ports: &P,
    person: PersonId,
    events: Vec<AuditEvent>,
) -> Result<(), Error> {
    for event in events {
        if let Err(unwritten) = audit::record(ports, event).await {
            ports.access().lock(person).await;
            return Err(unwritten);
        }
    }
    Ok(())
}

/// What the vault is called.
fn name_of(book: &Book) -> String {
    book.root().map(|root| root.name.to_string()).unwrap_or_default()
}

/// That it is this person, by their passphrase and not by their PIN.
async fn proved_by_passphrase<P: Ports>(
    ports: &P,
    unlock: crate::launch::UnlockId,
    passphrase: Secret,
) -> Result<Actor, Error> {
    let asked = actor::now(ports, unlock).await?;
    let on = name_of(&asked.book);
    match ports.access().prove(asked.person, passphrase).await {
        Ok(Proved::Passphrase) => actor::now(ports, unlock).await,
        Ok(Proved::Pin) => {
            Err(asked::not_proved(ports, &asked, &on, AccessError::PassphraseNeeded).await)
        }
        Err(refused) => Err(asked::not_proved(ports, &asked, &on, refused).await),
    }
}
