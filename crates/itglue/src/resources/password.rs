//! What is known of a password without its value.

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    OneOf, OrganizationId, PasswordCategoryId, PasswordFolderId, PasswordId, ResourceId, Timestamp,
    VaultId,
    query::{filters, sorts},
};

/// A password record's metadata. There is no field for the value, and a value in a list is
/// ignored; notes are left out too, since they often hold further secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Password {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's title; not unique.
    pub name: Option<String>,
    /// The account name, free text: `CORP\adm`, `adm@corp.example`, `adm`, or nothing.
    pub username: Option<String>,
    /// Where it is used, free text.
    pub url: Option<String>,
    /// Its category.
    pub password_category_id: Option<PasswordCategoryId>,
    /// Its category's name.
    pub password_category_name: Option<String>,
    /// The folder it lies in.
    pub password_folder_id: Option<PasswordFolderId>,
    /// What it is embedded in, as the API reads it back: `configurations`,
    /// `flexible-asset-traits` ...
    pub resource_type: Option<String>,
    /// The id of what it is embedded in.
    pub resource_id: Option<ResourceId>,
    /// What people call that kind, such as `Server`.
    pub cached_resource_type_name: Option<String>,
    /// The name of what it is embedded in.
    pub cached_resource_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// The page of what it is embedded in. Never fetched here.
    pub parent_url: Option<String>,
    /// Put away; the default list holds such records as well.
    pub archived: Option<bool>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// One person's own.
    pub personal: Option<bool>,
    /// A one-time-password generator is set up; its seed is not given to API keys.
    pub otp_enabled: Option<bool>,
    /// The vault it is encrypted in, with a passphrase that only a browser can apply.
    pub vault_id: Option<VaultId>,
    /// Which form fields IT Glue's own extension fills, in a shape that is not documented.
    pub autofill_selectors: Option<serde_json::Value>,
    /// When the value last changed.
    pub password_updated_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Option<Timestamp>,
    /// Only so that a second one in the same row is noticed.
    #[serde(rename = "password", skip_serializing)]
    value_dropped: Dropped,
}

impl Password {
    /// IT Glue cannot decrypt it for an API key, only a browser can.
    #[must_use]
    pub fn is_vaulted(&self) -> bool {
        self.vault_id.is_some()
    }
}

/// Whatever stood there is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Dropped;

impl<'de> Deserialize<'de> for Dropped {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(input).map(|_ignored| Self)
    }
}

filters! {
    /// Filters of a list of passwords. There is none for changes, folders or usernames.
    PasswordFilter {
        /// Its id.
        Id(OneOf<PasswordId>) = "filter[id]",
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// Its organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
        /// Its category.
        Category(OneOf<PasswordCategoryId>) = "filter[password_category_id]",
        /// Its whole URL.
        Url(OneOf<String>) = "filter[url]",
        /// The whole name of what it is embedded in.
        ResourceName(OneOf<String>) = "filter[cached_resource_name]",
        /// Put away, or not.
        Archived(bool) = "filter[archived]",
    }
}

sorts! {
    /// Orders of a list of passwords.
    PasswordSort {
        /// By name.
        Name = "name",
        /// By account name.
        Username = "username",
        /// By URL.
        Url = "url",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated-at",
    }
}

impl Sealed for Password {}

impl Resource for Password {
    type Id = PasswordId;
    type Filter = PasswordFilter;
    type Sort = PasswordSort;
    const TYPE: &'static str = "passwords";
    const PATH: &'static str = "passwords";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated-at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Password {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_password_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "name":"Domain Admin","username":"CORP\\adm","url":"https://dc01.example",
            "password-category-id":310013,"password-category-name":"Administrative",
            "password-folder-id":310050,"resource-type":"configurations","resource-id":910001,
            "cached-resource-type-name":"Server","cached-resource-name":"DC01",
            "resource-url":"https://examplemsp.itglue.invalid/1","parent-url":"https://a.invalid/",
            "archived":false,"restricted":true,"personal":false,"otp-enabled":true,"vault-id":77,
            "autofill-selectors":{"user":"css"},"password-updated-at":"2026-09-30T08:00:00Z",
            "created-at":"2021-02-11T10:00:00Z","updated-at":"2026-09-30T08:00:00Z"}"#;
        let wrong = [("name", "12"), ("archived", "\"yes\""), ("resource-id", "-3")];
        testing::holds_to_the_rules::<Password>(whole, &wrong);
    }
}
