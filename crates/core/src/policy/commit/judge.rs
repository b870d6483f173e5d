//! Whoever made a difference, and what they may: by their rights before it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::super::{Act, Action, Denied, Lacking, decide};
use super::{Breach, Changed};
use crate::book::Book;
use crate::ids::PersonId;
use crate::rights::{Object, RightSet};

pub(super) type Verdict = Result<(), Denied>;

/// The two books, and the person who is to answer for the difference.
pub(super) struct Judge<'a> {
    pub(super) before: &'a Book,
    pub(super) after: &'a Book,
    pub(super) person: PersonId,
    by_passphrase: bool,
    /// Their rights by the object whose grants count, before or, where that is new, after.
    known: RefCell<BTreeMap<(bool, Object), RightSet>>,
    judged: Cell<Option<Action>>,
    /// Sessions may have come under another folder's credential.
    hands_down: Cell<bool>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        (before, after): (&'a Book, &'a Book),
        person: PersonId,
        by_passphrase: bool,
    ) -> Self {
        let (known, judged, hands_down) = (RefCell::default(), Cell::new(None), Cell::new(false));
        Self { before, after, person, by_passphrase, known, judged, hands_down }
    }

    /// May they do this?
    pub(super) fn may(&self, action: Action, act: &Act<'_>) -> Verdict {
        self.judged.set(Some(action));
        let act = Act { by_passphrase: self.by_passphrase, ..*act };
        decide(action, &act.facts_with(self.before, self.person, |object| self.rights(object)))
    }

    /// May they do what only administrators do?
    pub(super) fn administers(&self, action: Action) -> Verdict {
        self.may(action, &Act::default())
    }

    /// Their rights before; on what is new, those it comes with.
    pub(super) fn rights(&self, object: Object) -> RightSet {
        let old = self.before.holds(object);
        let book = if old { self.before } else { self.after };
        let Some(governing) = book.governing(object) else { return RightSet::default() };
        let mut known = self.known.borrow_mut();
        let rights = known.entry((old, governing));
        rights.or_insert_with(|| book.rights(self.person, governing)).clone()
    }

    /// What was judged last; nothing where nothing differs.
    pub(super) fn judged(&self) -> Action {
        self.judged.get().unwrap_or(Action::SeeFolder)
    }

    pub(super) fn note_hand_down(&self) {
        self.hands_down.set(true);
    }

    pub(super) fn hands_down(&self) -> bool {
        self.hands_down.get()
    }
}

/// Names the thing where the verdict is no.
pub(super) fn on(what: impl FnOnce() -> Changed, verdict: Verdict) -> Result<(), Breach> {
    verdict.map_err(|denied| Breach { what: what(), denied })
}

/// That a row fits those it names.
pub(super) fn sound(action: Action, holds: bool) -> Verdict {
    if holds { Ok(()) } else { Err(Denied { action, lacking: Lacking::Soundness }) }
}
