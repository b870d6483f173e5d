//! What administrators alone change, and certificates.

use super::differences::Side;
use super::judge::{Judge, Verdict, sound};
use crate::certificates::{self, may_trust};
use crate::entry::{Connection, Host, PersonKey, Port, SessionKind, TrustedCertificate};
use crate::ids::PersonId;
use crate::policy::{Action, Denied, Lacking};
use crate::rights::{Grant, Person};

/// Whether nothing but what was learnt of its key differs.
pub(super) fn same_account(was: &Connection, is: &Connection) -> bool {
    let Connection { id, name, region, history, keep_alive } = is;
    (id, name, region, keep_alive) == (&was.id, &was.name, &was.region, &was.keep_alive)
        && history.serial == was.history.serial
}

/// The same of a key of a person's own.
pub(super) fn same_key(was: &PersonKey, is: &PersonKey) -> bool {
    let PersonKey { id, connection, person, history } = is;
    (id, connection, person) == (&was.id, &was.connection, &was.person)
        && history.serial == was.history.serial
}

pub(super) fn connection(judge: &Judge<'_>, side: Side<'_, Connection>) -> Verdict {
    if let Side::Removed(row) = side {
        sound(Action::Administer, !judge.after.points_at(row.id))?;
    }
    judge.administers(Action::Administer)
}

pub(super) fn person_key(judge: &Judge<'_>) -> Verdict {
    judge.administers(Action::Administer)
}

pub(super) fn person(judge: &Judge<'_>, key: PersonId, side: Side<'_, Person>) -> Verdict {
    judge.administers(Action::ManagePeople)?;
    // People stay, so that the log can name them; and somebody always administers.
    let holds = match side {
        Side::Added(row) | Side::Changed(_, row) => row.id == key,
        Side::Removed(_) => false,
    };
    let administered = judge.after.people.values().any(|p| p.is_active() && p.administrator);
    sound(Action::ManagePeople, holds && administered)
}

pub(super) fn group(judge: &Judge<'_>) -> Verdict {
    judge.administers(Action::ManageGroups)
}

/// A grant goes with what it was on; else it is an administrator's.
pub(super) fn grant(judge: &Judge<'_>, side: Side<'_, Grant>) -> Verdict {
    let gone = |row: &Grant| judge.before.holds(row.object) && !judge.after.holds(row.object);
    match side {
        Side::Removed(row) if gone(row) => Ok(()),
        Side::Removed(_) => judge.administers(Action::Grant),
        Side::Added(row) | Side::Changed(_, row) => {
            judge.administers(Action::Grant)?;
            sound(Action::Grant, judge.after.holds(row.object))
        }
    }
}

pub(super) fn source(judge: &Judge<'_>) -> Verdict {
    judge.administers(Action::GrantSource)
}

pub(super) fn settings(judge: &Judge<'_>) -> Verdict {
    judge.administers(Action::SetSettings)
}

/// Trusted in the person's own name, for the host of a session for which they may.
pub(super) fn certificate(
    judge: &Judge<'_>,
    key: &(Host, Port),
    side: Side<'_, TrustedCertificate>,
) -> Verdict {
    let row = match side {
        Side::Removed(_) => return judge.administers(Action::Administer),
        Side::Added(row) | Side::Changed(_, row) => row,
    };
    let TrustedCertificate { host, port, certificate: _, typed_only, by, at: _ } = row;
    let own = *by == judge.person && (host, port) == (&key.0, &key.1);
    let answered_for = *typed_only || !certificates::typed_only(judge.before, (host, *port));
    sound(Action::TrustNewCertificate, own && answered_for)?;
    let goes_there = |kind: &SessionKind| kind.address() == (&key.0, key.1);
    let nobody = Denied { action: Action::TrustNewCertificate, lacking: Lacking::HostNotAllowed };
    let mut verdict = Err(nobody);
    for session in judge.before.sessions.values().filter(|s| goes_there(&s.kind)) {
        verdict = may_trust(judge.before, judge.person, session).map(drop);
        if verdict.is_ok() {
            break;
        }
    }
    verdict
}
