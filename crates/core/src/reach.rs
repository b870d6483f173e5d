//! How far a credential entry reaches: who can sign in with it, and with which passwords.

use std::collections::BTreeSet;

use crate::actor;
use crate::book::Book;
use crate::entries::{CredentialDraft, TargetDraft, client_of};
use crate::entry::{CredentialEntry, CredentialTarget, ListScope, Organization};
use crate::error::Error;
use crate::ids::{ConnectionId, CredentialEntryId, FolderId, PersonId};
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::Ports;
use crate::rights::{Object, Right};

/// How far an entry reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Who can sign in with it.
    pub people: Vec<PersonId>,
    /// Of which account.
    pub connection: ConnectionId,
    /// Of which organization.
    pub organization: Organization,
    /// With any password of this list; `None` for one password.
    pub list: Option<ListScope>,
}

/// How far the entry reaches as it is.
pub(crate) fn of(book: &Book, entry: &CredentialEntry) -> Reach {
    let list = match &entry.target {
        CredentialTarget::Specific(_) => None,
        CredentialTarget::AlwaysPromptWithList(scope) => Some(scope.clone()),
    };
    Reach {
        people: who_sees(book, Object::Credential(entry.id)),
        connection: entry.connection,
        organization: entry.organization.clone(),
        list,
    }
}

/// How far the lists in a folder reach: entries that ask at launch which password of a list to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// Who can sign in with at least one of them.
    pub people: Vec<PersonId>,
    /// How many there are in the folder and below; one at least.
    pub lists: usize,
}

/// How far the lists in the folder and below reach as they are; `None` where there is none.
pub(crate) fn below(book: &Book, folder: FolderId) -> Option<Below> {
    let is_list = |object: &Object| match object {
        Object::Credential(id) => book.credentials.get(id).is_some_and(asks),
        Object::Folder(_) | Object::Session(_) => false,
    };
    let within = book.within(Object::Folder(folder)).into_iter();
    let lists: Vec<Object> = within.filter(is_list).collect();
    let people: BTreeSet<PersonId> = lists.iter().flat_map(|list| who_sees(book, *list)).collect();
    let found = Below { people: people.into_iter().collect(), lists: lists.len() };
    (found.lists > 0).then_some(found)
}

fn asks(entry: &CredentialEntry) -> bool {
    matches!(entry.target, CredentialTarget::AlwaysPromptWithList(_))
}

fn who_sees(book: &Book, object: Object) -> Vec<PersonId> {
    let sees = |person: &&PersonId| book.rights(**person, object).has(Right::View);
    book.people.keys().filter(sees).copied().collect()
}

/// How far the entry reaches, for whoever sees it or administers the vault.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`].
pub async fn of_credential<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    id: CredentialEntryId,
) -> Result<Reach, Error> {
    let asked = actor::now(ports, unlock).await?;
    let entry = asked.book.credential(id)?;
    if !asked.book.is_administrator(asked.person) {
        let act = Act { credential: Some(entry), ..Act::default() };
        drop(may_act(&asked.book, asked.person, Action::SeeCredential, &act)?);
    }
    Ok(of(&asked.book, entry))
}

/// How far an entry would reach that somebody is about to make in this folder.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] to whoever does not see the folder; [`Error::Invalid`]
/// where it is not mapped to that organization.
pub async fn of_draft<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    folder: FolderId,
    draft: &CredentialDraft,
) -> Result<Reach, Error> {
    let asked = actor::now(ports, unlock).await?;
    asked.book.folder(folder)?;
    let act = Act { folder: Some(folder), ..Act::default() };
    drop(may_act(&asked.book, asked.person, Action::SeeFolder, &act)?);
    let client = client_of(&asked.book, folder, draft)?;
    let list = match &draft.target {
        TargetDraft::Specific(_) => None,
        TargetDraft::AlwaysPromptWithList { category } => {
            Some(ListScope { category: category.clone(), included: Vec::new() })
        }
    };
    Ok(Reach {
        people: who_sees(&asked.book, Object::Folder(folder)),
        connection: client.connection,
        organization: client.organization.clone(),
        list,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Rule;
    use crate::ids::OrganizationId;
    use crate::testing::{
        ACCOUNT, ADA, BOB, DOMAIN_ADMIN, EVE, OTHER, WORK, at_once, named, office,
    };

    #[test]
    fn an_entry_reaches_whoever_sees_it() {
        let scene = office();
        let reaches = || at_once(of_credential(scene.world.as_ref(), scene.unlock, DOMAIN_ADMIN));
        let reach = reaches().expect("ready").expect("she administers");
        assert_eq!((reach.people, reach.list), (vec![BOB, EVE], None));
        scene.asks(EVE);
        assert!(reaches().expect("ready").is_ok());
        scene.edit(|book| book.grants.clear());
        assert!(matches!(reaches(), Some(Err(Error::Denied(_)))));
    }

    #[test]
    fn a_draft_reaches_whoever_sees_its_folder() {
        let scene = office();
        let reaches = |organization: &str| {
            let draft = CredentialDraft {
                name: named("List"),
                connection: ACCOUNT,
                organization: OrganizationId::new(organization),
                target: TargetDraft::AlwaysPromptWithList { category: None },
                allowed_hosts: crate::testing::hosts(&[]),
            };
            let reach = of_draft(scene.world.as_ref(), scene.unlock, WORK, &draft);
            at_once(reach).expect("ready")
        };
        scene.asks(EVE);
        let reach = reaches(crate::testing::CLIENT).expect("she sees it");
        assert_eq!((reach.people, reach.list), (vec![BOB, EVE], Some(ListScope::default())));
        let other = Error::Invalid { field: "organization", rule: Rule::OtherOrganization };
        assert_eq!(reaches(OTHER), Err(other));
        scene.asks(ADA);
        assert!(matches!(reaches(crate::testing::CLIENT), Err(Error::Denied(_))), "no View there");
    }
}
