//! Which pages to ask for, and whether what came is what was asked for.

use crate::{Error, PagingFault, count, json::Meta};

/// How large pages are: the largest first, and down to the smallest in halves. A server that fails
/// at the smallest is in trouble, not overtaxed.
#[derive(Clone, Copy)]
pub(super) struct Sizes {
    pub(super) largest: u64,
    pub(super) smallest: u64,
}

impl Sizes {
    /// The API gives 1,000 rows at most. Rows that hold whole documents are a large page by few.
    pub(super) const fn of(long: bool) -> Self {
        if long {
            Self { largest: 512, smallest: 4 }
        } else {
            Self { largest: 1_000, smallest: 125 }
        }
    }
}

/// Far beyond any account heard of; a server that never ends must not fill the memory.
pub(super) const MOST_ROWS: u64 = 500_000;
/// As many as there are if all are as small as they get.
const MOST_PAGES: u64 = 4_000;

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) number: u64,
    pub(super) size: u64,
}

impl Place {
    /// The same rows as two pages of half the size. `None` when it is small already.
    pub(super) fn halves(self, smallest: u64) -> Option<[Self; 2]> {
        let size = self.size.checked_div(2).filter(|size| *size >= smallest)?;
        let even = self.size.is_multiple_of(2);
        let second = self.number.checked_mul(2)?;
        let first = second.checked_sub(1)?;
        even.then_some([Self { number: first, size }, Self { number: second, size }])
    }

    /// Whether the answer is this page and knows what comes after it. An empty one is the end,
    /// whatever it says.
    pub(super) fn check(self, rows: usize, meta: &Meta) -> Result<(), Error> {
        if rows == 0 {
            return Ok(());
        }
        let (asked, found) = (self.number, meta.current_page);
        if asked != found {
            return Err(Error::Paging(PagingFault::WrongPage { asked, found }));
        }
        match meta.next_page {
            Some(next) if self.number.checked_add(1) != Some(next) => {
                Err(Error::Paging(PagingFault::NotNext { current: self.number, next }))
            }
            _ => Ok(()),
        }
    }
}

/// How the rest of a list is asked for, once its first page is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// The page size to go on with.
    pub(super) size: u64,
    /// The last page, as the first one says; 1 if there is no other.
    pub(super) last: u64,
}

impl Rest {
    /// A server that gave fewer rows than asked for, and says there are more, has a smaller
    /// largest page: its own size is asked for from then on.
    pub(super) fn after(first: Place, rows: usize, meta: &Meta) -> Result<Self, Error> {
        let rows = count(rows);
        if rows == 0 || meta.next_page.is_none() {
            return Ok(Self { size: first.size, last: 1 });
        }
        let size = first.size.min(rows);
        let last = meta.total_pages.filter(|_| size == first.size);
        let last = last.unwrap_or_else(|| meta.total_count.div_ceil(size)).max(2);
        if within(last, size) { Ok(Self { size, last }) } else { Err(too_many()) }
    }

    /// The page after the last, where the list has grown meanwhile.
    pub(super) fn grown(self) -> Result<Self, Error> {
        let last = self.last.saturating_add(1);
        if within(last, self.size) { Ok(Self { last, ..self }) } else { Err(too_many()) }
    }
}

fn within(pages: u64, size: u64) -> bool {
    pages <= MOST_PAGES && pages.saturating_sub(1).saturating_mul(size) < MOST_ROWS
}

pub(super) fn too_many() -> Error {
    Error::Paging(PagingFault::TooMany(MOST_ROWS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(current_page: u64, next_page: Option<u64>, total_pages: Option<u64>) -> Meta {
        Meta { current_page, next_page, total_pages, total_count: 2_500 }
    }

    fn place(number: u64, size: u64) -> Place {
        Place { number, size }
    }

    #[test]
    fn halves_are_the_same_rows() {
        assert_eq!(place(3, 1_000).halves(125), Some([place(5, 500), place(6, 500)]));
        assert_eq!(place(1, 500).halves(125), Some([place(1, 250), place(2, 250)]));
        assert_eq!(place(1, 125).halves(125), None);
        assert_eq!(place(1, 333).halves(125), None, "its halves would not meet");
    }

    #[test]
    fn the_first_page_says_how_many() {
        let rest = |rows, next, pages| Rest::after(place(1, 1_000), rows, &meta(1, next, pages));
        let of = |size, last| Ok(Rest { size, last });
        assert_eq!(rest(1_000, Some(2), Some(3)), of(1_000, 3));
        assert_eq!(rest(1_000, Some(2), None), of(1_000, 3), "from the number of rows");
        assert_eq!(rest(1_000, None, Some(3)), of(1_000, 1));
        assert_eq!(rest(0, Some(2), Some(3)), of(1_000, 1));
        assert_eq!(rest(100, Some(2), Some(25)), of(100, 25), "smaller pages than asked for");
        assert_eq!(rest(1_000, Some(2), Some(0)), of(1_000, 2), "it says there is a next one");
    }

    #[test]
    fn a_list_beyond_all_measure_is_refused_before_it_is_fetched() {
        let rest = Rest::after(place(1, 1_000), 1_000, &meta(1, Some(2), Some(501)));
        assert_eq!(rest, Err(too_many()));
        let tiny = Rest::after(place(1, 1_000), 1, &meta(1, Some(2), None));
        assert_eq!(tiny.and_then(|rest| Rest { last: 4_000, ..rest }.grown()), Err(too_many()));
        assert!(Rest { size: 1_000, last: 499 }.grown().is_ok());
        assert_eq!(Rest { size: 1_000, last: 500 }.grown(), Err(too_many()));
    }

    #[test]
    fn pages_that_stand_still_or_jump_are_refused() {
        let fault = |rows, meta| place(3, 1_000).check(rows, &meta).err();
        let not_next = |next| Some(Error::Paging(PagingFault::NotNext { current: 3, next }));
        assert_eq!(fault(9, meta(3, Some(3), None)), not_next(3));
        assert_eq!(fault(9, meta(3, Some(5), None)), not_next(5));
        let wrong = Some(Error::Paging(PagingFault::WrongPage { asked: 3, found: 1 }));
        assert_eq!(fault(9, meta(1, Some(2), None)), wrong);
        assert_eq!(fault(9, meta(3, Some(4), None)), None);
        assert_eq!(fault(9, meta(3, None, None)), None);
        assert_eq!(fault(0, meta(1, None, None)), None, "an empty page is the end");
    }
}
