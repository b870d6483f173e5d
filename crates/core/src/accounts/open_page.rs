//! *Open in IT Glue*: where a browser shows an account, an organization or a record.

use super::learn::learn_from;
use crate::actor;
use crate::error::{Error, Missing};
use crate::ids::{ConnectionId, OrganizationId, PasswordId};
use crate::launch::UnlockId;
use crate::policy::{Page, may_open};
use crate::ports::{Ports, RecordAddress, Source, Store, WebPage};

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
/// [`Error::Denied`] to whoever sees nothing here that names it; [`Error::Source`] where the record
/// is gone or IT Glue does not answer.
pub async fn open_page<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    of: &PageOf,
) -> Result<String, Error> {
    let person = actor::of(ports, unlock)?;
    let book = ports.store().book().await?;
    let (PageOf::Account(account) | PageOf::Organization(account, _) | PageOf::Record(account, ..)) =
        of;
    let row = book.connection(*account)?;
    let show = |permit, page| ports.source().web_page(permit, row.region, page);
    match of {
        PageOf::Account(_) => {
            let permit = may_open(&book, person, Page::Account(row.id))?;
            show(permit, WebPage::Account).ok_or(Error::NotFound(Missing::Connection))
        }
        PageOf::Organization(_, id) => {
            let permit = may_open(&book, person, Page::Organization(row.id, id))?;
            show(permit, WebPage::Organization(id)).ok_or(Error::NotFound(Missing::Organization))
        }
        PageOf::Record(_, organization, id) => {
            drop(may_open(&book, person, Page::Named(row.id, organization, id))?);
            let (organization, password) = (organization.clone(), id.clone());
            let key = book.key_in_use(row, person);
            let answer =
                ports.source().record(&RecordAddress { key, organization, password }).await;
            learn_from(ports, key.key, &answer).await;
            let record = answer?;
            let permit = may_open(&book, person, Page::Record(row.id, &record))?;
            show(permit, WebPage::Record(&record)).ok_or(Error::NotFound(Missing::PasswordRecord))
        }
    }
}
