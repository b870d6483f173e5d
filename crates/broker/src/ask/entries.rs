//! Folders, credential entries and session entries.

use usher_core::entries;
use usher_core::error::Error;
use usher_core::ports::Ports;

use super::{Answer, explain, forms};
use crate::broker::Desktop;
use crate::protocol::{CredentialForm, FolderForm, Reply, SessionForm};

async fn done<P: Ports>(desk: &Desktop<P>, result: Result<(), Error>) -> Answer {
    match result {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

async fn created<P: Ports, I: ToString>(desk: &Desktop<P>, result: Result<I, Error>) -> Answer {
    match result {
        Ok(id) => Ok(Reply::Created { id: id.to_string() }),
        Err(error) => Err(explain(desk, &error, None).await),
    }
}

pub(super) async fn create_folder<P: Ports>(
    desk: &Desktop<P>,
    parent: &str,
    form: FolderForm,
) -> Answer {
    let parent = forms::id("folder", parent)?;
    let draft = forms::folder(&form)?;
    let made = entries::create_folder(desk.ports.as_ref(), desk.unlock, parent, draft).await;
    created(desk, made).await
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
    done(desk, changed).await
}

pub(super) async fn delete_folder<P: Ports>(desk: &Desktop<P>, folder: &str) -> Answer {
    let id = forms::id("folder", folder)?;
    let deleted = entries::delete_folder(desk.ports.as_ref(), desk.unlock, id).await;
    done(desk, deleted).await
}

pub(super) async fn create_credential<P: Ports>(
    desk: &Desktop<P>,
    folder: &str,
    form: CredentialForm,
) -> Answer {
    let folder = forms::id("folder", folder)?;
    let draft = forms::credential(&form)?;
    let account = draft.connection;
    let made = entries::create_credential(desk.ports.as_ref(), desk.unlock, folder, draft).await;
    match made {
        Ok(id) => Ok(Reply::Created { id: id.to_string() }),
        Err(error) => Err(explain(desk, &error, Some(account)).await),
    }
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
    match entries::change_credential(desk.ports.as_ref(), desk.unlock, edited, draft).await {
        Ok(()) => Ok(Reply::Done),
        Err(error) => Err(explain(desk, &error, Some(account)).await),
    }
}

pub(super) async fn delete_credential<P: Ports>(desk: &Desktop<P>, credential: &str) -> Answer {
    let id = forms::id("credential", credential)?;
    let deleted = entries::delete_credential(desk.ports.as_ref(), desk.unlock, id).await;
    done(desk, deleted).await
}

pub(super) async fn create_session<P: Ports>(
    desk: &Desktop<P>,
    folder: &str,
    form: SessionForm,
) -> Answer {
    let folder = forms::id("folder", folder)?;
    let draft = forms::session(&form)?;
    let made = entries::create_session(desk.ports.as_ref(), desk.unlock, folder, draft).await;
    created(desk, made).await
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
    done(desk, changed).await
}

pub(super) async fn delete_session<P: Ports>(desk: &Desktop<P>, session: &str) -> Answer {
    let id = forms::id("session", session)?;
    let deleted = entries::delete_session(desk.ports.as_ref(), desk.unlock, id).await;
    done(desk, deleted).await
}
