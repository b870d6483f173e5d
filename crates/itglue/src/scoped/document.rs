//! One document: looked at, made, renamed and published. What it says goes through its sections.

use serde::Serialize;

use super::Scoped;
use crate::{Document, DocumentFolderId, DocumentId, Error, Record, Resource};

impl Scoped<'_> {
    /// Fetches one document with all that it says.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the account has no such document, [`Error::ForeignOrganization`] if
    /// another organization has it, and every way in which a call can fail.
    pub async fn document(&self, id: DocumentId) -> Result<Record<Document>, Error> {
        self.flat_record(id).await
    }

    /// Makes a document in this organization, at the root or in a folder. It is empty: see
    /// [`Scoped::create_section`].
    ///
    /// # Errors
    /// [`Error::Unprocessable`] if IT Glue does not accept an attribute, [`Error::NotAllowed`] if
    /// the key may not do this, and every way in which a call can fail. After
    /// [`Error::CutShort`] or [`Error::TimedOut`] it may have been made nevertheless.
    pub async fn create_document(
        &self,
        name: &str,
        folder: Option<DocumentFolderId>,
    ) -> Result<Record<Document>, Error> {
        self.create(&Attributes { name: Some(name), document_folder_id: folder }).await
    }

    /// Gives a document another name.
    ///
    /// The document is looked at first, since a change by its id alone would reach any
    /// organization of the account.
    ///
    /// # Errors
    /// As [`Scoped::document`] and [`Scoped::create_document`].
    pub async fn rename_document(
        &self,
        id: DocumentId,
        name: &str,
    ) -> Result<Record<Document>, Error> {
        let change = Attributes { name: Some(name), ..Attributes::default() };
        self.change_document(id, &[Document::PATH, &id.to_string()], &change).await
    }

    /// Publishes the changes that were made to a document, which is looked at first.
    ///
    /// # Errors
    /// As [`Scoped::document`] and [`Scoped::create_document`].
    pub async fn publish_document(&self, id: DocumentId) -> Result<Record<Document>, Error> {
        let path = [Document::PATH, &id.to_string(), "publish"];
        match self.change_document(id, &path, &Attributes::default()).await {
            // Whether it answers with the document is not documented.
            Err(Error::UnexpectedStatus(204)) => self.document(id).await,
            published => published,
        }
    }

    async fn change_document(
        &self,
        id: DocumentId,
        path: &[&str],
        change: &Attributes<'_>,
    ) -> Result<Record<Document>, Error> {
        self.document(id).await?;
        self.change(id, path, change).await
    }
}

/// What can be written of a document.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Attributes<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_folder_id: Option<DocumentFolderId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoped::request;

    fn written(attributes: &Attributes<'_>) -> String {
        String::from_utf8(request::body(Document::TYPE, attributes).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn only_what_is_set_is_written() {
        let folder = Some(DocumentFolderId::new(3_600_001));
        let new = Attributes { name: Some("Runbook"), document_folder_id: folder };
        let expected = r#"{"name":"Runbook","document-folder-id":3600001}"#;
        let body = format!(r#"{{"data":{{"type":"documents","attributes":{expected}}}}}"#);
        assert_eq!(written(&new), body);
        let nothing = r#"{"data":{"type":"documents","attributes":{}}}"#;
        assert_eq!(written(&Attributes::default()), nothing);
    }
}
