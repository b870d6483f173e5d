//! Internet domains of an organization. They are listed and never shown by themselves.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    DomainId, OneOf, OrganizationId, Sensitive, Timestamp,
    query::{filters, sorts},
};

/// A domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Domain {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// The domain, such as `harbour.example`.
    pub name: Option<String>,
    /// Where it is registered.
    pub registrar_name: Option<String>,
    /// The day its registration ends, as the API gives it.
    pub expires_on: Option<String>,
    /// Notes, often HTML.
    pub notes: Option<Sensitive>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of a list of domains.
    DomainFilter {
        /// Its id.
        Id(OneOf<DomainId>) = "filter[id]",
        /// Its organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
    }
}

sorts! {
    /// Orders of a list of domains.
    DomainSort {
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for Domain {}

impl Resource for Domain {
    type Id = DomainId;
    type Filter = DomainFilter;
    type Sort = DomainSort;
    const TYPE: &'static str = "domains";
    const PATH: &'static str = "domains";
    const DEFAULT_SORT: Option<&'static str> = Some("created_at");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Domain {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_domain_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "resource-url":"https://examplemsp.itglue.invalid/1","name":"harbour.example",
            "registrar-name":"Example Registrar","expires-on":"2027-05-01","notes":"n",
            "created-at":"2019-04-02T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "false"), ("expires-on", "2027"), ("notes", "{}")];
        testing::holds_to_the_rules::<Domain>(whole, &wrong);
    }

    #[test]
    fn notes_do_not_print() {
        let canary = testing::canary();
        let notes = format!(r#"{{"name":"harbour.example","notes":"{canary}"}}"#);
        let read: Domain = testing::parsed(&notes).unwrap();
        assert_eq!(read.notes.as_ref().map(Sensitive::as_str), Some(canary.as_str()));
        testing::hides(&read, &canary, "harbour.example");
    }
}
