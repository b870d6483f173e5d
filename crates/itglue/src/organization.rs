//! Organizations: IT Glue's word for the clients of an MSP.

use jiff::Timestamp;
use serde::Deserialize;

use crate::{OrganizationId, wire};

/// An organization, without its notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name, as the MSP wrote it.
    pub name: String,
    /// A short form of the name.
    pub short_name: Option<String>,
    /// Such as `Customer` or `Vendor`; each MSP names its own.
    pub type_name: Option<String>,
    /// Such as `Active` or `Inactive`; each MSP names its own.
    pub status_name: Option<String>,
    /// Whether it is the MSP's own organization.
    pub primary: bool,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

#[derive(Deserialize)]
pub(crate) struct Row {
    id: OrganizationId,
    r#type: OrganizationType,
    attributes: Attributes,
}

#[derive(Deserialize)]
enum OrganizationType {
    #[serde(rename = "organizations")]
    Organizations,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Attributes {
    name: String,
    #[serde(default)]
    short_name: Option<String>,
    #[serde(default)]
    organization_type_name: Option<String>,
    #[serde(default)]
    organization_status_name: Option<String>,
    #[serde(default, deserialize_with = "wire::or_default")]
    primary: bool,
    #[serde(default)]
    updated_at: Option<Timestamp>,
}

impl From<Row> for Organization {
    fn from(Row { id, r#type: OrganizationType::Organizations, attributes }: Row) -> Self {
        Self {
            id,
            name: attributes.name,
            short_name: attributes.short_name,
            type_name: attributes.organization_type_name,
            status_name: attributes.organization_status_name,
            primary: attributes.primary,
            updated_at: attributes.updated_at,
        }
    }
}
