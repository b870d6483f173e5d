//! Folders, credential entries and session entries.

use usher_core::entries::{self, Undoable};
use usher_core::error::Error;
use usher_core::ids::ConnectionId;
use usher_core::ports::Ports;

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::protocol::{CredentialForm, FolderForm, Reply, SessionForm};

/// What was done, kept to be taken back.
pub(super) async fn undoable<P: Ports>(
    desk: &Desktop<P>,
    edit: Result<Undoable, Error>,
    account: Option<ConnectionId>,
) -> Answer {
    match edit {
        Ok(edit) => {
            desk.shared.undos.keep(desk.unlock, edit);
            Ok(Reply::Done)
        }
        Err(error) => Err(explain(desk, &error, account).await),
    }
}

/// What was made, kept to be taken back.
async fn made<P: Ports, I: ToString>(
    desk: &Desktop<P>,
    made: Result<(I, Undoable), Error>,
    account: Option<ConnectionId>,
) -> Answer {
    match made {
        Ok((id, edit)) => {
            desk.shared.undos.keep(desk.unlock, edit);
            Ok(Reply::Created { id: id.to_string() })
        }
        Err(error) => Err(explain(desk, &error, account).await),
    }
}

pub(super) async fn create_folder<P: Ports>(
    desk: &Desktop<P>,
    parent: &str,
    form: FolderForm,
) -> Answer {
    let parent = forms::id("folder", parent)?;
    let draft = forms::folder(&form)?;
    let folder = entries::create_folder(desk.ports.as_ref(), desk.unlock, parent, draft).await;
    made(desk, folder, None).await
}

pub(super) async fn change_folder<P: Ports>(
    desk: &Desktop<P>,
    folder: &str,
    version: u32,
    form: FolderForm,
) -> Answer {
    let edited = (forms::id("folder", folder)?, forms::version(version));
    let draft = forms::folder(&form)?;
    let changed = entries::change_folder(desk.ports.as_ref(), desk.unlock, edited, draft).await;
    undoable(desk, changed, None).await
}

pub(super) async fn delete_folder<P: Ports>(desk: &Desktop<P>, folder: &str) -> Answer {
    let id = forms::id("folder", folder)?;
    let deleted = entries::delete_folder(desk.ports.as_ref(), desk.unlock, id).await;
    undoable(desk, deleted, None).await
}

pub(super) async fn create_credential<P: Ports>(
    desk: &Desktop<P>,
    folder: &str,
    form: CredentialForm,
) -> Answer {
    let folder = forms::id("folder", folder)?;
    let draft = forms::credential(&form)?;
    let account = draft.connection;
    let entry = entries::create_credential(desk.ports.as_ref(), desk.unlock, folder, draft).await;
    made(desk, entry, Some(account)).await
}

pub(super) async fn change_credential<P: Ports>(
    desk: &Desktop<P>,
    credential: &str,
    version: u32,
    form: CredentialForm,
) -> Answer {
    let edited = (forms::id("credential", credential)?, forms::version(version));
    let draft = forms::credential(&form)?;
    let account = draft.connection;
    let changed = entries::change_credential(desk.ports.as_ref(), desk.unlock, edited, draft).await;
    undoable(desk, changed, Some(account)).await
}

pub(super) async fn delete_credential<P: Ports>(desk: &Desktop<P>, credential: &str) -> Answer {
    let id = forms::id("credential", credential)?;
    let deleted = entries::delete_credential(desk.ports.as_ref(), desk.unlock, id).await;
    undoable(desk, deleted, None).await
}

pub(super) async fn create_session<P: Ports>(
    desk: &Desktop<P>,
    folder: &str,
    form: SessionForm,
) -> Answer {
    let folder = forms::id("folder", folder)?;
    let draft = forms::session(&form)?;
    let session = entries::create_session(desk.ports.as_ref(), desk.unlock, folder, draft).await;
    made(desk, session, None).await
}

pub(super) async fn change_session<P: Ports>(
    desk: &Desktop<P>,
    session: &str,
    version: u32,
    form: SessionForm,
) -> Answer {
    let edited = (forms::id("session", session)?, forms::version(version));
    let draft = forms::session(&form)?;
    let changed = entries::change_session(desk.ports.as_ref(), desk.unlock, edited, draft).await;
    undoable(desk, changed, None).await
}

pub(super) async fn delete_session<P: Ports>(desk: &Desktop<P>, session: &str) -> Answer {
    let id = forms::id("session", session)?;
    let deleted = entries::delete_session(desk.ports.as_ref(), desk.unlock, id).await;
    undoable(desk, deleted, None).await
}
