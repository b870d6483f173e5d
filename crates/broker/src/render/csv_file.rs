//! CSV that spreadsheets show and do not run.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

/// A file of lines.
pub(crate) struct Csv(Writer<Vec<u8>>);

impl Csv {
    /// With a line of headings.
    pub(super) fn with_headings(headings: &[&str]) -> Self {
        let mut builder = WriterBuilder::new();
        // Quoted throughout, so that a program that takes semicolons for separators sees no formula
        // in the middle of a text either.
        builder.quote_style(QuoteStyle::Always).terminator(Terminator::CRLF);
        let mut file = Self(builder.from_writer(Vec::new()));
        file.add(headings);
        file
    }

    /// Adds a line.
    pub(super) fn add(&mut self, cells: &[impl AsRef<str>]) {
        let cells = cells.iter().map(|cell| defused(cell.as_ref()));
        // It is written into memory, and each line has as many cells as the headings.
        self.0.write_record(cells).ok();
    }

    /// The whole file.
    pub(super) fn text(self) -> String {
        let bytes = self.0.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// The text, so that no spreadsheet takes it for a formula: what begins like one gets an apostrophe
/// before it, also where spaces or the wide forms of East Asian input stand there.
fn defused(text: &str) -> String {
    const BEGINS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let begins = text.trim_start_matches(blank).starts_with(BEGINS);
    let tab = text.starts_with(['\t', '\r', '\n']);
    if begins || tab { format!("'{text}") } else { text.to_owned() }
}
