//! Flexible assets: records with fields that an MSP makes up.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, Traits, sealed::Sealed};
use crate::{
    FlexibleAssetId, FlexibleAssetTypeId, OneOf, OrganizationId, Timestamp,
    query::{filters, sorts},
};

/// A flexible asset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct FlexibleAsset {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// Its type.
    pub flexible_asset_type_id: Option<FlexibleAssetTypeId>,
    /// That type's name.
    pub flexible_asset_type_name: Option<String>,
    /// Its name, made from the fields that its type says.
    pub name: Option<String>,
    /// Its fields.
    pub traits: Option<Traits>,
    /// Put away; the default list holds such records as well.
    pub archived: Option<bool>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

filters! {
    /// Filters of a list of flexible assets, beside the type, which each list is asked for with.
    FlexibleAssetFilter {
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// Its organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
    }
}

sorts! {
    /// Orders of a list of flexible assets.
    FlexibleAssetSort {
        /// By name.
        Name = "name",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for FlexibleAsset {
    const IS_LONG: bool = true;
}

impl Resource for FlexibleAsset {
    type Id = FlexibleAssetId;
    type Filter = FlexibleAssetFilter;
    type Sort = FlexibleAssetSort;
    const TYPE: &'static str = "flexible-assets";
    const PATH: &'static str = "flexible_assets";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for FlexibleAsset {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_flexible_asset_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "resource-url":"https://examplemsp.itglue.invalid/1","flexible-asset-type-id":140001,
            "flexible-asset-type-name":"Wireless","name":"Guests","traits":{"ssid":"guests",
            "locations":{"type":"Locations","values":[{"id":1300001}]}},"archived":false,
            "restricted":false,"created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "7"), ("traits", "[]"), ("flexible-asset-type-id", "true")];
        testing::holds_to_the_rules::<FlexibleAsset>(whole, &wrong);
    }

    #[test]
    fn fields_do_not_print() {
        let canary = testing::canary();
        let traits = format!(r#"{{"name":"Guests","traits":{{"pre-shared-key":"{canary}"}}}}"#);
        let read: FlexibleAsset = testing::parsed(&traits).unwrap();
        let key = read.traits.as_ref().and_then(|traits| traits.text("pre-shared-key"));
        assert_eq!(key, Some(canary.as_str()));
        testing::hides(&read, &canary, "Guests");
    }
}
