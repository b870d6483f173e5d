//! What a person sees of a record.

use itglue::{Configuration, Document, FlexibleAsset, Organization, Password, Record, Resource};

/// A resource with a table of its own.
pub(crate) trait Columns: Resource {
    /// The titles after `ID`.
    const TITLES: &'static [&'static str];

    /// One cell for each title; `None` is an empty one.
    fn cells(&self) -> Vec<Option<String>>;
}

impl Columns for Organization {
    const TITLES: &'static [&'static str] = &["NAME", "SHORT NAME", "TYPE", "STATUS"];

    fn cells(&self) -> Vec<Option<String>> {
        vec![
            self.name.clone(),
            self.short_name.clone(),
            self.organization_type_name.clone(),
            self.organization_status_name.clone(),
        ]
    }
}

impl Columns for Password {
    const TITLES: &'static [&'static str] =
        &["NAME", "USER NAME", "CATEGORY", "BELONGS TO", "NOTE"];

    fn cells(&self) -> Vec<Option<String>> {
        let notes = [(self.archived, "archived"), (Some(self.is_vaulted()), "in a vault")];
        vec![
            self.name.clone(),
            self.username.clone(),
            self.password_category_name.clone(),
            self.cached_resource_name.clone(),
            note(&notes),
        ]
    }
}

impl Columns for Configuration {
    const TITLES: &'static [&'static str] =
        &["NAME", "HOST NAME", "ADDRESS", "TYPE", "STATUS", "NOTE"];

    fn cells(&self) -> Vec<Option<String>> {
        vec![
            self.name.clone(),
            self.hostname.clone(),
            self.primary_ip.clone(),
            self.configuration_type_name.clone(),
            self.configuration_status_name.clone(),
            note(&[(self.archived, "archived")]),
        ]
    }
}

impl Columns for Document {
    const TITLES: &'static [&'static str] = &["NAME", "FOLDER", "CHANGED", "NOTE"];

    fn cells(&self) -> Vec<Option<String>> {
        let unpublished = self.published.map(|published| !published);
        let notes = [(self.archived, "archived"), (unpublished, "not published")];
        vec![
            self.name.clone(),
            self.document_folder_id.map(|id| id.to_string()),
            self.updated_at.map(|at| at.to_string()),
            note(&notes),
        ]
    }
}

impl Columns for FlexibleAsset {
    const TITLES: &'static [&'static str] = &["NAME", "TYPE", "ORGANIZATION", "CHANGED", "NOTE"];

    fn cells(&self) -> Vec<Option<String>> {
        vec![
            self.name.clone(),
            self.flexible_asset_type_name.clone(),
            self.organization_name.clone(),
            self.updated_at.map(|at| at.to_string()),
            note(&[(self.archived, "archived")]),
        ]
    }
}

/// Those that hold.
fn note(notes: &[(Option<bool>, &str)]) -> Option<String> {
    let hold = notes.iter().filter(|(holds, _)| *holds == Some(true));
    let text = hold.map(|(_, note)| *note).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}

/// The record's cells, each on a line with its title.
pub(crate) fn lines<R: Columns>(record: &Record<R>) -> String {
    let cells = record.attributes.cells().into_iter().map(Option::unwrap_or_default);
    let given = R::TITLES.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let lines = given.map(|(title, cell)| {
        let (first, rest) = title.split_at(1);
        format!("{first}{}: {}\n", rest.to_lowercase(), without_controls(&cell))
    });
    format!("ID: {}\n{}", record.id, lines.collect::<String>())
}

/// Records are other people's texts; a terminal would obey escape sequences in them.
pub(crate) fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
