//! Folders that an organization's passwords lie in.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    OneOf, OrganizationId, PasswordFolderId, Timestamp,
    query::{filters, sorts},
};

/// A password folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct PasswordFolder {
    /// The organization it belongs to. Whether rows name it is not known.
    pub organization_id: Option<OrganizationId>,
    /// Its name.
    pub name: Option<String>,
    /// The folder it lies in.
    pub parent_id: Option<PasswordFolderId>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of a list of password folders.
    PasswordFolderFilter {
        /// Its id.
        Id(OneOf<PasswordFolderId>) = "filter[id]",
    }
}

sorts! {
    /// Orders of a list of password folders.
    PasswordFolderSort {
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated-at",
    }
}

impl Sealed for PasswordFolder {}

impl Resource for PasswordFolder {
    type Id = PasswordFolderId;
    type Filter = PasswordFolderFilter;
    type Sort = PasswordFolderSort;
    const TYPE: &'static str = "password-folders";
    const PATH: &'static str = "password_folders";
    const DEFAULT_SORT: Option<&'static str> = Some("created_at");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated-at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for PasswordFolder {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_password_folder_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"name":"Servers","parent-id":3100001,
            "restricted":false,"updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("organization-id", "1.5"), ("parent-id", "{}"), ("restricted", "0")];
        testing::holds_to_the_rules::<PasswordFolder>(whole, &wrong);
    }
}
