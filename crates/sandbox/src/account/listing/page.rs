//! Pages.

use crate::account::{
    requests::{Query, param},
    switches::LargePages,
};

const DEFAULT_SIZE: usize = 50;
/// What the API's own page calls the most.
const LARGEST_SIZE: usize = 1_000;

/// Which page, from 1, and how many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    /// `None` if the size is refused.
    pub(crate) fn read(query: &Query, large: LargePages) -> Option<Self> {
        let number = |name| param(query, name).and_then(|text| text.parse().ok());
        let size: usize = number("page[size]").unwrap_or(DEFAULT_SIZE);
        let page = Self {
            number: number("page[number]").unwrap_or(1).max(1),
            size: size.clamp(1, LARGEST_SIZE),
        };
        (large == LargePages::Clamped || size <= LARGEST_SIZE).then_some(page)
    }

    /// How many pages so many rows are.
    pub(crate) fn pages(self, total: usize) -> usize {
        total.div_ceil(self.size.max(1))
    }
}

/// The rows of one page.
pub(crate) fn cut<T>(rows: &[T], page: Page) -> &[T] {
    let start = page.number.saturating_sub(1).saturating_mul(page.size).min(rows.len());
    let end = start.saturating_add(page.size).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_the_end_are_empty() {
        let page = |number| Page { number, size: 2 };
        assert_eq!(cut(&[1, 2, 3], page(1)), [1, 2]);
        assert_eq!(cut(&[1, 2, 3], page(2)), [3]);
        assert!(cut(&[1, 2, 3], page(3)).is_empty());
    }
}
