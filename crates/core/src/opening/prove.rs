//! Proves that it is still this person.

use super::name_of;
use crate::error::Error;
use crate::launch::UnlockId;
use crate::ports::{Access, Ports, Proved};
use crate::{Secret, actor, asked};

/// By what they proved it. A passphrase lifts an unlock that was by PIN.
///
/// # Errors
/// [`Error::Access`] where they did not, on record; [`Error::Locked`].
pub async fn prove<P: Ports>(ports: &P, unlock: UnlockId, proof: Secret) -> Result<Proved, Error> {
    let asked = actor::now(ports, unlock).await?;
    match ports.access().prove(asked.person, proof).await {
        Ok(proved) => Ok(proved),
        Err(refused) => {
            let on = name_of(&asked.book);
            Err(asked::not_proved(ports, &asked, &on, refused).await)
        }
    }
}
