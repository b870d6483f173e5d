//! What the stand-in account was asked, for tests to look at.

use std::time::Instant;

/// Decoded pairs, in the order they came.
pub(crate) type Query = [(String, String)];

/// A request as it arrived. Keys and the values of bodies are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRequest {
    /// Such as `GET`.
    pub method: String,
    /// Such as `/organizations`.
    pub path: String,
    /// Decoded pairs, in the order they came.
    pub query: Vec<(String, String)>,
    /// Whether it carried an API key header (right or wrong).
    pub had_key: bool,
    /// Its `Accept-Encoding`.
    pub accept_encoding: Option<String>,
    /// The attributes that a body named, as it spelled them.
    pub attributes: Vec<String>,
    /// The filters that this list has not, which the real API silently ignores too.
    pub ignored_filters: Vec<String>,
    /// When it arrived.
    pub arrived: Instant,
    /// Status of the answer, 0 while there is none.
    pub status: u16,
    /// Whether IT Glue is known to have such a route and parameters.
    pub expected: bool,
}

impl SeenRequest {
    /// The value of a query parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        param(&self.query, name)
    }
}

/// The requests so far, by number.
#[derive(Default)]
pub(crate) struct Log {
    seen: Vec<SeenRequest>,
    /// Forgotten ones that IT Glue is not known to answer: a test is still to hear of them.
    unexpected: Vec<SeenRequest>,
    /// How many were forgotten.
    forgotten: usize,
    in_flight: usize,
    pub(crate) peak: usize,
}

impl Log {
    /// Notes a request that has just arrived, and returns its number.
    pub(crate) fn arrived(&mut self, request: SeenRequest) -> usize {
        self.seen.push(request);
        self.in_flight = self.in_flight.saturating_add(1);
        self.peak = self.peak.max(self.in_flight);
        self.forgotten.saturating_add(self.seen.len()).saturating_sub(1)
    }

    /// Adds to what is known of a request, unless it has been forgotten.
    pub(crate) fn add(&mut self, number: usize, change: impl FnOnce(&mut SeenRequest)) {
        let index = number.checked_sub(self.forgotten);
        if let Some(seen) = index.and_then(|index| self.seen.get_mut(index)) {
            change(seen);
        }
    }

    /// A request is no longer being handled.
    pub(crate) fn left(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    pub(crate) fn all(&self) -> &[SeenRequest] {
        &self.seen
    }

    pub(crate) fn unexpected(&self) -> Vec<SeenRequest> {
        let now = self.seen.iter().filter(|seen| !seen.expected);
        self.unexpected.iter().chain(now).cloned().collect()
    }

    /// Forgets all but the requests that should not have been made.
    pub(crate) fn forget(&mut self) {
        self.forgotten = self.forgotten.saturating_add(self.seen.len());
        self.unexpected.extend(self.seen.drain(..).filter(|seen| !seen.expected));
        self.peak = self.in_flight;
    }
}

pub(crate) fn param<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
