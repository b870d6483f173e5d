//! Contacts: people at an organization.

use serde::{Deserialize, Serialize};

use super::{OfOrganization, Resource, sealed::Sealed};
use crate::{
    ContactId, ContactTypeId, LocationId, OneOf, OrganizationId, Sensitive, Timestamp,
    query::{filters, sorts},
};

/// A contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Contact {
    /// The organization they belong to.
    pub organization_id: Option<OrganizationId>,
    /// That organization's name.
    pub organization_name: Option<String>,
    /// The record's page in IT Glue, for a person to open. Never fetched here.
    pub resource_url: Option<String>,
    /// First and last name.
    pub name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// What they do.
    pub title: Option<String>,
    /// Their type.
    pub contact_type_id: Option<ContactTypeId>,
    /// Such as `Approver`; each MSP names its own.
    pub contact_type_name: Option<String>,
    /// Where they are.
    pub location_id: Option<LocationId>,
    /// That location's name.
    pub location_name: Option<String>,
    /// Marked as important.
    pub important: Option<bool>,
    /// Notes, often HTML.
    pub notes: Option<Sensitive>,
    /// Their addresses.
    pub contact_emails: Option<Vec<ContactEmail>>,
    /// Their telephones.
    pub contact_phones: Option<Vec<ContactPhone>>,
    /// Only some people may see it in IT Glue. The API key sees it nevertheless.
    pub restricted: Option<bool>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// Last change of any attribute.
    pub updated_at: Option<Timestamp>,
}

/// An e-mail address of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct ContactEmail {
    /// The address.
    pub value: Option<String>,
    /// Whether it is the one to use.
    pub primary: Option<bool>,
    /// Such as `Work`.
    pub label_name: Option<String>,
}

/// A telephone of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct ContactPhone {
    /// The number, free text.
    pub value: Option<String>,
    /// What to dial after it.
    pub extension: Option<String>,
    /// Whether it is the one to use.
    pub primary: Option<bool>,
    /// Such as `Mobile`.
    pub label_name: Option<String>,
}

filters! {
    /// Filters of a list of contacts.
    ContactFilter {
        /// Its id.
        Id(OneOf<ContactId>) = "filter[id]",
        /// The whole first name.
        FirstName(OneOf<String>) = "filter[first_name]",
        /// The whole last name.
        LastName(OneOf<String>) = "filter[last_name]",
        /// The whole title.
        Title(OneOf<String>) = "filter[title]",
        /// The type.
        Type(OneOf<ContactTypeId>) = "filter[contact_type_id]",
        /// Marked as important, or not.
        Important(bool) = "filter[important]",
        /// The whole of the address to use.
        PrimaryEmail(OneOf<String>) = "filter[primary_email]",
        /// The organization; a scoped client's own list needs none.
        Organization(OneOf<OrganizationId>) = "filter[organization_id]",
        /// Its id in a PSA; needs [`ContactFilter::PsaIntegrationType`].
        PsaId(OneOf<String>) = "filter[psa_id]",
        /// Which PSA, such as `manual` or `autotask`.
        PsaIntegrationType(OneOf<String>) = "filter[psa_integration_type]",
    }
}

sorts! {
    /// Orders of a list of contacts.
    ContactSort {
        /// By first name.
        FirstName = "first_name",
        /// By last name.
        LastName = "last_name",
        /// By id.
        Id = "id",
        /// By when it was made.
        CreatedAt = "created_at",
        /// By its last change.
        UpdatedAt = "updated_at",
    }
}

impl Sealed for Contact {}

impl Resource for Contact {
    type Id = ContactId;
    type Filter = ContactFilter;
    type Sort = ContactSort;
    const TYPE: &'static str = "contacts";
    const PATH: &'static str = "contacts";
    const DEFAULT_SORT: Option<&'static str> = Some("last_name");
    const NEWEST_FIRST: Option<&'static str> = Some("-updated_at");

    fn updated_at(&self) -> Option<Timestamp> {
        self.updated_at
    }
}

impl OfOrganization for Contact {
    fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing;

    #[test]
    fn a_contact_is_read_as_the_rules_say() {
        let whole = r#"{"organization-id":2100001,"organization-name":"Harbour Dental",
            "resource-url":"https://examplemsp.itglue.invalid/1","name":"Ann Example",
            "first-name":"Ann","last-name":"Example","title":"Owner","contact-type-id":4,
            "contact-type-name":"Approver","location-id":7,"location-name":"Main",
            "important":true,"notes":"n","contact-emails":[{"value":"ann@harbour.example",
            "primary":true,"label-name":"Work"}],"contact-phones":[{"value":"1","extension":"2",
            "primary":false,"label-name":"Mobile"}],"restricted":false,
            "created-at":"2019-04-02T09:15:00Z","updated-at":"2026-11-03T14:20:11Z"}"#;
        let wrong = [("title", "[]"), ("important", "1"), ("contact-emails", "{}")];
        testing::holds_to_the_rules::<Contact>(whole, &wrong);
        let inside = testing::parsed::<Contact>(r#"{"contact-phones":[{},{"value":1}]}"#).err();
        let path = "data.attributes.contact-phones[1].value".to_owned();
        assert_eq!(inside, Some(crate::Error::Malformed { path }));
    }

    #[test]
    fn notes_do_not_print() {
        let canary = testing::canary();
        let notes = format!(r#"{{"last-name":"Example","notes":"{canary}"}}"#);
        let read: Contact = testing::parsed(&notes).unwrap();
        assert_eq!(read.notes.as_ref().map(Sensitive::as_str), Some(canary.as_str()));
        testing::hides(&read, &canary, "Example");
    }
}
