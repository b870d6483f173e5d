//! Pointing at IT Glue: names for the ids a person chose, as IT Glue has them now.

use super::{CredentialDraft, TargetDraft};
use crate::accounts::learn_from;
use crate::actor::Actor;
use crate::book::Book;
use crate::entry::{ChosenPassword, Client, CredentialTarget, ListScope, Organization};
use crate::error::{Error, Missing, Rule, SourceError};
use crate::ids::{ConnectionId, FolderId, OrganizationId, PersonId};
use crate::ports::{Ports, RecordAddress, Source};

/// A folder's client, by the ids that a person chose.
pub(super) async fn client<P: Ports>(
    ports: &P,
    asked: &Actor,
    chosen: Option<&(ConnectionId, OrganizationId)>,
) -> Result<Option<Client>, Error> {
    let Some((connection, id)) = chosen else { return Ok(None) };
    let found = organization(ports, (&asked.book, asked.person), *connection, id).await?;
    Ok(Some(Client { connection: *connection, organization: found }))
}

/// The organization, by its id: from the book where a folder is mapped to it, else from IT Glue.
async fn organization<P: Ports>(
    ports: &P,
    (book, person): (&Book, PersonId),
    connection: ConnectionId,
    id: &OrganizationId,
) -> Result<Organization, Error> {
    let mapped = book.folders.values().filter_map(|f| f.client.as_ref());
    let mut known = mapped.filter(|c| c.connection == connection && c.organization.id == *id);
    if let Some(client) = known.next() {
        return Ok(client.organization.clone());
    }
    let key = book.key_in_use(book.connection(connection)?, person);
    let answer = ports.source().organizations(key).await;
    learn_from(ports, key, &answer).await;
    let found = answer?.into_iter().find(|o| o.id == *id);
    found.ok_or(Error::NotFound(Missing::Organization))
}

/// What an entry in this folder can name: the folder's client, and nothing else.
pub(crate) fn client_of<'a>(
    book: &'a Book,
    folder: FolderId,
    draft: &CredentialDraft,
) -> Result<&'a Client, Error> {
    check_client(book, folder, (draft.connection, &draft.organization))
}

/// That this folder's client is this account's organization.
pub(super) fn check_client<'a>(
    book: &'a Book,
    folder: FolderId,
    (connection, organization): (ConnectionId, &OrganizationId),
) -> Result<&'a Client, Error> {
    let unmapped = Error::Invalid { field: "folder", rule: Rule::NotMapped };
    let client = book.client(folder).ok_or(unmapped)?;
    if client.connection != connection || client.organization.id != *organization {
        return Err(Error::Invalid { field: "organization", rule: Rule::OtherOrganization });
    }
    Ok(client)
}

/// The target with the record's name, checked to be one that can be used.
pub(super) async fn target<P: Ports>(
    ports: &P,
    (book, person): (&Book, PersonId),
    draft: &CredentialDraft,
) -> Result<CredentialTarget, Error> {
    let id = match &draft.target {
        TargetDraft::AlwaysPromptWithList { category } => {
            let scope = ListScope { category: category.clone(), included: Vec::new() };
            return Ok(CredentialTarget::AlwaysPromptWithList(scope));
        }
        TargetDraft::Specific(id) => id,
    };
    let address = RecordAddress {
        key: book.key_in_use(book.connection(draft.connection)?, person),
        organization: draft.organization.clone(),
        password: id.clone(),
    };
    let answer = ports.source().record(&address).await;
    learn_from(ports, address.key, &answer).await;
    let record = answer?;
    if record.marks.archived {
        return Err(Error::Source(SourceError::Archived));
    }
    if record.marks.vaulted {
        return Err(Error::Source(SourceError::Vaulted));
    }
    let chosen = ChosenPassword { id: record.id, name: record.name, username: record.username };
    Ok(CredentialTarget::Specific(chosen))
}
