//! Duplicates an entry: a new one like it, with the rights that making it by hand would take.

use super::edit::{self, Edit};
use super::{Undoable, link, point};
use crate::actor::{self, Actor};
use crate::audit::{About, What};
use crate::book::{Book, Change};
use crate::entry::{ApprovalPolicy, CredentialEntry, Inheritance, Name, SessionEntry, Version};
use crate::error::{Error, Rule};
use crate::ids::{CredentialEntryId, FolderId, SessionEntryId};
use crate::launch::UnlockId;
use crate::policy::{self, Act, Action, Permit, may_act};
use crate::ports::Ports;
use crate::rights::Object;

/// Duplicates the entry, beside it or in another folder; answers with the new one. It inherits its
/// rights from the folder it lies in, and asks for no less than the first one.
///
/// # Errors
/// [`Error::Denied`] to whoever does not see it, or may not make such an entry there;
/// [`Error::Invalid`] for a folder, and in another client's folder.
pub async fn duplicate<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    object: Object,
    to: Option<FolderId>,
) -> Result<(Object, Undoable), Error> {
    let asked = actor::now(ports, unlock).await?;
    match object {
        Object::Folder(_) => Err(Error::Invalid { field: "entry", rule: Rule::NotApplicable }),
        Object::Session(id) => {
            let fresh = SessionEntryId::fresh(ports.clock(), ports.random());
            let (permit, edit) = session(&asked, asked.book.session(id)?, fresh, to)?;
            Ok((Object::Session(fresh), edit::commit(ports, &asked, permit, edit).await?))
        }
        Object::Credential(id) => {
            let fresh = CredentialEntryId::fresh(ports.clock(), ports.random());
            let (permit, edit) = credential(&asked, asked.book.credential(id)?, fresh, to)?;
            Ok((Object::Credential(fresh), edit::commit(ports, &asked, permit, edit).await?))
        }
    }
}

fn session(
    asked: &Actor,
    first: &SessionEntry,
    id: SessionEntryId,
    to: Option<FolderId>,
) -> Result<(Permit<policy::Edit>, Edit), Error> {
    let (book, person) = (&asked.book, asked.person);
    let act = Act { session: Some(first), ..Act::default() };
    drop(may_act(book, person, Action::SeeSession, &act)?);
    let folder = to.unwrap_or(first.folder);
    book.folder(folder)?;
    let second = SessionEntry {
        id,
        folder,
        name: free_name(book, folder, &first.name),
        kind: first.kind.clone(),
        credentials: first.credentials,
        vouched: None,
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
    };
    let (permit, second) = link::permit(book, person, second, true)?;
    let used = book.credential_of(&second).map(|resolved| resolved.credential);
    let edit = Edit {
        what: What::Duplicated,
        name: second.name.clone(),
        about: About::session(&second, used),
        details: vec![("of", first.name.to_string())],
        changes: vec![Change::PutSession(second)],
    };
    Ok((permit, edit))
}

fn credential(
    asked: &Actor,
    first: &CredentialEntry,
    id: CredentialEntryId,
    to: Option<FolderId>,
) -> Result<(Permit<policy::Edit>, Edit), Error> {
    let (book, person) = (&asked.book, asked.person);
    let act = Act { credential: Some(first), ..Act::default() };
    drop(may_act(book, person, Action::SeeCredential, &act)?);
    let folder = to.unwrap_or(first.folder);
    book.folder(folder)?;
    let source = Some((first.connection, &first.organization.id));
    let act = Act { folder: Some(folder), source, ..Act::default() };
    let permit = may_act(book, person, Action::CreateCredential, &act)?;
    point::check_client(book, folder, (first.connection, &first.organization.id))?;
    let second = CredentialEntry {
        id,
        folder,
        name: free_name(book, folder, &first.name),
        approval: book.approval_of(first, None).and(ApprovalPolicy::default()),
        inheritance: Inheritance::Inherits,
        version: Version::FIRST,
        ..first.clone()
    };
    let edit = Edit {
        what: What::Duplicated,
        name: second.name.clone(),
        about: About::credential(&second),
        details: vec![("of", first.name.to_string())],
        changes: vec![Change::PutCredential(second)],
    };
    Ok((permit, edit))
}

/// The name with the first number behind it that nothing in the folder has: "Server (2)".
fn free_name(book: &Book, folder: FolderId, name: &Name) -> Name {
    let taken = |wanted: &Name| {
        book.sessions.values().any(|s| s.folder == folder && s.name == *wanted)
            || book.credentials.values().any(|c| c.folder == folder && c.name == *wanted)
    };
    // A name is cut where the number would make it too long.
    let stem: String = name.as_str().chars().take(185).collect();
    let mut numbered = (2_u32..).filter_map(|number| format!("{stem} ({number})").parse().ok());
    numbered.find(|wanted| !taken(wanted)).unwrap_or_else(|| name.clone())
}
