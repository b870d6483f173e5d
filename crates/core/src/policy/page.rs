//! Showing things in IT Glue itself: for whoever could come across them here anyway.

use super::permit::issue;
use super::{Action, Denied, Facts, Permit};
use crate::book::Book;
use crate::entry::{CredentialTarget, PasswordRecord};
use crate::ids::{ConnectionId, OrganizationId, PasswordId, PersonId};

/// Policy agreed to showing a thing in IT Glue, in the person's own browser.
pub enum Open {}

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub enum Page<'a> {
    /// The account.
    Account(ConnectionId),
    /// An organization.
    Organization(ConnectionId, &'a OrganizationId),
    /// A record of which only the id is known yet: a list may hold it or not.
    Named(ConnectionId, &'a OrganizationId, &'a PasswordId),
    /// A record that IT Glue does not describe: nothing is said of it, not even that it is not
    /// there, but to those whom an entry tells of it by name.
    Undescribed(ConnectionId, &'a OrganizationId, &'a PasswordId),
    /// A record as IT Glue describes it.
    Record(ConnectionId, &'a PasswordRecord),
}

/// May this person have this shown?
///
/// # Errors
/// [`Denied`] with what is missing.
pub fn may_open(book: &Book, person: PersonId, page: Page<'_>) -> Result<Permit<Open>, Denied> {
    issue(person, None, page.action(), &page.facts(book, person))
}

impl Page<'_> {
    fn action(self) -> Action {
        match self {
            Self::Account(_) => Action::OpenAccountPage,
            Self::Organization(..) => Action::OpenOrganizationPage,
            Self::Named(..) | Self::Undescribed(..) | Self::Record(..) => Action::OpenRecordPage,
        }
    }

    fn facts(self, book: &Book, person: PersonId) -> Facts {
        let source = match self {
            Self::Account(connection) => book.has_any_source(person, connection),
            Self::Organization(connection, organization)
            | Self::Named(connection, organization, _)
            | Self::Undescribed(connection, organization, _) => {
                book.has_source(person, connection, organization)
            }
            Self::Record(connection, record) => {
                book.has_source(person, connection, &record.organization)
            }
        };
        let administrator = book.is_administrator(person);
        Facts { source, administrator, named: self.named(book, person), ..Facts::default() }
    }

    /// Whether something that this person sees names it.
    fn named(self, book: &Book, person: PersonId) -> bool {
        match self {
            Self::Account(_) => false,
            Self::Organization(connection, organization) => {
                book.sees_entry_of(person, (connection, organization), |_| true)
                    || book.sees_folder_of(person, connection, organization)
            }
            Self::Named(connection, organization, id) => {
                let may_mean = |target: &CredentialTarget| match target {
                    CredentialTarget::Specific(chosen) => chosen.id == *id,
                    CredentialTarget::AlwaysPromptWithList(_) => true,
                };
                book.sees_entry_of(person, (connection, organization), may_mean)
            }
            Self::Undescribed(connection, organization, id) => {
                let names = |target: &CredentialTarget| match target {
                    CredentialTarget::Specific(chosen) => chosen.id == *id,
                    CredentialTarget::AlwaysPromptWithList(scope) => scope.included.contains(id),
                };
                book.sees_entry_of(person, (connection, organization), names)
            }
            Self::Record(connection, record) => {
                let means = |target: &CredentialTarget| match target {
                    CredentialTarget::Specific(chosen) => chosen.id == record.id,
                    CredentialTarget::AlwaysPromptWithList(scope) => scope.contains(record),
                };
                book.sees_entry_of(person, (connection, &record.organization), means)
            }
        }
    }
}
