//! Folders that differ.

use super::differences::Side;
use super::judge::{Judge, Verdict, sound};
use super::moves;
use crate::book::Book;
use crate::entry::{ApprovalPolicy, Client, Folder, Inheritance};
use crate::ids::{CredentialEntryId, FolderId};
use crate::policy::{Act, Action};
use crate::rights::Object;

pub(super) fn folder(judge: &Judge<'_>, id: FolderId, side: Side<'_, Folder>) -> Verdict {
    match side {
        Side::Added(row) => added(judge, id, row),
        Side::Removed(row) => removed(judge, row),
        Side::Changed(was, is) => changed(judge, was, is),
    }
}

fn added(judge: &Judge<'_>, key: FolderId, row: &Folder) -> Verdict {
    let Folder {
        id,
        parent,
        name: _,
        client,
        credential,
        inheritance,
        approval,
        tickets,
        version: _,
    } = row;
    let parent = parent.filter(|parent| judge.after.folders.contains_key(parent));
    sound(Action::ChangeFolder, parent.is_some() && *id == key)?;
    maps(judge, parent, client.as_ref())?;
    names(judge, *credential)?;
    let plain = *inheritance == Inheritance::Inherits
        && *approval == ApprovalPolicy::NOTHING_MORE
        && tickets.is_none();
    if plain { Ok(()) } else { judge.administers(Action::SetPolicy) }
}

fn removed(judge: &Judge<'_>, row: &Folder) -> Verdict {
    sound(Action::ChangeFolder, row.parent.is_some() && judge.after.is_empty_folder(row.id))?;
    changes(judge, Some(row.id))
}

fn changed(judge: &Judge<'_>, was: &Folder, is: &Folder) -> Verdict {
    let Folder { id, parent, name, client, credential, inheritance, approval, tickets, version } =
        is;
    sound(Action::ChangeFolder, *id == was.id && *version > was.version)?;
    let mut judged = false;
    let mut differs = |differs: bool| {
        judged |= differs;
        differs
    };
    if differs(*parent != was.parent) {
        judge.note_hand_down();
        moves::moved(judge, Object::Folder(*id), (was.parent, *parent))?;
        sound(Action::Move, clients_hold(judge.after, *id))?;
    }
    if differs(*client != was.client) {
        let mapped = |client: &Option<Client>| {
            client.as_ref().map(|c| (c.connection, c.organization.id.clone()))
        };
        let remapped = client.as_ref().filter(|_| mapped(client) != mapped(&was.client));
        maps(judge, Some(*id), remapped)?;
        sound(Action::MapFolder, clients_hold(judge.after, *id))?;
    }
    if differs(*credential != was.credential) {
        judge.note_hand_down();
        changes(judge, Some(*id))?;
        names(judge, *credential)?;
    }
    let policy = (inheritance, approval, tickets);
    if differs(policy != (&was.inheritance, &was.approval, &was.tickets)) {
        judge.administers(Action::SetPolicy)?;
    }
    if *name != was.name || !judged { changes(judge, Some(*id)) } else { Ok(()) }
}

fn changes(judge: &Judge<'_>, folder: Option<FolderId>) -> Verdict {
    judge.may(Action::ChangeFolder, &Act { folder, ..Act::default() })
}

fn maps(judge: &Judge<'_>, folder: Option<FolderId>, client: Option<&Client>) -> Verdict {
    let Some(client) = client else { return changes(judge, folder) };
    let source = Some((client.connection, &client.organization.id));
    judge.may(Action::MapFolder, &Act { folder, source, ..Act::default() })?;
    sound(Action::MapFolder, judge.after.connections.contains_key(&client.connection))
}

/// Whoever has a folder hand down a credential must see it.
fn names(judge: &Judge<'_>, credential: Option<CredentialEntryId>) -> Verdict {
    let Some(id) = credential else { return Ok(()) };
    let credential = judge.after.credentials.get(&id);
    sound(Action::SeeCredential, credential.is_some())?;
    judge.may(Action::SeeCredential, &Act { credential, ..Act::default() })
}

/// Every credential entry below names the organization it lies under.
pub(super) fn clients_hold(book: &Book, folder: FolderId) -> bool {
    let below = |f: FolderId| book.upwards(f).any(|up| up.id == folder);
    book.credentials.values().filter(|c| below(c.folder)).all(|c| book.is_in_its_client(c))
}
