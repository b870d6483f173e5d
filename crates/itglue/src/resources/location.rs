//! Locations: the addresses of an organization.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    CountryId, LocationId, OneOf, OrganizationId, RegionId, Sensitive, Timestamp,
    query::{filters, sorts},
};

/// A location.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Location {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Whether it is the organization's main one.
    pub primary: Option<bool>,
    /// First line of the address.
    pub address_1: Option<String>,
    /// Second line of the address.
    pub address_2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Region or state.
    pub region_id: Option<RegionId>,
    /// That region's name.
    pub region_name: Option<String>,
    /// Country.
    pub country_id: Option<CountryId>,
    /// That country's name.
    pub country_name: Option<String>,
    /// Telephone, free text.
    pub phone: Option<String>,
    /// Fax, free text.
    pub fax: Option<String>,
    /// Notes, often HTML; door and alarm codes are kept here.
    pub notes: Option<Sensitive>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of a list of locations.
    LocationFilter {
        /// Its id.
        Id(OneOf<LocationId>) = "filter[id]",
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// The city's whole name.
        City(OneOf<String>) = "filter[city]",
        /// Its region or state.
        Region(OneOf<RegionId>) = "filter[region_id]",
        /// Its country.
        Country(OneOf<CountryId>) = "filter[country_id]",
        /// Its organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
        /// Its id in a PSA; needs [`LocationFilter::PsaIntegrationType`].
        PsaId(OneOf<String>) = "filter[psa_id]",
        /// Which PSA, such as `manual` or `autotask`.
        PsaIntegrationType(OneOf<String>) = "filter[psa_integration_type]",
    }
}

sorts! {
    /// Orders of a list of locations.
    LocationSort {
        /// By name.
        Name = "name",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for Location {}

impl Resource for Location {
    type Id = LocationId;
    type Filter = LocationFilter;
    type Sort = LocationSort;
    const TYPE: &'static str = "locations";
    const PATH: &'static str = "locations";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Location {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_location_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "resource-url":"https://examplemsp.itglue.invalid/1","name":"Main","primary":true,
            "address-1":"1 Station Road","address-2":"Floor 2","city":"Bergen",
            "postal-code":"05003","region-id":1,"region-name":"Vestland","country-id":2,
            "country-name":"Norway","phone":"1","fax":"2","notes":"n","restricted":false,
            "created-at":"2019-04-02T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("address-1", "1"), ("primary", "\"yes\""), ("country-id", "\"NO\"")];
        testing::holds_to_the_rules::<Location>(whole, &wrong);
    }

    #[test]
    fn notes_do_not_print() {
        let canary = testing::canary();
        let notes = format!(r#"{{"city":"Bergen","notes":"{canary}"}}"#);
        let read: Location = testing::parsed(&notes).unwrap();
        assert_eq!(read.notes.as_ref().map(Sensitive::as_str), Some(canary.as_str()));
        testing::hides(&read, &canary, "Bergen");
    }
}
