//! The sections of an organization's documents. They do not name an organization: their document
//! is looked at first, and each of them is checked to be of that document.

use reqwest::Method;
use serde::Serialize;

use super::{Scoped, is, one};
use crate::{
    Document, DocumentId, Error, Listing, Record, Resource, Section, SectionId, SectionKind,
    Sensitive,
};

impl Scoped<'_> {
    /// The sections of a document, in their order.
    ///
    /// # Errors
    /// As [`Scoped::document`]; [`Error::WrongRecord`] if one is of another document.
    pub async fn sections(&self, document: DocumentId) -> Result<Vec<Record<Section>>, Error> {
        self.document(document).await?;
        let parent = document.to_string();
        let path = route(&parent).map(str::to_owned).to_vec();
        let list = Listing::new(self.transport, path, None, |_, _| Ok(()));
        let sections = list.all().await?;
        sections.iter().try_for_each(|section| of_document(document, section))?;
        Ok(sections)
    }

    /// Fetches one section of a document.
    ///
    /// # Errors
    /// As [`Scoped::sections`]; [`Error::NotFound`] if the document has no such section.
    pub async fn section(
        &self,
        document: DocumentId,
        id: SectionId,
    ) -> Result<Record<Section>, Error> {
        self.document(document).await?;
        let (parent, record) = (document.to_string(), id.to_string());
        let path = [&route(&parent)[..], &[&record]].concat();
        let body = self.ask::<Section>(&path, &[]).await?;
        let section = one(id, &body)?;
        of_document(document, &section)?;
        Ok(section)
    }

    /// Adds a section to a document.
    ///
    /// # Errors
    /// As [`Scoped::document`] and [`Scoped::create_document`].
    pub async fn create_section(
        &self,
        document: DocumentId,
        new: &NewSection,
    ) -> Result<Record<Section>, Error> {
        self.document(document).await?;
        let parent = document.to_string();
        let section = self.written(&Method::POST, &route(&parent), new).await?;
        of_document(document, &section)?;
        Ok(section)
    }

    /// Changes a section; what `change` does not name stays as it is. Document and section are
    /// looked at first.
    ///
    /// # Errors
    /// As [`Scoped::section`] and [`Scoped::create_document`].
    pub async fn update_section(
        &self,
        document: DocumentId,
        id: SectionId,
        change: &SectionChange,
    ) -> Result<Record<Section>, Error> {
        self.section(document, id).await?;
        let (parent, record) = (document.to_string(), id.to_string());
        let path = [&route(&parent)[..], &[&record]].concat();
        let section = self.written(&Method::PATCH, &path, change).await?;
        is(id, &section)?;
        of_document(document, &section)?;
        Ok(section)
    }
}

/// The path of a document's sections.
fn route(document: &str) -> [&str; 4] {
    [Document::PATH, document, "relationships", Section::PATH]
}

/// Refuses a section that names another document. One that names none is taken: sections are only
/// ever asked for below their document.
fn of_document(expected: DocumentId, section: &Record<Section>) -> Result<(), Error> {
    match section.attributes.document_id {
        Some(found) if found != expected => {
            Err(Error::WrongRecord { expected: expected.get(), found: found.get() })
        }
        _ => Ok(()),
    }
}

/// A section to be added to a document.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NewSection {
    resource_type: SectionKind,
    #[serde(flatten)]
    rest: SectionChange,
}

impl NewSection {
    /// A section of this kind with what `rest` names.
    #[must_use]
    pub fn new(kind: SectionKind, rest: SectionChange) -> Self {
        Self { resource_type: kind, rest }
    }
}

/// What a section is to be changed to; its kind stays. It cannot be printed, since people write
/// secrets into documents.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SectionChange {
    /// What it says: HTML, or the text of a heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Sensitive>,
    /// Of a heading: how deep, 1 being the highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u64>,
    /// Its place among the document's sections, the smallest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoped::request;

    fn written(attributes: &impl Serialize) -> String {
        String::from_utf8(request::body(Section::TYPE, attributes).unwrap().to_vec()).unwrap()
    }

    fn body(attributes: &str) -> String {
        format!(r#"{{"data":{{"type":"document-sections","attributes":{attributes}}}}}"#)
    }

    #[test]
    fn only_what_is_set_is_written() {
        let content = Some("<p>Step 1</p>".to_owned().into());
        let rest = SectionChange { content, ..SectionChange::default() };
        let text = r#"{"resource-type":"Document::Text","content":"<p>Step 1</p>"}"#;
        assert_eq!(written(&NewSection::new(SectionKind::Text, rest)), body(text));
        let change = SectionChange { level: Some(2), sort: Some(7), ..SectionChange::default() };
        assert_eq!(written(&change), body(r#"{"level":2,"sort":7}"#));
    }

    #[test]
    fn a_section_may_keep_silent_but_not_name_another_document() {
        let expected = DocumentId::new(7);
        let verdict = |document_id: Option<DocumentId>| {
            let attributes = Section { document_id, ..Section::default() };
            of_document(expected, &Record { id: SectionId::new(1), attributes })
        };
        assert_eq!(verdict(None), Ok(()));
        assert_eq!(verdict(Some(expected)), Ok(()));
        let wrong = Error::WrongRecord { expected: 7, found: 8 };
        assert_eq!(verdict(Some(DocumentId::new(8))), Err(wrong));
    }
}
