//! Standard output: one JSON object a line as rows come, or a table when all are there.

use std::io::{self, BufWriter, Stdout, Write as _};

use itglue::Record;
use serde::Serialize;

use crate::{
    columns::{Columns, without_controls},
    failure::Failure,
};

/// What is written, and whether it still can be.
pub(crate) struct Output {
    form: Form,
    rows: u64,
    to: BufWriter<Stdout>,
    broken: Option<io::Error>,
}

enum Form {
    Lines,
    /// Titles first.
    Table(Vec<Vec<String>>),
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        let form = if json { Form::Lines } else { Form::Table(Vec::new()) };
        Self { form, rows: 0, to: BufWriter::new(io::stdout()), broken: None }
    }

    /// How many rows there were.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether nothing more can be written.
    pub(crate) fn is_closed(&self) -> bool {
        self.broken.is_some()
    }

    /// One row of a list.
    pub(crate) fn row<R: Columns>(&mut self, record: &Record<R>) {
        self.rows = self.rows.saturating_add(1);
        match &mut self.form {
            Form::Lines => self.json(record),
            Form::Table(rows) => {
                if rows.is_empty() {
                    let titles = ["ID"].iter().chain(R::TITLES);
                    rows.push(titles.map(|title| (*title).to_owned()).collect());
                }
                let cells = record.attributes.cells().into_iter();
                let cells = cells.map(|cell| without_controls(&cell.unwrap_or_default()));
                rows.push(std::iter::once(record.id.to_string()).chain(cells).collect());
            }
        }
    }

    /// The one thing that was asked for: as an object, or in words.
    pub(crate) fn one(&mut self, object: &impl Serialize, words: &str) {
        self.rows = self.rows.saturating_add(1);
        match self.form {
            Form::Lines => self.json(object),
            Form::Table(_) => {
                let written = writeln!(self.to, "{words}");
                self.keep(written);
            }
        }
    }

    /// Writes what is left.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        if let Form::Table(rows) = &self.form {
            let written = table(rows).try_for_each(|line| writeln!(self.to, "{line}"));
            self.keep(written);
        }
        let flushed = self.to.flush();
        self.keep(flushed);
        match self.broken.take() {
            // `| head` has seen enough.
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Some(error) => Err(error.into()),
            None => Ok(()),
        }
    }

    fn json(&mut self, object: &impl Serialize) {
        if !self.is_closed() {
            let written = serde_json::to_writer(&mut self.to, object).map_err(io::Error::from);
            let written = written.and_then(|()| self.to.write_all(b"\n"));
            self.keep(written);
        }
    }

    fn keep(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.broken.get_or_insert(error);
        }
    }
}

/// Columns as wide as their widest cell, two spaces apart.
fn table(rows: &[Vec<String>]) -> impl Iterator<Item = String> {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|column| width(rows, column)).collect();
    rows.iter().map(move |row| {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    })
}

fn width(rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
}
