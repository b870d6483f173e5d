//! Fetching pages, in halves where a page is too much to ask.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use tokio::sync::mpsc::UnboundedSender;

use super::{
    Listing,
    pages::{Place, Sizes},
    total::Total,
};
use crate::{
    Error, Record, Resource,
    http::{Body, Limit, Patience, Question},
    json::{self, Many, Meta},
    limit::Purpose,
    resources::Row,
};

/// One page that has come, its rows checked.
pub(super) struct Answer<R: Resource> {
    pub(super) place: Place,
    pub(super) rows: Vec<Record<R>>,
    pub(super) meta: Meta,
}

impl<R: Resource> Answer<R> {
    /// Whether the server says that nothing comes after it.
    pub(super) fn is_last(&self) -> bool {
        self.rows.is_empty() || self.meta.next_page.is_none()
    }
}

/// One walk through a list.
pub(super) struct Course<'a, R: Resource> {
    list: &'a Listing<'a, R>,
    /// The whole walk's.
    patience: Patience<'a>,
    sizes: Sizes,
    /// The largest page that the server has not failed at.
    size: AtomicU64,
    /// What all pages together have come to.
    bytes: Total,
}

impl<'a, R: Resource> Course<'a, R> {
    pub(super) fn new(list: &'a Listing<'a, R>, tell: UnboundedSender<Duration>) -> Self {
        let patience = Patience::list(move |wait| {
            // Nobody hears it where a refresh waits.
            let _told = tell.send(wait);
        });
        let sizes = Sizes::of(R::IS_LONG);
        let (size, bytes) = (AtomicU64::new(sizes.largest), Total::default());
        Self { list, patience, sizes, size, bytes }
    }

    /// The first page, as large as the server can make it.
    pub(super) async fn first(&self) -> Result<Answer<R>, Error> {
        let mut place = Place { number: 1, size: self.sizes.largest };
        loop {
            match self.one(place).await {
                Err(error) if error.is_too_much() => {
                    [place, _] = self.halve(place).ok_or(error)?;
                }
                answer => return answer,
            }
        }
    }

    /// The rows of one page, as one answer or as several of smaller pages.
    pub(super) async fn page(&self, place: Place) -> Result<Vec<Answer<R>>, Error> {
        let (mut answers, mut places) = (Vec::new(), vec![place]);
        while let Some(here) = places.pop() {
            if here.size > self.size.load(Ordering::Relaxed)
                && let Some([first, second]) = here.halves(self.sizes.smallest)
            {
                places.extend([second, first]);
                continue;
            }
            match self.one(here).await {
                Ok(answer) => {
                    let last = answer.is_last();
                    answers.push(answer);
                    if last {
                        break;
                    }
                }
                Err(error) if error.is_too_much() => {
                    let [first, second] = self.halve(here).ok_or(error)?;
                    places.extend([second, first]);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(answers)
    }

    /// Remembers that pages of this size are too much, for all pages to come.
    fn halve(&self, place: Place) -> Option<[Place; 2]> {
        let halves = place.halves(self.sizes.smallest)?;
        self.size.fetch_min(halves[0].size, Ordering::Relaxed);
        Some(halves)
    }

    pub(super) async fn one(&self, place: Place) -> Result<Answer<R>, Error> {
        let body = self.fetch(place).await?;
        self.bytes.add(body.len())?;
        let Many { data, meta } = json::parse::<Many<Row<R>>>(&body, Limit::List)?;
        drop(body);
        place.check(data.len(), &meta)?;
        let rows: Result<Vec<_>, _> = data.into_iter().map(|row| self.checked(row)).collect();
        Ok(Answer { place, rows: rows?, meta })
    }

    async fn fetch(&self, place: Place) -> Result<Body, Error> {
        let Listing { transport, path, parameters, sort, .. } = self.list;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let (number, size) = (place.number.to_string(), place.size.to_string());
        let mut query = vec![("page[number]", &*number), ("page[size]", &*size)];
        query.extend(sort.iter().map(|sort| ("sort", sort.as_str())));
        query.extend(parameters.iter().map(|(name, value)| (*name, value.as_str())));
        let question = Question {
            path: &path,
            query: &query,
            limit: Limit::List,
            purpose: Purpose::Page,
            divisible: place.halves(self.sizes.smallest).is_some(),
        };
        transport.get(&question, &self.patience).await
    }

    fn checked(&self, row: Row<R>) -> Result<Record<R>, Error> {
        let record = Record::from(row);
        (self.list.check)(&record, self.list.organization)?;
        Ok(record)
    }
}
