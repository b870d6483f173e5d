//! Editing entries and folders, over a world in memory.

mod edits;
mod moves;
mod routes;
mod undo;
mod walk;

use super::{CredentialDraft, FolderDraft, SessionDraft, TargetDraft, Undoable, Undone};
use crate::entry::{Credentials, Version};
use crate::error::Error;
use crate::ids::{FolderId, OrganizationId, PasswordId, SessionEntryId};
use crate::rights::Object;
use crate::testing::{ACCOUNT, CLIENT, Scene, at_once, hosts, named, rdp};

fn session_draft(host: &str, credentials: Credentials) -> SessionDraft {
    SessionDraft { name: named("Session"), kind: rdp(host), credentials }
}

fn credential_draft(record: &str, allowed: &[&str]) -> CredentialDraft {
    CredentialDraft {
        name: named("Entry"),
        connection: ACCOUNT,
        organization: OrganizationId::new(CLIENT),
        target: TargetDraft::Specific(PasswordId::new(record)),
        allowed_hosts: hosts(allowed),
    }
}

fn folder_draft(name: &str) -> FolderDraft {
    FolderDraft { name: named(name), client: None, credential: None }
}

fn version_of(scene: &Scene, object: Object) -> Version {
    let book = scene.world.book();
    match object {
        Object::Folder(id) => book.folders[&id].version,
        Object::Credential(id) => book.credentials[&id].version,
        Object::Session(id) => book.sessions[&id].version,
    }
}

fn moves(scene: &Scene, object: Object, to: FolderId) -> Result<Undoable, Error> {
    let edited = (object, version_of(scene, object));
    at_once(super::move_entry(scene.world.as_ref(), scene.unlock, edited, to)).expect("ready")
}

fn relinks(
    scene: &Scene,
    id: SessionEntryId,
    (host, credentials): (&str, Credentials),
) -> Result<Undoable, Error> {
    let edited = (id, version_of(scene, Object::Session(id)));
    let draft = session_draft(host, credentials);
    at_once(super::change_session(scene.world.as_ref(), scene.unlock, edited, draft))
        .expect("ready")
}

fn undoes(scene: &Scene, edit: &Undoable) -> Result<(), Error> {
    undone(scene, edit).map(drop)
}

fn undone(scene: &Scene, edit: &Undoable) -> Result<Undone, Error> {
    at_once(super::undo(scene.world.as_ref(), scene.unlock, edit)).expect("ready")
}
