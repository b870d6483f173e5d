//! From the grants on something to those that are wanted: what has to be put and removed.

use std::collections::BTreeMap;

use crate::book::{Book, Change};
use crate::ids::GrantId;
use crate::rights::{Grant, Object, RightSet, Subject};

/// What that takes.
#[derive(Default)]
pub(crate) struct Regranted {
    pub(crate) changes: Vec<Change>,
    /// Who gets what they did not have on it.
    pub(crate) granted: Vec<(Subject, RightSet)>,
    /// Who loses what they had on it.
    pub(crate) revoked: Vec<(Subject, RightSet)>,
}

/// One grant for each subject that is to hold any right, and no other.
pub(crate) fn regrant(
    book: &Book,
    object: Object,
    wanted: &BTreeMap<Subject, RightSet>,
    mut fresh: impl FnMut() -> GrantId,
) -> Regranted {
    let mut made = Regranted::default();
    let had = held_on(book, object);
    for (subject, grants) in &had {
        let before = grants.iter().fold(RightSet::default(), |all, g| all.union(&g.rights));
        let after = wanted.get(subject).cloned().unwrap_or_default();
        made.differ(*subject, &before, &after);
        made.put(grants, *subject, &after);
    }
    for (subject, rights) in wanted.iter().filter(|(subject, _)| !had.contains_key(subject)) {
        if *rights != RightSet::default() {
            made.differ(*subject, &RightSet::default(), rights);
            let (subject, rights) = (*subject, rights.clone());
            made.changes.push(Change::PutGrant(Grant { id: fresh(), subject, object, rights }));
        }
    }
    made
}

fn held_on(book: &Book, object: Object) -> BTreeMap<Subject, Vec<&Grant>> {
    let mut had: BTreeMap<Subject, Vec<&Grant>> = BTreeMap::new();
    for grant in book.grants.values().filter(|grant| grant.object == object) {
        had.entry(grant.subject).or_default().push(grant);
    }
    had
}

impl Regranted {
    fn differ(&mut self, subject: Subject, before: &RightSet, after: &RightSet) {
        let (gained, lost) = (after.without(before), before.without(after));
        if gained != RightSet::default() {
            self.granted.push((subject, gained));
        }
        if lost != RightSet::default() {
            self.revoked.push((subject, lost));
        }
    }

    /// The first of the subject's grants is kept for what it is to hold, any other goes.
    fn put(&mut self, grants: &[&Grant], subject: Subject, rights: &RightSet) {
        let Some((first, others)) = grants.split_first() else { return };
        self.changes.extend(others.iter().map(|grant| Change::RemoveGrant(grant.id)));
        if *rights == RightSet::default() {
            self.changes.push(Change::RemoveGrant(first.id));
        } else if first.rights != *rights {
            let rights = rights.clone();
            self.changes.push(Change::PutGrant(Grant { subject, rights, ..(*first).clone() }));
        }
    }
}

/// The rights, as the log spells them.
pub(crate) fn words(rights: &RightSet) -> String {
    rights.iter().map(crate::rights::Right::word).collect::<Vec<_>>().join(",")
}
