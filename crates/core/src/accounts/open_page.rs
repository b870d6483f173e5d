//! *Open in IT Glue*: where a browser shows an account, an organization or a record.

use super::learn::learn_from;
use crate::actor::{self, Actor};
use crate::audit::{self, About, AuditEvent, Outcome, What};
use crate::book::Book;
use crate::entry::{Connection, PasswordRecord};
use crate::error::{Error, Missing, SourceError};
use crate::ids::{ConnectionId, OrganizationId, PasswordId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Open, Page, Permit, may_open};
use crate::ports::{Ports, RecordAddress, Source, WebPage};

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageOf {
    /// The account.
    Account(ConnectionId),
    /// One of its organizations.
    Organization(ConnectionId, OrganizationId),
    /// A record of an organization.
    Record(ConnectionId, OrganizationId, PasswordId),
}

/// The page's address: https, on the web hosts of the account's region. For a record IT Glue is
/// asked what it is, without its password: whether a list holds it, and where its page is.
///
/// # Errors
/// [`Error::Denied`], on record, to whoever sees nothing here that names it, for a record also where
/// it is not there; [`Error::Source`] where the record is gone or IT Glue does not answer.
pub async fn open_page<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    of: &PageOf,
) -> Result<String, Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let (PageOf::Account(account) | PageOf::Organization(account, _) | PageOf::Record(account, ..)) =
        of;
    let row = book.connection(*account)?;
    match address(ports, (&book, person), row, of).await {
        Err(error @ Error::Denied(_)) => {
            let asked = asked(ports, person, row, of);
            Err(audit::not_done(ports, asked, Outcome::Denied, error).await)
        }
        opened => opened,
    }
}

fn asked<P: Ports>(ports: &P, person: PersonId, row: &Connection, of: &PageOf) -> AuditEvent {
    let (what, details) = match of {
        PageOf::Account(_) => (What::AccountPageOpened, Vec::new()),
        PageOf::Organization(_, id) => {
            (What::AccountPageOpened, vec![("organization_id", id.to_string())])
        }
        PageOf::Record(.., id) => (What::RecordPageOpened, vec![("record", id.to_string())]),
    };
    let about = About { connection: Some(row.id), ..About::default() };
    let event = audit::event(ports, person, what, row.name.as_str());
    AuditEvent { about, details, ..event }
}

async fn address<P: Ports>(
    ports: &P,
    (book, person): (&Book, PersonId),
    row: &Connection,
    of: &PageOf,
) -> Result<String, Error> {
    let show = |permit, page| ports.source().web_page(permit, row.region, page);
    match of {
        PageOf::Account(_) => {
            let permit = may_open(book, person, Page::Account(row.id))?;
            show(permit, WebPage::Account).ok_or(Error::NotFound(Missing::Connection))
        }
        PageOf::Organization(_, id) => {
            let permit = may_open(book, person, Page::Organization(row.id, id))?;
            show(permit, WebPage::Organization(id)).ok_or(Error::NotFound(Missing::Organization))
        }
        PageOf::Record(_, organization, id) => {
            let (permit, record) = record(ports, (book, person), row, (organization, id)).await?;
            show(permit, WebPage::Record(&record)).ok_or(Error::NotFound(Missing::PasswordRecord))
        }
    }
}

/// The record, if it may be shown. Somebody whom no entry tells of it by name, and who has no
/// Source, reads the same whether IT Glue has it outside their list or does not have it.
async fn record<P: Ports>(
    ports: &P,
    (book, person): (&Book, PersonId),
    row: &Connection,
    (organization, id): (&OrganizationId, &PasswordId),
) -> Result<(Permit<Open>, PasswordRecord), Error> {
    drop(may_open(book, person, Page::Named(row.id, organization, id))?);
    let key = book.key_in_use(row, person);
    let address = RecordAddress { key, organization: organization.clone(), password: id.clone() };
    let answer = ports.source().record(&address).await;
    learn_from(ports, key, &answer).await;
    match answer {
        Ok(record) => {
            let permit = may_open(book, person, Page::Record(row.id, &record))?;
            Ok((permit, record))
        }
        Err(error) => {
            if tells_of_the_record(&error) {
                drop(may_open(book, person, Page::Undescribed(row.id, organization, id))?);
            }
            Err(Error::Source(error))
        }
    }
}

/// Whether another record would have had another answer.
fn tells_of_the_record(error: &SourceError) -> bool {
    match error {
        SourceError::NotFound
        | SourceError::NotAllowed
        | SourceError::NoPasswordAccess
        | SourceError::Archived
        | SourceError::Vaulted
        | SourceError::Empty
        | SourceError::Malformed { .. }
        | SourceError::ForeignAnswer => true,
        SourceError::Server { status } => *status < 500,
        SourceError::KeyRefused
        | SourceError::NotAKey
        | SourceError::RateLimited { .. }
        | SourceError::CertificateNotTrusted
        | SourceError::Unreachable
        | SourceError::TimedOut
        | SourceError::CutShort
        | SourceError::Keyring(_) => false,
    }
}
