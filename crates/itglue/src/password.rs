//! What is known of a password without its value.

use jiff::Timestamp;
use serde::Deserialize;

use crate::{CategoryId, Error, FolderId, OrganizationId, PasswordId, ResourceId, wire};

/// A password record's metadata. There is no field for the value, and a value in a list is
/// ignored; notes are left out too, since they often hold further secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags, as the API gives them")]
pub struct PasswordRecord {
    /// Its id.
    pub id: PasswordId,
    /// The organization it belongs to; always the one that was asked for.
    pub organization_id: OrganizationId,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's title; not unique.
    pub name: String,
    /// The account name, free text: `CORP\adm`, `adm@corp.example`, `adm`, or nothing.
    pub username: Option<String>,
    /// Where it is used, free text.
    pub url: Option<String>,
    /// Its category.
    pub category_id: Option<CategoryId>,
    /// Its category's name.
    pub category_name: Option<String>,
    /// The folder it lies in.
    pub folder_id: Option<FolderId>,
    /// What it is embedded in, as the API reads it back: `configurations`,
    /// `flexible-asset-traits` ...
    pub resource_type: Option<String>,
    /// The id of what it is embedded in.
    pub resource_id: Option<ResourceId>,
    /// The name of what it is embedded in.
    pub resource_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// Put away; the default list holds such records as well.
    pub archived: bool,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: bool,
    /// One person's own.
    pub personal: bool,
    /// A one-time-password generator is set up; its secret is not given to API keys.
    pub otp_enabled: bool,
    /// Encrypted with a vault passphrase: the value cannot be had here.
    pub vaulted: bool,
    /// When the value last changed.
    pub password_updated_at: Option<Timestamp>,
    /// When anything last changed.
    pub updated_at: Option<Timestamp>,
}

impl PasswordRecord {
    /// Refuses a record that is not of the organization that was asked for.
    pub(crate) fn of(self, expected: &OrganizationId) -> Result<Self, Error> {
        if self.organization_id == *expected {
            return Ok(self);
        }
        Err(Error::ForeignOrganization { expected: expected.clone(), found: self.organization_id })
    }
}

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) id: PasswordId,
    r#type: PasswordType,
    pub(crate) attributes: Attributes,
}

#[derive(Deserialize)]
pub(crate) enum PasswordType {
    #[serde(rename = "passwords")]
    Passwords,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "independent flags, as the API gives them")]
pub(crate) struct Attributes {
    organization_id: OrganizationId,
    #[serde(default)]
    organization_name: Option<String>,
    name: String,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    password_category_id: Option<CategoryId>,
    #[serde(default)]
    password_category_name: Option<String>,
    #[serde(default)]
    password_folder_id: Option<FolderId>,
    #[serde(default)]
    resource_type: Option<String>,
    #[serde(default)]
    resource_id: Option<ResourceId>,
    #[serde(default)]
    cached_resource_name: Option<String>,
    #[serde(default)]
    resource_url: Option<String>,
    #[serde(default, deserialize_with = "wire::or_default")]
    archived: bool,
    #[serde(default, deserialize_with = "wire::or_default")]
    restricted: bool,
    #[serde(default, deserialize_with = "wire::or_default")]
    personal: bool,
    #[serde(default, deserialize_with = "wire::or_default")]
    otp_enabled: bool,
    #[serde(default, rename = "vault-id", deserialize_with = "wire::is_present")]
    vaulted: bool,
    #[serde(default)]
    password_updated_at: Option<Timestamp>,
    #[serde(default)]
    updated_at: Option<Timestamp>,
}

impl From<Row> for PasswordRecord {
    fn from(Row { id, r#type: PasswordType::Passwords, attributes: a }: Row) -> Self {
        Self {
            id,
            organization_id: a.organization_id,
            organization_name: a.organization_name,
            name: a.name,
            username: a.username,
            url: a.url,
            category_id: a.password_category_id,
            category_name: a.password_category_name,
            folder_id: a.password_folder_id,
            resource_type: a.resource_type,
            resource_id: a.resource_id,
            resource_name: a.cached_resource_name,
            resource_url: a.resource_url,
            archived: a.archived,
            restricted: a.restricted,
            personal: a.personal,
            otp_enabled: a.otp_enabled,
            vaulted: a.vaulted,
            password_updated_at: a.password_updated_at,
            updated_at: a.updated_at,
        }
    }
}
