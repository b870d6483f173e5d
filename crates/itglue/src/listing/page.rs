//! What a caller sees of a list while it comes.

use std::time::Duration;

use crate::{Record, Resource};

/// Something that happened while a list was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<R: Resource> {
    /// More rows are here.
    Rows(Page<R>),
    /// The account's limit or this process's share of it is used up. The list goes on by itself
    /// after about this long; dropping the call gives up.
    Waiting(Duration),
}

/// Some rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<R: Resource> {
    /// The rows that are new with this page, in the order asked for; each comes once in a list.
    pub rows: Vec<Record<R>>,
    /// How many rows the whole list has, as this page says; for progress only.
    pub total_count: u64,
}

/// A list that has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// How many rows were handed over.
    pub rows: u64,
    /// How many the server said there are, with its last page. More than `rows` where records
    /// were deleted or moved while the pages came: some may have been missed.
    pub total_count: u64,
}
