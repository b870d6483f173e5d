//! The faults.

use std::time::Duration;

use super::trouble::Trouble;

/// One way to misbehave, until it is cleared.
///
/// URLs are `'static` so that a fault can be copied and listed in a constant; a test that makes one
/// up leaks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every key gets the gateway's 403.
    KeyRevoked,
    /// Every request gets 429.
    RateLimited {
        /// Seconds for the `Retry-After` header, if it is to be sent.
        retry_after: Option<u32>,
    },
    /// Every request gets 429 with a date in `Retry-After`.
    RateLimitedUntil {
        /// How many seconds ahead that date is.
        seconds: u32,
    },
    /// The connection ends half-way through the body, whose length was promised.
    CutShort,
    /// The connection ends half-way through a chunked body.
    CutShortChunked,
    /// Half the body, sent as if it were the whole.
    HalfBody,
    /// The first row of a list, or the record shown, belongs to another organization.
    ForeignRow,
    /// Nobody listens on the port.
    Down,
    /// Every request gets this status with the error body for it.
    ServerError(u16),
    /// Answers come this much later; other requests do not wait for them.
    Slow(Duration),
    /// A page with more rows than this is too much.
    TooLarge {
        /// The most rows that work.
        above: usize,
        /// The status beyond, such as 502 or 504.
        status: u16,
    },
    /// The connection is reset before anything is answered.
    Reset,
    /// The body comes in small pieces with pauses.
    Dribble {
        /// Bytes in a piece.
        piece: usize,
        /// The pause after each.
        pause: Duration,
    },
    /// 200 with a page for people.
    Html,
    /// A chunked body without end.
    Endless,
    /// A small body that inflates to so many mebibytes.
    Bomb {
        /// How large it is when inflated.
        mebibytes: u32,
    },
    /// A redirect.
    Redirect {
        /// Such as 302.
        status: u16,
        /// The `Location`.
        to: &'static str,
    },
    /// All links of a list lead elsewhere.
    Links {
        /// Where they lead.
        to: &'static str,
    },
    /// The record shown has another id than the one asked for.
    WrongId,
    /// The first row of a list, or the record shown, is of another type.
    WrongType,
    /// A list without `meta`.
    NoMeta,
    /// There is always a next page.
    EndlessPages {
        /// Whether each page has rows with ids that were not there before.
        fresh: bool,
    },
    /// Later pages begin with the last rows of the page before, as when rows were added meanwhile.
    DuplicateRows {
        /// How many rows repeat.
        by: usize,
    },
    /// The first page, whichever was asked for.
    SamePage,
    /// Each page names itself as the next one.
    StuckPages,
    /// An attribute of the first row is an array in arrays.
    DeepJson {
        /// How many.
        depth: usize,
    },
    /// An attribute of the first row is very long.
    HugeText {
        /// How many bytes.
        bytes: usize,
    },
    /// The first row has this member twice: `id`, or `password` among its attributes.
    Twice(&'static str),
    /// An attribute of the first row has another value.
    Attribute {
        /// Its name in kebab case.
        name: &'static str,
        /// The value as JSON.
        json: &'static str,
    },
    /// Rows of a list of passwords come with their values.
    ValuesInList,
}

impl Fault {
    /// For so many requests only.
    #[must_use]
    pub fn times(self, requests: u32) -> Trouble {
        Trouble::from(self).times(requests)
    }

    /// Only where the path contains this.
    #[must_use]
    pub fn on(self, path: impl Into<String>) -> Trouble {
        Trouble::from(self).on(path)
    }

    /// Only after so many requests that it would have struck.
    #[must_use]
    pub fn after(self, requests: u32) -> Trouble {
        Trouble::from(self).after(requests)
    }

    /// Only on this page of a list.
    #[must_use]
    pub fn on_page(self, number: usize) -> Trouble {
        Trouble::from(self).on_page(number)
    }
}
