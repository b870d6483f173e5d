//! What becomes of the pages of a list: each row once, in order, to whoever asked.

use std::{collections::HashSet, time::Duration};

use tokio::time::Instant;

use super::{
    Listed, Page, Step,
    course::Answer,
    pages::{MOST_ROWS, too_many},
};
use crate::{Error, PagingFault, Resource, count};

/// Waits that end within this of one another are told as one.
const SAME_WAIT: Duration = Duration::from_secs(1);

pub(super) struct Sink<'a, R: Resource, F: ?Sized> {
    on_step: &'a mut F,
    seen: HashSet<R::Id>,
    total_count: u64,
    ended: bool,
    told_until: Option<Instant>,
}

impl<'a, R: Resource, F: FnMut(Step<R>) + ?Sized> Sink<'a, R, F> {
    pub(super) fn new(on_step: &'a mut F) -> Self {
        let seen = HashSet::new();
        Self { on_step, seen, total_count: 0, ended: false, told_until: None }
    }

    /// Hands over what is new. What comes after the end is left alone.
    pub(super) fn take(&mut self, answer: Answer<R>) -> Result<(), Error> {
        if self.ended {
            return Ok(());
        }
        self.ended = answer.is_last();
        let Answer { place, mut rows, meta } = answer;
        let came = count(rows.len());
        rows.retain(|row| self.seen.insert(row.id));
        self.total_count = meta.total_count;
        if count(self.seen.len()) > MOST_ROWS {
            return Err(too_many());
        }
        if rows.is_empty() && came >= place.size && !self.ended {
            return Err(Error::Paging(PagingFault::Repeated { page: place.number }));
        }
        (self.on_step)(Step::Rows(Page { rows, total_count: meta.total_count }));
        Ok(())
    }

    /// Tells a wait, unless several pages meet the same one.
    pub(super) fn waits(&mut self, wait: Duration) {
        let until = Instant::now().checked_add(wait);
        let known = self.told_until.and_then(|told| told.checked_add(SAME_WAIT));
        if known.is_none() || until > known {
            self.told_until = until;
            (self.on_step)(Step::Waiting(wait));
        }
    }

    /// Whether the server has said that there is no more.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    pub(super) fn listed(&self) -> Listed {
        let rows = count(self.seen.len());
        Listed { rows, total_count: self.total_count }
    }
}
