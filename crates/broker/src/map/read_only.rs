//! A vault that is open read-only: whoever may change something cannot, and is told why. What may be
//! seen, launched, shown and exported stays as it is, and so does what is denied anyway.

use crate::protocol::{AccountRow, CredentialRow, DeniedWhy, FolderRow, May, SessionRow, Snapshot};

/// Takes back what the snapshot says may be changed.
pub(crate) fn fix(snapshot: &mut Snapshot) {
    stop(&mut snapshot.administer);
    snapshot.accounts.iter_mut().for_each(account);
    snapshot.folders.iter_mut().for_each(folder);
    snapshot.credentials.iter_mut().for_each(credential);
    snapshot.sessions.iter_mut().for_each(session);
}

/// Takes back that something may be changed.
pub(crate) fn stop(may: &mut May) {
    if is_open(may) {
        *may = May::No { why: DeniedWhy::ReadOnly };
    }
}

/// What the passphrase would still open counts as open: proving it would not help here.
fn is_open(may: &May) -> bool {
    matches!(may, May::Yes | May::No { why: DeniedWhy::Passphrase })
}

fn account(row: &mut AccountRow) {
    stop(&mut row.administer);
}

fn folder(FolderRow { edit, move_away, .. }: &mut FolderRow) {
    [edit, move_away].into_iter().for_each(stop);
}

fn credential(row: &mut CredentialRow) {
    let CredentialRow { edit, repoint, move_away, duplicate, delete, .. } = row;
    [edit, repoint, move_away, duplicate, delete].into_iter().for_each(stop);
}

fn session(row: &mut SessionRow) {
    let SessionRow { edit, move_away, duplicate, delete, .. } = row;
    [edit, move_away, duplicate, delete].into_iter().for_each(stop);
}
