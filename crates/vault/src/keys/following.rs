//! What anybody's commit may do to shares: no more than to follow the book.

use usher_core::book::Book;

use super::receivers::{is_known, receivers};
use super::{KnownIdentity, Share, Shared};
use crate::rows::{ClearRows, Stored};

/// Whether a row of shares changed only as the book after the commit has it: somebody who is to hold an
/// API key got what they lacked, or somebody who is not lost theirs. Whom the audit log is shared to is
/// administrators' business, and so is every share that is as it should be.
pub(crate) fn follows(
    after: &Book,
    rows: &ClearRows,
    (was, is): (Option<&Stored>, Option<&Stored>),
) -> bool {
    let was = was.map(Share::read);
    match (was, is.map(Share::read)) {
        (was, Some(Some(is))) => is_due(after, rows, (was.flatten().as_ref(), &is)),
        (Some(Some(was)), None) => is_lost(after, &was),
        _ => false,
    }
}

/// They lacked it, or what they had was for other keys than they have now.
fn is_due(after: &Book, rows: &ClearRows, (was, is): (Option<&Share>, &Share)) -> bool {
    let to = KnownIdentity::of(rows, is.person).map(|known| known.current.sharing);
    let lacking = was.is_none_or(|was| Some(was.to) != to);
    lacking
        && Some(is.to) == to
        && is.of != Shared::Audit
        && receivers(after, is.of).contains(&is.person)
}

fn is_lost(after: &Book, was: &Share) -> bool {
    match was.of {
        Shared::Audit => false,
        Shared::ApiKey(id) => {
            is_known(after, id) && !receivers(after, was.of).contains(&was.person)
        }
    }
}
