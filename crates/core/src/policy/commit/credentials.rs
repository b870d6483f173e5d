//! Credential entries that differ.

use super::differences::Side;
use super::judge::{Judge, Verdict, sound};
use super::moves;
use crate::entry::{ApprovalPolicy, CredentialEntry, Inheritance};
use crate::ids::CredentialEntryId;
use crate::policy::{Act, Action};
use crate::rights::Object;

pub(super) fn credential(
    judge: &Judge<'_>,
    id: CredentialEntryId,
    side: Side<'_, CredentialEntry>,
) -> Verdict {
    match side {
        Side::Added(row) => added(judge, id, row),
        Side::Removed(row) => removed(judge, row),
        Side::Changed(was, is) => changed(judge, was, is),
    }
}

fn added(judge: &Judge<'_>, key: CredentialEntryId, row: &CredentialEntry) -> Verdict {
    let CredentialEntry {
        id,
        folder,
        name: _,
        connection,
        organization,
        target: _,
        allowed_hosts: _,
        approval,
        inheritance,
        version: _,
    } = row;
    sound(Action::CreateCredential, *id == key && judge.after.is_in_its_client(row))?;
    let source = Some((*connection, &organization.id));
    let act = Act { folder: Some(*folder), source, ..Act::default() };
    judge.may(Action::CreateCredential, &act)?;
    // Whoever makes an entry may have it ask for more than usual, not for less.
    let strict = approval.and(ApprovalPolicy::default()) == *approval;
    if strict && *inheritance == Inheritance::Inherits {
        return Ok(());
    }
    judge.administers(Action::SetPolicy)
}

fn removed(judge: &Judge<'_>, row: &CredentialEntry) -> Verdict {
    sound(Action::DeleteCredential, !judge.after.uses(row.id))?;
    judge.may(Action::DeleteCredential, &Act { credential: Some(row), ..Act::default() })
}

fn changed(judge: &Judge<'_>, was: &CredentialEntry, is: &CredentialEntry) -> Verdict {
    let CredentialEntry {
        id,
        folder,
        name,
        connection,
        organization,
        target,
        allowed_hosts,
        approval,
        inheritance,
        version,
    } = is;
    sound(Action::RenameCredential, *id == was.id && *version > was.version)?;
    let act = Act { credential: Some(was), ..Act::default() };
    let mut judged = false;
    if *folder != was.folder {
        judged = true;
        moves::moved(judge, Object::Credential(*id), (Some(was.folder), Some(*folder)))?;
        sound(Action::Move, judge.after.is_in_its_client(is))?;
    }
    let points_at = (connection, organization, target, allowed_hosts);
    if points_at != (&was.connection, &was.organization, &was.target, &was.allowed_hosts) {
        judged = true;
        let of = |row: &CredentialEntry| (row.connection, row.organization.id.clone());
        let ((old, old_id), (new, new_id)) = (of(was), of(is));
        judge.may(Action::Repoint, &Act { source: Some((old, &old_id)), ..act })?;
        judge.may(Action::Repoint, &Act { source: Some((new, &new_id)), ..act })?;
        sound(Action::Repoint, judge.after.is_in_its_client(is))?;
    }
    if (approval, inheritance) != (&was.approval, &was.inheritance) {
        judged = true;
        judge.administers(Action::SetPolicy)?;
    }
    if *name != was.name || !judged { judge.may(Action::RenameCredential, &act) } else { Ok(()) }
}
