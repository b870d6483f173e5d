//! Filters on times.

use super::FilterText;
use crate::Timestamp;

/// A stretch of time, either end of which may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl DateRange {
    /// From this moment on.
    #[must_use]
    pub const fn since(from: Timestamp) -> Self {
        Self { from: Some(from), until: None }
    }

    /// Up to this moment.
    #[must_use]
    pub const fn until(until: Timestamp) -> Self {
        Self { from: None, until: Some(until) }
    }

    /// From one moment to another.
    #[must_use]
    pub const fn between(from: Timestamp, until: Timestamp) -> Self {
        Self { from: Some(from), until: Some(until) }
    }
}

impl FilterText for DateRange {
    /// `start,end`; a `*` leaves an end open.
    fn text(&self) -> Option<String> {
        let end = |at: Option<Timestamp>| at.map_or_else(|| "*".to_owned(), |at| at.to_string());
        Some(format!("{},{}", end(self.from), end(self.until)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_are_stars() {
        let day = |day: i8| Timestamp::from_second(i64::from(day) * 86_400).unwrap();
        assert_eq!(DateRange::since(day(1)).text().unwrap(), "1970-01-02T00:00:00Z,*");
        assert_eq!(DateRange::until(day(1)).text().unwrap(), "*,1970-01-02T00:00:00Z");
        let both = DateRange::between(day(1), day(2)).text().unwrap();
        assert_eq!(both, "1970-01-02T00:00:00Z,1970-01-03T00:00:00Z");
    }
}
