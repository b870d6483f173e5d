//! Changes a session entry. Another host, port or credential is a link; a name is not.

use super::edit::{self, Edit};
use super::{SessionDraft, Undoable, fields, link};
use crate::actor;
use crate::audit::{About, What};
use crate::book::Change;
use crate::entry::{SessionEntry, Version};
use crate::error::{Error, StoreError};
use crate::ids::SessionEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::Ports;

/// Changes the entry, if `version` is still the one that stands.
///
/// # Errors
/// [`Error::Denied`] as for creating; a conflict as [`Error::Store`].
pub async fn change_session<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (id, version): (SessionEntryId, Version),
    draft: SessionDraft,
) -> Result<Undoable, Error> {
    let asked = actor::now(ports, unlock).await?;
    let (book, person) = (&asked.book, asked.person);
    let before = book.session(id)?;
    let links = !before.kind.leads_where(&draft.kind)
        || before.credentials != draft.credentials
        || link::would_vouch(book, person, before);
    let after = SessionEntry {
        name: draft.name,
        kind: draft.kind,
        credentials: draft.credentials,
        version: version.next(),
        ..before.clone()
    };
    let (permit, what, after) = if links {
        let (permit, after) = link::permit(book, person, after, false)?;
        (permit, What::SessionLinked, after)
    } else {
        let act = Act { session: Some(before), ..Act::default() };
        (may_act(book, person, Action::RenameSession, &act)?, What::SessionChanged, after)
    };
    if before.version != version {
        return Err(Error::Store(StoreError::Conflict));
    }
    let credential = book.credential_of(&after).map(|resolved| resolved.credential);
    let edit = Edit {
        what,
        name: after.name.clone(),
        about: About::session(&after, credential),
        details: edit::fields(&fields::of_session(before, &after)),
        changes: vec![Change::PutSession(after)],
    };
    edit::commit(ports, &asked, permit, edit).await
}
