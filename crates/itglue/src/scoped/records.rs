//! The lists and records of an organization that are asked for below it and no more.

use super::Scoped;
use crate::{
    Configuration, ConfigurationId, Contact, ContactId, Domain, Error, Listing, Location,
    LocationId, Record,
};

impl<'a> Scoped<'a> {
    /// Lists the configurations; archived ones too, unless filtered out.
    pub fn configurations(&self) -> Listing<'a, Configuration> {
        self.nested()
    }

    /// Fetches one configuration.
    ///
    /// # Errors
    /// [`Error::NotFound`] if this organization has no such record, and every way in which a call
    /// can fail.
    pub async fn configuration(&self, id: ConfigurationId) -> Result<Record<Configuration>, Error> {
        self.nested_record(id, &[]).await
    }

    /// Lists the contacts.
    pub fn contacts(&self) -> Listing<'a, Contact> {
        self.nested()
    }

    /// Fetches one contact.
    ///
    /// # Errors
    /// As [`Scoped::configuration`].
    pub async fn contact(&self, id: ContactId) -> Result<Record<Contact>, Error> {
        self.nested_record(id, &[]).await
    }

    /// Lists the locations.
    pub fn locations(&self) -> Listing<'a, Location> {
        self.nested()
    }

    /// Fetches one location.
    ///
    /// # Errors
    /// As [`Scoped::configuration`].
    pub async fn location(&self, id: LocationId) -> Result<Record<Location>, Error> {
        self.nested_record(id, &[]).await
    }

    /// Lists the domains. The API shows none by itself.
    pub fn domains(&self) -> Listing<'a, Domain> {
        self.nested()
    }
}
