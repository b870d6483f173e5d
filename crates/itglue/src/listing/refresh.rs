//! What is new since a list was last seen: newest first, until something known comes.

use std::collections::HashSet;

use tokio::sync::mpsc;

use super::{Listing, course::Course, pages::Place};
use crate::{Error, Record, Resource, Timestamp};

/// Few records change between two looks.
const PAGE: u64 = 200;
/// More than this is no refresh any more.
const MOST_PAGES: u64 = 25;

/// What a refresh has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh<R: Resource> {
    /// The records that were made or changed since, newest first. What was deleted, or moved to
    /// another organization, does not show: that takes a full list now and then.
    Changed(Vec<Record<R>>),
    /// Only the full list can tell: the server does not order this list by changes, or thousands of
    /// records have changed.
    FullListNeeded,
}

impl<R: Resource> Listing<'_, R> {
    /// Asks for the newest records until one that `known` recognises: same id *and* same
    /// `updated_at`.
    ///
    /// # Errors
    /// As [`Listing::each`].
    pub async fn refresh<K>(mut self, known: &mut K) -> Result<Refresh<R>, Error>
    where
        K: FnMut(&Record<R>) -> bool + Send + ?Sized,
    {
        let Some(sort) = R::NEWEST_FIRST else { return Ok(Refresh::FullListNeeded) };
        self.sort = Some(sort.to_owned());
        let (tell, _unheard) = mpsc::unbounded_channel();
        let course = Course::new(&self, tell);
        let mut news = News::default();
        for number in 1..=MOST_PAGES {
            let answer = course.one(Place { number, size: PAGE }).await?;
            let last = answer.is_last();
            match news.take(answer.rows, known) {
                Order::GoesOn if !last => {}
                Order::GoesOn | Order::Known => return Ok(Refresh::Changed(news.changed)),
                Order::Broken => break,
            }
        }
        Ok(Refresh::FullListNeeded)
    }
}

/// What has been found so far.
struct News<R: Resource> {
    changed: Vec<Record<R>>,
    /// Rows that a page has shown before, when the list grew meanwhile.
    seen: HashSet<R::Id>,
    /// The time of the row before: none after it may be newer.
    before: Option<Timestamp>,
    /// The time of the first known row: others of the same moment may still be new.
    known_at: Option<Timestamp>,
}

impl<R: Resource> Default for News<R> {
    fn default() -> Self {
        Self { changed: Vec::new(), seen: HashSet::new(), before: None, known_at: None }
    }
}

enum Order {
    GoesOn,
    Known,
    Broken,
}

impl<R: Resource> News<R> {
    fn take<K>(&mut self, rows: Vec<Record<R>>, known: &mut K) -> Order
    where
        K: FnMut(&Record<R>) -> bool + ?Sized,
    {
        for row in rows {
            if !self.seen.insert(row.id) {
                continue;
            }
            let at = row.attributes.updated_at();
            if at.is_some() && self.before.is_some_and(|before| at > Some(before)) {
                return Order::Broken;
            }
            self.before = at.or(self.before);
            if self.known_at.is_some() && at < self.known_at {
                return Order::Known;
            }
            if known(&row) {
                // A row without a time says nothing about those after it.
                self.known_at = self.known_at.or(at);
            } else {
                self.changed.push(row);
            }
        }
        Order::GoesOn
    }
}
