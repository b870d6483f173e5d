//! Changes a session entry. Another host, port or credential is a link; a name is not.

use super::{SessionDraft, link};
use crate::actor::{self, Actor};
use crate::audit::{self, What};
use crate::book::Change;
use crate::entry::{SessionEntry, Version};
use crate::error::{Error, StoreError};
use crate::ids::SessionEntryId;
use crate::launch::UnlockId;
use crate::policy::{Act, Action, may_act};
use crate::ports::{Notice, Notices, Ports, Store};

/// Changes the entry, if `version` is still the one that stands.
///
/// # Errors
/// [`Error::Denied`] as for creating; a conflict as [`Error::Store`].
pub async fn change_session<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    (id, version): (SessionEntryId, Version),
    draft: SessionDraft,
) -> Result<(), Error> {
    let Actor { person, book, .. } = actor::now(ports, unlock).await?;
    let before = book.session(id)?;
    if before.version != version {
        return Err(Error::Store(StoreError::Conflict));
    }
    let links = before.kind != draft.kind
        || before.credentials != draft.credentials
        || link::would_vouch(&book, person, before);
    let after = SessionEntry {
        name: draft.name,
        kind: draft.kind,
        credentials: draft.credentials,
        version: version.next(),
        ..before.clone()
    };
    let (permit, what, after) = if links {
        let (permit, after) = link::permit(&book, person, after, false)?;
        (permit, What::SessionLinked, after)
    } else {
        let act = Act { session: Some(before), ..Act::default() };
        (may_act(&book, person, Action::RenameSession, &act)?, What::SessionChanged, after)
    };
    audit::record(ports, audit::event(ports, person, what, after.name.as_str())).await?;
    ports.store().commit(permit, vec![Change::PutSession(after)]).await?;
    ports.notices().tell(Notice::BookChanged);
    Ok(())
}
