//! Documents: pages that people write about an organization.

use serde::{Deserialize, Serialize};

use super::{DocumentContent, OfOrganization, Resource, sealed::Sealed};
use crate::{
    DocumentFolderId, DocumentId, OneOf, OrganizationId, Timestamp,
    query::{filters, sorts},
};

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Document {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// Its title; not unique.
    pub name: Option<String>,
    /// All that it says. Lists embed it too.
    pub content: Option<DocumentContent>,
    /// The folder it lies in; none at the root.
    pub document_folder_id: Option<DocumentFolderId>,
    /// Whether its last changes are published.
    pub published: Option<bool>,
    /// When it was last published.
    pub published_at: Option<Timestamp>,
    /// Whether it is an uploaded file instead of a page.
    pub is_uploaded: Option<bool>,
    /// Whether everybody who has its link may read it.
    pub public: Option<bool>,
    /// Put away; the default list holds such records as well.
    pub archived: Option<bool>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of a list of documents, beside the folder: see [`crate::Folder`]. One by name is
    /// silently ignored by the API: see [`crate::Scoped::documents_named`].
    DocumentFilter {
        /// Its id.
        Id(OneOf<DocumentId>) = "filter[id]",
    }
}

sorts! {
    /// Orders of a list of documents: none is documented.
    DocumentSort {}
}

impl Sealed for Document {
    const IS_LONG: bool = true;
}

impl Resource for Document {
    type Id = DocumentId;
    type Filter = DocumentFilter;
    type Sort = DocumentSort;
    const TYPE: &'static str = "documents";
    const PATH: &'static str = "documents";
    const DEFAULT_SORT: Option<&'static str> = None;
    const NEWEST_FIRST: Option<&'static str> = None;

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Document {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_document_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "resource-url":"https://examplemsp.itglue.invalid/1","name":"Runbook",
            "content":"<p>Step 1</p>","document-folder-id":3600001,"published":true,
            "published-at":"2026-11-03T14:20:11Z","is-uploaded":false,"public":false,
            "archived":false,"restricted":false,"created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "7"), ("content", "7"), ("document-folder-id", "\"a/b\"")];
        testing::holds_to_the_rules::<Document>(whole, &wrong);
    }

    #[test]
    fn what_it_says_does_not_print_in_either_shape() {
        let canary = testing::canary();
        let text = format!(r#"{{"name":"Runbook","content":"<p>{canary}</p>"}}"#);
        let section = format!(r#"{{"resource":{{"content":"{canary}"}}}}"#);
        let sections = format!(r#"{{"name":"Runbook","content":[{section}]}}"#);
        for attributes in [text, sections] {
            let read: Document = testing::parsed(&attributes).unwrap();
            assert!(serde_json::to_string(&read).unwrap().contains(&canary));
            testing::hides(&read, &canary, "Runbook");
        }
    }
}
