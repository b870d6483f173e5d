//! What leaves the audit log as a file: JSON Lines, CSV, and the client report as a page to print.

mod csv_file;
mod fault;
mod json_lines;
mod page;
mod report;
mod rotation;
mod row;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use usher_core::audit::{AuditRow, Format};
use usher_core::book::Book;
use usher_core::time::Moment;

use csv_file::Csv;
pub use fault::log_fault_of;
pub(crate) use page::report_html;
pub(crate) use report::report_csv;
pub(crate) use rotation::rotation_csv;

/// A file of rows of the log, as it grows.
pub(crate) enum File {
    /// One JSON object per line.
    JsonLines(String),
    /// Comma-separated values.
    Csv(Box<Csv>),
}

impl File {
    /// An empty one; CSV with its line of headings.
    pub(crate) fn new(format: Format) -> Self {
        match format {
            Format::JsonLines => Self::JsonLines(String::new()),
            Format::Csv => Self::Csv(Box::new(Csv::with_headings(&row::HEADINGS))),
        }
    }

    /// Adds these rows, with people's names as the book has them now.
    pub(crate) fn add(&mut self, book: &Book, rows: &[AuditRow]) {
        for row in rows.iter().map(|row| row::Row::of(book, row)) {
            match self {
                Self::JsonLines(text) => json_lines::add(text, &row),
                Self::Csv(csv) => csv.add(&row.cells()),
            }
        }
    }

    /// The whole file.
    pub(crate) fn text(self) -> String {
        match self {
            Self::JsonLines(text) => text,
            Self::Csv(csv) => csv.text(),
        }
    }
}

/// A moment as in `2026-11-21T17:05:09.123Z`; empty for one that no calendar has.
fn iso(at: Moment) -> String {
    let millis = i64::try_from(at.unix_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(millis).map(|at| at.to_string()).unwrap_or_default()
}
