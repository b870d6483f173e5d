//! Configurations: IT Glue's word for computers, network devices and the like.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    ConfigurationId, ConfigurationStatusId, ConfigurationTypeId, ContactId, LocationId, OneOf,
    OrganizationId, Sensitive, Timestamp,
    query::{filters, sorts},
};

/// A configuration.
///
/// Days without a time are text as the API gives it: whether that is a day or a moment is not
/// documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Configuration {
    /// The organization it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// A short form of that name.
    pub organization_short_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// Its name; not unique.
    pub name: Option<String>,
    /// Its name on the network, free text.
    pub hostname: Option<String>,
    /// Its main IP address, free text.
    pub primary_ip: Option<String>,
    /// Its hardware address, free text.
    pub mac_address: Option<String>,
    /// Its gateway, free text.
    pub default_gateway: Option<String>,
    /// The maker's serial number.
    pub serial_number: Option<String>,
    /// The owner's inventory number.
    pub asset_tag: Option<String>,
    /// Where it stands, such as a place in a rack.
    pub position: Option<String>,
    /// Who installed it.
    pub installed_by: Option<String>,
    /// Who bought it.
    pub purchased_by: Option<String>,
    /// Notes, often HTML.
    pub notes: Option<Sensitive>,
    /// Notes on its operating system.
    pub operating_system_notes: Option<Sensitive>,
    /// The day its warranty ends.
    pub warranty_expires_at: Option<String>,
    /// The day it was installed.
    pub installed_at: Option<String>,
    /// The day it was bought.
    pub purchased_at: Option<String>,
    /// Its type.
    pub configuration_type_id: Option<ConfigurationTypeId>,
    /// Such as `Managed Server`; each MSP names its own.
    pub configuration_type_name: Option<String>,
    /// IT Glue's own word for the type, such as `server`.
    pub configuration_type_kind: Option<String>,
    /// Its status.
    pub configuration_status_id: Option<ConfigurationStatusId>,
    /// Such as `Active`; each MSP names its own.
    pub configuration_status_name: Option<String>,
    /// Its maker.
    pub manufacturer_name: Option<String>,
    /// Its model.
    pub model_name: Option<String>,
    /// Its operating system.
    pub operating_system_name: Option<String>,
    /// Where it is.
    pub location_id: Option<LocationId>,
    /// That location's name.
    pub location_name: Option<String>,
    /// Whose it is.
    pub contact_id: Option<ContactId>,
    /// That contact's name.
    pub contact_name: Option<String>,
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
    /// Filters of a list of configurations.
    ConfigurationFilter {
        /// Its id.
        Id(OneOf<ConfigurationId>) = "filter[id]",
        /// Its whole name.
        Name(OneOf<String>) = "filter[name]",
        /// Its organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
        /// Its type.
        Type(OneOf<ConfigurationTypeId>) = "filter[configuration_type_id]",
        /// Its status.
        Status(OneOf<ConfigurationStatusId>) = "filter[configuration_status_id]",
        /// Whose it is.
        Contact(OneOf<ContactId>) = "filter[contact_id]",
        /// Its whole serial number.
        SerialNumber(OneOf<String>) = "filter[serial_number]",
        /// Its whole hardware address.
        MacAddress(OneOf<String>) = "filter[mac_address]",
        /// Its whole inventory number.
        AssetTag(OneOf<String>) = "filter[asset_tag]",
        /// Its id in a PSA; needs [`ConfigurationFilter::PsaIntegrationType`].
        PsaId(OneOf<String>) = "filter[psa_id]",
        /// Which PSA, such as `manual` or `autotask`.
        PsaIntegrationType(OneOf<String>) = "filter[psa_integration_type]",
        /// Its id in an RMM; needs [`ConfigurationFilter::RmmIntegrationType`].
        RmmId(OneOf<String>) = "filter[rmm_id]",
        /// Which RMM.
        RmmIntegrationType(OneOf<String>) = "filter[rmm_integration_type]",
        /// Put away, or not.
        Archived(bool) = "filter[archived]",
    }
}

sorts! {
    /// Orders of a list of configurations.
    ConfigurationSort {
        /// By name.
        Name = "name",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated-at",
    }
}

impl Sealed for Configuration {}

impl Resource for Configuration {
    type Id = ConfigurationId;
    type Filter = ConfigurationFilter;
    type Sort = ConfigurationSort;
    const TYPE: &'static str = "configurations";
    const PATH: &'static str = "configurations";
    const DEFAULT_SORT: Option<&'static str> = Some("name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated-at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Configuration {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_configuration_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":9954700004404662,"organization-name":"Harbour Dental",
            "organization-short-name":"HD","resource-url":"https://examplemsp.itglue.invalid/1",
            "name":"HD-DC01","hostname":"hd-dc01","primary-ip":"10.0.0.5","mac-address":"00-00",
            "default-gateway":"10.0.0.1","serial-number":"S1","asset-tag":"A1","position":"U4",
            "installed-by":"Ann","purchased-by":"Bob","notes":"<p>n</p>",
            "operating-system-notes":"o","warranty-expires-at":"2027-05-01",
            "installed-at":"2022-05-01","purchased-at":"2022-04-01","configuration-type-id":5,
            "configuration-type-name":"Managed Server","configuration-type-kind":"server",
            "configuration-status-id":6,"configuration-status-name":"Active",
            "manufacturer-name":"Example","model-name":"M","operating-system-name":"OS",
            "location-id":7,"location-name":"Main","contact-id":8,"contact-name":"Cid",
            "archived":false,"restricted":false,"created-at":"2019-04-02T09:15:00Z",
            "updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("name", "7"), ("archived", "\"no\""), ("notes", "[]"), ("contact-id", "-1")];
        testing::holds_to_the_rules::<Configuration>(whole, &wrong);
    }

    #[test]
    fn notes_do_not_print() {
        let canary = testing::canary();
        let notes =
            format!(r#"{{"name":"DC","notes":"{canary}","operating-system-notes":"{canary}"}}"#);
        let read: Configuration = testing::parsed(&notes).unwrap();
        assert_eq!(read.notes.as_ref().map(Sensitive::as_str), Some(canary.as_str()));
        testing::hides(&read, &canary, "DC");
    }
}
