//! Going through a list page by page, believing only what adds up.

use std::collections::HashSet;

use serde::de::DeserializeOwned;

use crate::{Client, Error, PagingFault, body::Limit, wire};

/// Largest page the API gives.
const LARGEST: u64 = 1_000;
/// Pages are not halved below this: such a server is in trouble, not overtaxed.
const SMALLEST: u64 = 125;
/// Far beyond any account heard of; a server that never ends must not fill the memory.
const MOST_ROWS: u64 = 200_000;

/// Some rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows that are new with this page; each row comes once in a listing.
    pub rows: Vec<T>,
    /// How many rows the whole list has, as this page says; for progress only.
    pub total_count: u64,
}

/// A listing: which path, how to turn a row into an item, and how to know it again.
pub(crate) struct List<'a, Check, IdOf> {
    pub(crate) client: &'a Client,
    pub(crate) path: &'a [&'a str],
    pub(crate) check: Check,
    pub(crate) id_of: IdOf,
}

/// Where a listing stands.
struct Place {
    number: u64,
    size: u64,
    /// Rows received of full pages up to here, duplicates included.
    received: u64,
}

impl Place {
    /// Half the page size, at the same row. `None` when it is small already.
    fn halved(&self) -> Option<Self> {
        let size = self.size.checked_div(2).filter(|size| *size >= SMALLEST)?;
        let before = self.number.saturating_sub(1);
        // If the server gave smaller pages than asked for, the row is not where it seems: restart.
        let exact = before.checked_mul(self.size) == Some(self.received);
        let (number, received) = if exact {
            (before.saturating_mul(2).saturating_add(1), self.received)
        } else {
            (1, 0)
        };
        Some(Self { number, size, received })
    }

    /// The page after this one, or `None` at the end.
    fn after(&self, rows: usize, meta: &wire::Meta) -> Result<Option<Self>, Error> {
        if meta.current_page != self.number {
            let fault = PagingFault::WrongPage { asked: self.number, found: meta.current_page };
            return Err(Error::Paging(fault));
        }
        let Some(next) = meta.next_page.filter(|_| rows > 0) else {
            return Ok(None);
        };
        if self.number.checked_add(1) != Some(next) {
            return Err(Error::Paging(PagingFault::NotNext { current: self.number, next }));
        }
        if next.saturating_mul(self.size) > MOST_ROWS {
            return Err(Error::Paging(PagingFault::TooMany(MOST_ROWS)));
        }
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        let received = self.received.saturating_add(rows);
        Ok(Some(Self { number: next, size: self.size, received }))
    }
}

impl<Check, IdOf> List<'_, Check, IdOf> {
    /// Hands over every page in turn, halving the page size where a page is too much to ask.
    pub(crate) async fn run<Row, Item, F>(&self, on_page: &mut F) -> Result<(), Error>
    where
        Row: DeserializeOwned,
        Check: Fn(Row) -> Result<Item, Error>,
        IdOf: Fn(&Item) -> String,
        F: FnMut(Page<Item>) + ?Sized,
    {
        let mut seen = HashSet::new();
        let mut place = Some(Place { number: 1, size: LARGEST, received: 0 });
        while let Some(here) = place {
            let answer = match self.fetch::<Row>(&here).await {
                Ok(answer) => answer,
                Err(error) if too_much(&error) => {
                    place = Some(here.halved().ok_or(error)?);
                    continue;
                }
                Err(error) => return Err(error),
            };
            place = here.after(answer.data.len(), &answer.meta)?;
            let rows: Result<Vec<Item>, Error> = answer.data.into_iter().map(&self.check).collect();
            let mut rows = rows?;
            rows.retain(|row| seen.insert((self.id_of)(row)));
            on_page(Page { rows, total_count: answer.meta.total_count });
        }
        Ok(())
    }

    async fn fetch<Row: DeserializeOwned>(&self, place: &Place) -> Result<wire::Many<Row>, Error> {
        let (number, size) = (place.number.to_string(), place.size.to_string());
        let query = [("page[number]", &*number), ("page[size]", &*size), ("sort", "name")];
        let body = self.client.get(self.path, &query, Limit::List).await?;
        wire::parse(&body)
    }
}

/// The gateway gives up at about 29 s, and answers are capped: both are cured by fewer rows.
fn too_much(error: &Error) -> bool {
    matches!(error, Error::TimedOut | Error::TooLarge { .. } | Error::UnexpectedStatus(502 | 504))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(current_page: u64, next_page: Option<u64>) -> wire::Meta {
        wire::Meta { current_page, next_page, total_count: 0 }
    }

    #[test]
    fn halving_goes_on_at_the_same_row() {
        let half = Place { number: 3, size: 1_000, received: 2_000 }.halved().unwrap();
        assert_eq!((half.number, half.size, half.received), (5, 500, 2_000));
    }

    #[test]
    fn halving_starts_over_where_the_server_gave_smaller_pages() {
        let half = Place { number: 3, size: 1_000, received: 200 }.halved().unwrap();
        assert_eq!((half.number, half.size, half.received), (1, 500, 0));
    }

    #[test]
    fn halving_ends() {
        assert!(Place { number: 1, size: SMALLEST, received: 0 }.halved().is_none());
    }

    #[test]
    fn a_list_ends_at_null_or_an_empty_page() {
        let place = Place { number: 1, size: 1_000, received: 0 };
        assert!(place.after(3, &meta(1, None)).unwrap().is_none());
        assert!(place.after(0, &meta(1, Some(2))).unwrap().is_none());
        assert_eq!(place.after(3, &meta(1, Some(2))).unwrap().unwrap().received, 3);
    }

    #[test]
    fn pages_that_stand_still_jump_or_never_end_are_refused() {
        let place = Place { number: 200, size: 1_000, received: 0 };
        let fault = |m| place.after(9, &m).err();
        let not_next = |next| Some(Error::Paging(PagingFault::NotNext { current: 200, next }));
        assert_eq!(fault(meta(200, Some(200))), not_next(200));
        assert_eq!(fault(meta(200, Some(202))), not_next(202));
        let wrong = PagingFault::WrongPage { asked: 200, found: 1 };
        assert_eq!(fault(meta(1, Some(2))), Some(Error::Paging(wrong)));
        let many = PagingFault::TooMany(MOST_ROWS);
        assert_eq!(fault(meta(200, Some(201))), Some(Error::Paging(many)));
    }
}
