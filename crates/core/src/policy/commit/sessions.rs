//! Session entries that differ, and those that come under another folder's credential.

use super::differences::Side;
use super::judge::{Judge, Verdict, on, sound};
use super::{Breach, Changed, moves};
use crate::entry::{CredentialEntry, Credentials, Inheritance, SessionEntry, Vouched};
use crate::ids::SessionEntryId;
use crate::policy::{Act, Action, Denied, Lacking};
use crate::rights::{Object, Right};

pub(super) fn session(
    judge: &Judge<'_>,
    id: SessionEntryId,
    side: Side<'_, SessionEntry>,
) -> Verdict {
    match side {
        Side::Added(row) => added(judge, id, row),
        Side::Removed(row) => {
            judge.may(Action::DeleteSession, &Act { session: Some(row), ..Act::default() })
        }
        Side::Changed(was, is) => changed(judge, was, is),
    }
}

fn added(judge: &Judge<'_>, key: SessionEntryId, row: &SessionEntry) -> Verdict {
    let SessionEntry {
        id,
        folder,
        name: _,
        kind: _,
        credentials: _,
        vouched,
        inheritance,
        version: _,
    } = row;
    let holds = *id == key && judge.after.folders.contains_key(folder);
    sound(Action::CreateSession, holds)?;
    link(judge, row, true)?;
    vouches(judge, row, vouched.as_ref())?;
    if *inheritance == Inheritance::Inherits {
        return Ok(());
    }
    judge.administers(Action::SetPolicy)
}

fn changed(judge: &Judge<'_>, was: &SessionEntry, is: &SessionEntry) -> Verdict {
    let SessionEntry { id, folder, name, kind, credentials, vouched, inheritance, version } = is;
    sound(Action::RenameSession, *id == was.id && *version > was.version)?;
    let mut judged = false;
    if *folder != was.folder {
        judged = true;
        judge.note_hand_down();
        moves::moved(judge, Object::Session(*id), (Some(was.folder), Some(*folder)))?;
    }
    if !kind.leads_where(&was.kind) || *credentials != was.credentials {
        judged = true;
        link(judge, is, false)?;
    }
    if *inheritance != was.inheritance {
        judged = true;
        judge.administers(Action::SetPolicy)?;
    }
    if *vouched != was.vouched {
        vouches(judge, is, vouched.as_ref())?;
    }
    let itself = (name, kind, vouched) != (&was.name, &was.kind, &was.vouched);
    let edited = itself || !judged;
    let act = Act { session: Some(was), ..Act::default() };
    if edited { judge.may(Action::RenameSession, &act) } else { Ok(()) }
}

fn credential_of<'a>(judge: &Judge<'a>, row: &SessionEntry) -> Option<&'a CredentialEntry> {
    judge.after.credential_of(row).map(|resolved| resolved.credential)
}

/// A session that has a credential is linked to it; without one it is only written down.
fn link(judge: &Judge<'_>, row: &SessionEntry, creating: bool) -> Verdict {
    let credential = credential_of(judge, row);
    let dangles = credential.is_none() && matches!(row.credentials, Credentials::Linked(_));
    sound(Action::Link, !dangles)?;
    let action = match (credential, creating) {
        (Some(_), _) => Action::Link,
        (None, true) => Action::CreateSession,
        (None, false) => Action::RenameSession,
    };
    judge.may(action, &linking(row, credential, creating))
}

fn linking<'a>(
    row: &'a SessionEntry,
    credential: Option<&'a CredentialEntry>,
    creating: bool,
) -> Act<'a> {
    Act {
        session: Some(row),
        credential,
        folder: Some(row.folder),
        host: Some(row.kind.host()),
        creating,
        ..Act::default()
    }
}

/// A mark is made by whoever has Edit on the credential, in their own name, for the very credential
/// and host of the session. Dropping one takes nothing but Edit on the session.
fn vouches(judge: &Judge<'_>, row: &SessionEntry, mark: Option<&Vouched>) -> Verdict {
    let Some(Vouched { credential, host, by }) = mark else { return Ok(()) };
    let own = *by == judge.person && host == row.kind.host();
    let same = credential_of(judge, row).is_some_and(|c| c.id == *credential);
    sound(Action::Link, own && same)?;
    if judge.rights(Object::Credential(*credential)).has(Right::Edit) {
        return Ok(());
    }
    Err(Denied { action: Action::Link, lacking: Lacking::OnCredential(Right::Edit) })
}

/// Every session that has come to use another credential without being edited itself is linked to
/// it by whoever changed the folder.
pub(super) fn handed_down(judge: &Judge<'_>) -> Result<(), Breach> {
    if !judge.hands_down() {
        return Ok(());
    }
    for (id, row) in &judge.after.sessions {
        let Some(credential) = credential_of(judge, row) else { continue };
        let Some(was) = judge.before.sessions.get(id) else { continue };
        let before = judge.before.credential_of(was).map(|resolved| resolved.credential.id);
        if before != Some(credential.id) {
            let verdict = judge.may(Action::Link, &linking(row, Some(credential), false));
            on(|| Changed::Session(*id), verdict)?;
        }
    }
    Ok(())
}
