//! What was rendered since the last change, so that the server is not what a benchmark measures.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use axum::body::Bytes;

use super::{kind::Kind, listing::Row};

/// Bodies are forgotten beyond this many bytes.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Rendered rows, chosen and ordered lists, and whole pages.
#[derive(Default)]
pub(crate) struct Cache {
    pub(crate) rows: BTreeMap<Kind, Arc<Vec<Row>>>,
    /// Indexes into the rows, by everything asked but the page.
    pub(crate) chosen: HashMap<String, Arc<Vec<usize>>>,
    pages: HashMap<String, Bytes>,
    bytes: usize,
}

impl Cache {
    /// The body that was made for the same path and query.
    pub(crate) fn page(&self, asked: &str) -> Option<Bytes> {
        self.pages.get(asked).cloned()
    }

    pub(crate) fn keep(&mut self, asked: String, body: Bytes) {
        self.bytes = self.bytes.saturating_add(body.len());
        if self.bytes > MOST_BYTES {
            self.pages.clear();
            self.bytes = body.len();
        }
        self.pages.insert(asked, body);
    }
}
