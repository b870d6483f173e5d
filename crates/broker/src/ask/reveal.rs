//! Show password and Copy: the two answers that carry a password.

use usher_core::Answers;
use usher_core::entry::Ticket;
use usher_core::ids::CredentialEntryId;
use usher_core::ports::{FetchedPassword, Ports, Store};
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
    let ticket = answers.ticket.clone();
    let id: CredentialEntryId = forms::id("credential", &credential)?;
    match reveal::reveal(desk.ports.as_ref(), desk.unlock, id, purpose, answers).await {
        Ok(fetched) => {
            remember(desk, id, ticket.as_ref()).await;
            Ok(Reply::Revealed { revealed: revealed(fetched, seconds) })
        }
        Err(error) => {
            let book = desk.ports.store().book().await.ok();
            let account = book.and_then(|b| b.credentials.get(&id).map(|c| c.connection));
            Err(explain(desk, &error, account).await)
        }
    }
}

/// Offers the ticket again the next time that one is asked for in the folder.
async fn remember<P: Ports>(desk: &Desktop<P>, id: CredentialEntryId, ticket: Option<&Ticket>) {
    let Ok(book) = desk.ports.store().book().await else { return };
    if let Some((ticket, entry)) = ticket.zip(book.credentials.get(&id)) {
        desk.shared.tickets.keep(desk.unlock, entry.folder, &ticket.number);
    }
}

fn revealed(fetched: FetchedPassword, seconds: u32) -> Revealed {
    Revealed {
        record: fetched.record.name,
        username: fetched.record.username,
        password: SecretText::of(&fetched.secret),
        changed: fetched.record.changed.map(|m| At(m.unix_millis())),
        seconds,
    }
}
