//! Moves: what lies in another folder than before.

use std::collections::BTreeSet;

use super::judge::{Judge, Verdict, sound};
use crate::book::Book;
use crate::ids::FolderId;
use crate::policy::{Act, Action};
use crate::rights::Object;

/// May they move this from the one folder to the other?
pub(super) fn moved(
    judge: &Judge<'_>,
    object: Object,
    (from, to): (Option<FolderId>, Option<FolderId>),
) -> Verdict {
    let lands = to.is_some_and(|to| reaches_the_top(judge.after, to));
    sound(Action::Move, from.is_some() && lands)?;
    let nobody_gains = nobody_gains(judge.before, judge.after, object);
    let act = Act { moved: Some(object), folder: from, to, nobody_gains, ..Act::default() };
    judge.may(Action::Move, &act)
}

fn reaches_the_top(book: &Book, folder: FolderId) -> bool {
    book.upwards(folder).last().is_some_and(|top| top.parent.is_none())
}

/// Whether nobody, coming in or not, has a right after it that they lack now, on what is moved or
/// on anything in it; and whether no less is asked of them than now.
pub(crate) fn nobody_gains(before: &Book, after: &Book, object: Object) -> bool {
    let governed = |object| (before.governing(object), after.governing(object));
    let governed: BTreeSet<_> = before.within(object).into_iter().map(governed).collect();
    let wider =
        |(was, is): &(Option<Object>, Option<Object>)| was != is && gains(before, after, *was, *is);
    !governed.iter().any(wider) && asks_no_less(before, after, object)
}

fn gains(before: &Book, after: &Book, was: Option<Object>, is: Option<Object>) -> bool {
    let Some(is) = is else { return false };
    after.people.keys().any(|person| {
        let had = was.map(|was| before.granted(*person, was)).unwrap_or_default();
        let has = after.granted(*person, is);
        had.union(&has) != had
    })
}

fn asks_no_less(before: &Book, after: &Book, object: Object) -> bool {
    let (Some(from), Some(to)) = (before.folder_of(object), after.folder_of(object)) else {
        return false;
    };
    let (asked, asks) = (before.folder_approval(from), after.folder_approval(to));
    let (tickets, now) = (before.folder_tickets(from), after.folder_tickets(to));
    asks.and(asked) == asks && now.strictness() >= tickets.strictness()
}
