//! Sections: what a document is made of.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    DocumentId, OneOf, SectionId, Sensitive, Timestamp,
    query::{FilterText, filters, sorts},
};

/// A section of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Section {
    /// The document it belongs to.
    pub document_id: Option<DocumentId>,
    /// Its kind, as the API names it; see [`Section::kind`].
    pub resource_type: Option<String>,
    /// What it says: HTML, or the text of a heading.
    pub content: Option<Sensitive>,
    /// The same, ready to be shown.
    pub rendered_content: Option<Sensitive>,
    /// Of a heading: how deep, 1 being the highest.
    pub level: Option<u64>,
    /// Of a step: how long it takes; in which unit is not documented.
    pub duration: Option<u64>,
    /// Its place among the document's sections, the smallest first.
    pub sort: Option<i64>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Option<Timestamp>,
}

impl Section {
    /// Its kind, if it is one that is known.
    #[must_use]
    pub fn kind(&self) -> Option<SectionKind> {
        let name = self.resource_type.as_deref()?;
        SectionKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A kind of section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum SectionKind {
    /// Text.
    #[serde(rename = "Document::Text")]
    Text,
    /// A heading.
    #[serde(rename = "Document::Heading")]
    Heading,
    /// Pictures.
    #[serde(rename = "Document::Gallery")]
    Gallery,
    /// A step of a procedure.
    #[serde(rename = "Document::Step")]
    Step,
}

impl SectionKind {
    /// All kinds that are known.
    pub const ALL: [Self; 4] = [Self::Text, Self::Heading, Self::Gallery, Self::Step];

    /// The API's name of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Document::Text",
            Self::Heading => "Document::Heading",
            Self::Gallery => "Document::Gallery",
            Self::Step => "Document::Step",
        }
    }
}

impl FilterText for SectionKind {
    fn text(&self) -> Option<String> {
        Some(self.name().to_owned())
    }
}

filters! {
    /// Filters of a list of sections.
    SectionFilter {
        /// Its id.
        Id(OneOf<SectionId>) = "filter[id]",
        /// Its kind.
        Kind(SectionKind) = "filter[resource_type]",
        /// Its document; the list below a document needs none.
        Document(OneOf<DocumentId>) = "filter[document_id]",
    }
}

sorts! {
    /// Orders of a list of sections.
    SectionSort {
        /// By its place in the document.
        Place = "sort",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for Section {
    const IS_LONG: bool = true;
}

impl Resource for Section {
    type Id = SectionId;
    type Filter = SectionFilter;
    type Sort = SectionSort;
    const TYPE: &'static str = "document-sections";
    const PATH: &'static str = "sections";
    const DEFAULT_SORT: Option<&'static str> = Some("sort");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_section_is_read_as_the_rules_say() {
        let whole = r#"{"document-id":6400001,"resource-type":"Document::Heading",
            "content":"Steps","rendered-content":"<h2>Steps</h2>","level":2,"duration":5,"sort":1,
            "created-at":"2019-04-02T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("content", "[]"), ("level", "\"2\""), ("sort", "1.5")];
        testing::holds_to_the_rules::<Section>(whole, &wrong);
    }

    #[test]
    fn a_kind_is_written_as_it_is_read_and_an_unknown_one_is_none() {
        for kind in SectionKind::ALL {
            let written = serde_json::to_string(&kind).unwrap();
            assert_eq!(written, format!("\"{}\"", kind.name()));
            let section = format!(r#"{{"resource-type":{written}}}"#);
            assert_eq!(testing::parsed::<Section>(&section).unwrap().kind(), Some(kind));
        }
        let new = testing::parsed::<Section>(r#"{"resource-type":"Document::Made::Up"}"#).unwrap();
        assert_eq!(new.kind(), None);
    }

    #[test]
    fn what_it_says_does_not_print() {
        let canary = testing::canary();
        let texts = format!(r#"{{"sort":731,"content":"{canary}","rendered-content":"{canary}"}}"#);
        let read: Section = testing::parsed(&texts).unwrap();
        assert_eq!(read.content.as_ref().map(Sensitive::as_str), Some(canary.as_str()));
        testing::hides(&read, &canary, "731");
    }
}
