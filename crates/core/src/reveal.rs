//! Show password and Copy: policy, the intent on record, one fetch, and the answer.

use crate::actor::{self, Actor};
use crate::asked::{Answered, Answers};
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::entry::{CredentialEntry, CredentialTarget};
use crate::error::{Error, Rule, SourceError, StoreError};
use crate::ids::{CredentialEntryId, PasswordId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Action, Permit, Reveal, may_reveal};
use crate::ports::{FetchedPassword, Ports, RecordAddress, Source};

/// What the person wants with the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read it.
    Show,
    /// To paste it.
    Copy,
}

/// The password of an entry that means one specific password.
///
/// # Errors
/// [`Error::Denied`] (also where proof or ticket is still missing), [`Error::Access`] where the proof
/// is none, [`Error::Invalid`] for a list, [`Error::AuditUnavailable`], [`Error::Source`]. Nothing was
/// released.
pub async fn reveal<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    credential: CredentialEntryId,
    purpose: Purpose,
    answers: Answers,
) -> Result<FetchedPassword, Error> {
    let asked = actor::now(ports, unlock).await?;
    let on = asked.book.credential(credential)?.name.to_string();
    let answered = answers.look(ports, &asked, &on).await?;
    // Looking at the proof took its time.
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let entry = book.credential(credential)?;
    let record = specific(entry)?;
    let (action, what) = match purpose {
        Purpose::Show => (Action::ShowPassword, What::PasswordShown),
        Purpose::Copy => (Action::CopyPassword, What::PasswordCopied),
    };
    let event = audit::event(ports, person, what, entry.name.as_str());
    let about = About::credential(entry).with_record(&record);
    let event = AuditEvent { about: about.for_ticket(answered.ticket.clone()), ..event };
    let permit = match may_reveal(&book, person, entry, action, answered.given()) {
        Ok(permit) => permit,
        Err(denied) => {
            let error = Error::Denied(denied);
            return Err(audit::not_done(ports, event, Outcome::Denied, error).await);
        }
    };
    let key = book.key_in_use(book.connection(entry.connection)?, person);
    let organization = entry.organization.id.clone();
    let address = RecordAddress { key, organization, password: record };
    let fetched = match fetch(ports, permit, event.clone(), &address, entry).await {
        Ok(fetched) => still(ports, unlock, (entry, action), &answered).await.map(|()| fetched),
        refused => refused,
    };
    let outcome = outcome(&fetched);
    let about = match &fetched {
        Ok(fetched) => event.about.clone().with(&fetched.record),
        Err(_) => event.about.clone(),
    };
    audit::record(ports, AuditEvent { outcome, about, ..event }).await?;
    fetched
}

fn outcome<T>(fetched: &Result<T, Error>) -> Outcome {
    match fetched {
        Ok(_) => Outcome::Done,
        Err(Error::Denied(_)) => Outcome::Denied,
        Err(_) => Outcome::Failed,
    }
}

/// IT Glue took its time: what was agreed to is still so, or the password is wiped.
async fn still<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (entry, action): (&CredentialEntry, Action),
    answered: &Answered,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let now = book.credential(entry.id)?;
    if now.version != entry.version {
        return Err(Error::Store(StoreError::Conflict));
    }
    drop(may_reveal(&book, person, now, action, answered.given())?);
    Ok(())
}

fn specific(entry: &CredentialEntry) -> Result<PasswordId, Error> {
    match &entry.target {
        CredentialTarget::Specific(chosen) => Ok(chosen.id.clone()),
        CredentialTarget::AlwaysPromptWithList(_) => {
            Err(Error::Invalid { field: "target", rule: Rule::ChoiceMissing })
        }
    }
}

async fn fetch<P: Ports>(
    ports: &P,
    permit: Permit<Reveal>,
    event: AuditEvent,
    address: &RecordAddress,
    entry: &CredentialEntry,
) -> Result<FetchedPassword, Error> {
    let audited = audit::intend(ports, permit, event).await?;
    let fetched = ports.source().password(audited, address).await;
    crate::accounts::learn_from_password(ports, address.key, &fetched).await;
    let fetched = fetched?;
    crate::launch::check_scope(entry, &fetched.record)?;
    if fetched.record.id != address.password {
        return Err(Error::Source(SourceError::ForeignAnswer));
    }
    Ok(fetched)
}

/// Whether the person could show or copy, leaving proof and ticket aside: for the window.
///
/// # Errors
/// [`crate::policy::Denied`] with what is missing.
pub fn could_reveal(
    book: &crate::book::Book,
    person: PersonId,
    entry: &CredentialEntry,
    purpose: Purpose,
) -> Result<(), crate::policy::Denied> {
    let action = match purpose {
        Purpose::Show => Action::ShowPassword,
        Purpose::Copy => Action::CopyPassword,
    };
    crate::policy::could_reveal(book, person, entry, action)
}
