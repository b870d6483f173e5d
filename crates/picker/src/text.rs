//! A record's searchable texts, brought once into the form that the matcher reads.

use nucleo_matcher::Utf32String;
use usher_core::entry::PasswordRecord;

/// What a record is searched by.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) name: Utf32String,
    pub(crate) username: Option<Utf32String>,
    pub(crate) category: Option<Utf32String>,
    pub(crate) resource: Option<Utf32String>,
}

impl Texts {
    pub(crate) fn of(record: &PasswordRecord) -> Self {
        let text = |field: &Option<String>| field.as_deref().map(Utf32String::from);
        Self {
            name: record.name.as_str().into(),
            username: text(&record.username),
            category: text(&record.category),
            resource: text(&record.resource),
        }
    }

    /// The texts besides the name, those that are there.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Utf32String> {
        [&self.username, &self.category, &self.resource].into_iter().flatten()
    }
}
