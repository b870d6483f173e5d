//! What a person sees of a record.

use std::fmt::Write as _;

use itglue::{Organization, Password, Record, Resource};

/// A resource with a table of its own.
pub(crate) trait Columns: Resource {
    /// The titles after `ID`.
    const TITLES: &'static [&'static str];

    /// One cell for each title; `None` is an empty one.
    fn cells(&self) -> Vec<Option<&str>>;
}

impl Columns for Organization {
    const TITLES: &'static [&'static str] = &["NAME", "SHORT NAME", "TYPE", "STATUS"];

    fn cells(&self) -> Vec<Option<&str>> {
        vec![
            self.name.as_deref(),
            self.short_name.as_deref(),
            self.organization_type_name.as_deref(),
            self.organization_status_name.as_deref(),
        ]
    }
}

impl Columns for Password {
    const TITLES: &'static [&'static str] =
        &["NAME", "USER NAME", "CATEGORY", "BELONGS TO", "NOTE"];

    fn cells(&self) -> Vec<Option<&str>> {
        vec![
            self.name.as_deref(),
            self.username.as_deref(),
            self.password_category_name.as_deref(),
            self.cached_resource_name.as_deref(),
            note(self),
        ]
    }
}

fn note(password: &Password) -> Option<&'static str> {
    match (password.archived, password.is_vaulted()) {
        (Some(true), _) => Some("archived"),
        (_, true) => Some("in a vault"),
        _ => None,
    }
}

/// The record's cells, each on a line with its title.
pub(crate) fn lines<R: Columns>(record: &Record<R>) -> String {
    let mut text = format!("ID: {}\n", record.id);
    for (title, cell) in R::TITLES.iter().zip(record.attributes.cells()) {
        if let Some(cell) = cell {
            let (first, rest) = title.split_at(1);
            // Writing to a text cannot fail.
            let _written =
                writeln!(text, "{first}{}: {}", rest.to_lowercase(), without_controls(cell));
        }
    }
    text
}

/// Records are other people's texts; a terminal would obey escape sequences in them.
pub(crate) fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
