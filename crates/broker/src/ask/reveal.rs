//! Show password and Copy: the two answers that carry a password.

use usher_core::Answers;
use usher_core::ids::CredentialEntryId;
use usher_core::ports::{Ports, Store};
use usher_core::reveal::{self, Purpose};

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::protocol::{At, Failure, Reply, RevealForm, Revealed, SecretText, TicketForm};

/// How long a password may stand on screen, in seconds.
const SHOWN: u32 = 15;
/// How long a password may stand in the clipboard, in seconds.
const COPIED: u32 = 30;

/// What a person answers to what is asked of them besides rights.
pub(super) fn answers(
    proof: Option<SecretText>,
    ticket: Option<&TicketForm>,
) -> Result<Answers, Failure> {
    let ticket = ticket.map(forms::ticket).transpose()?;
    Ok(Answers { proof: proof.map(SecretText::into_secret), ticket })
}

pub(super) async fn show<P: Ports>(desk: &Desktop<P>, form: RevealForm) -> Answer {
    answer(desk, form, (Purpose::Show, SHOWN)).await
}

pub(super) async fn copy<P: Ports>(desk: &Desktop<P>, form: RevealForm) -> Answer {
    answer(desk, form, (Purpose::Copy, COPIED)).await
}

async fn answer<P: Ports>(
    desk: &Desktop<P>,
    RevealForm { credential, proof, ticket }: RevealForm,
    (purpose, seconds): (Purpose, u32),
) -> Answer {
    let answers = answers(proof, ticket.as_ref())?;
    let id: CredentialEntryId = forms::id("credential", &credential)?;
    match reveal::reveal(desk.ports.as_ref(), desk.unlock, id, purpose, answers).await {
        Ok(fetched) => Ok(Reply::Revealed {
            revealed: Revealed {
                record: fetched.record.name,
                username: fetched.record.username,
                password: SecretText::of(&fetched.secret),
                changed: fetched.record.changed.map(|m| At(m.unix_millis())),
                seconds,
            },
        }),
        Err(error) => {
            let book = desk.ports.store().book().await.ok();
            let account = book.and_then(|b| b.credentials.get(&id).map(|c| c.connection));
            Err(explain(desk, &error, account).await)
        }
    }
}
