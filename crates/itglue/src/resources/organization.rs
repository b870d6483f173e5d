//! Organizations: IT Glue's word for the clients of an MSP.

use serde::{Deserialize, Serialize};

use super::{Resource, sealed::Sealed};
use crate::{
    DateRange, GroupId, OneOf, OrganizationId, OrganizationStatusId, OrganizationTypeId, Timestamp,
    query::{filters, sorts},
};

/// An organization, without its alert, description and quick notes, which often hold secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Organization {
    /// Its name, as the MSP wrote it.
    pub name: Option<String>,
    /// A short form of the name.
    pub short_name: Option<String>,
    /// Its type.
    pub organization_type_id: Option<OrganizationTypeId>,
    /// Such as `Customer` or `Vendor`; each MSP names its own.
    pub organization_type_name: Option<String>,
    /// Its status.
    pub organization_status_id: Option<OrganizationStatusId>,
    /// Such as `Active` or `Inactive`; each MSP names its own.
    pub organization_status_name: Option<String>,
    /// Whether it is the MSP's own organization.
    pub primary: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of the list of organizations.
    OrganizationFilter {
        /// Its id.
        Id(OneOf<OrganizationId>) = "filter[id]",
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// Its type.
        Type(OneOf<OrganizationTypeId>) = "filter[organization_type_id]",
        /// Its status.
        Status(OneOf<OrganizationStatusId>) = "filter[organization_status_id]",
        /// When it was made: `start,end`, where `*` leaves an end open.
        CreatedAt(DateRange) = "filter[created_at]",
        /// When it was last changed.
        UpdatedAt(DateRange) = "filter[updated_at]",
        /// The MSP's own organization, or the others.
        Primary(bool) = "filter[primary]",
        /// A group that has access to it.
        Group(OneOf<GroupId>) = "filter[group_id]",
        /// Its id in a PSA; needs [`OrganizationFilter::PsaIntegrationType`].
        PsaId(OneOf<String>) = "filter[psa_id]",
        /// Which PSA, such as `manual` or `autotask`.
        PsaIntegrationType(OneOf<String>) = "filter[psa_integration_type]",
        /// Its id in `MyGlue`.
        MyGlueAccount(OneOf<String>) = "filter[my_glue_account_id]",
        /// Only some of the ids, in a form that is not documented.
        Range(OneOf<String>) = "filter[range]",
        /// The same of ids in `MyGlue`.
        MyGlueAccountRange(OneOf<String>) = "filter[range][my_glue_account_id]",
        /// None of these ids.
        ExcludeId(OneOf<OrganizationId>) = "filter[exclude][id]",
        /// None of these names.
        ExcludeName(OneOf<String>) = "filter[exclude][name]",
        /// None of these types.
        ExcludeType(OneOf<OrganizationTypeId>) = "filter[exclude][organization_type_id]",
        /// None of these statuses.
        ExcludeStatus(OneOf<OrganizationStatusId>) = "filter[exclude][organization_status_id]",
    }
}

sorts! {
    /// Orders of the list of organizations.
    OrganizationSort {
        /// By name.
        Name = "name",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
        /// By the status' name.
        StatusName = "organization_status_name",
        /// By the type's name.
        TypeName = "organization_type_name",
        /// By its id in `MyGlue`.
        MyGlueAccount = "my_glue_account_id",
        /// By the short name.
        ShortName = "short_name",
    }
}

impl Sealed for Organization {}

impl Resource for Organization {
    type Id = OrganizationId;
    type Filter = OrganizationFilter;
    type Sort = OrganizationSort;
    const TYPE: &'static str = "organizations";
    const PATH: &'static str = "organizations";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
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
    fn an_organization_is_read_as_the_rules_say() {
        let whole = r#"{"name":"Harbour Dental","short-name":"HARB","organization-type-id":310001,
            "organization-type-name":"Customer","organization-status-id":310004,
            "organization-status-name":"Active","primary":false,
            "created-at":"2019-04-02T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "7"), ("primary", "\"no\""), ("organization-type-id", "1.5")];
        testing::holds_to_the_rules::<Organization>(whole, &wrong);
    }
}
