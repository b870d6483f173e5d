//! One organization of the account. Every answer is checked to be of that organization.

mod document;
mod documents;
mod flexible_assets;
mod password_folders;
mod passwords;
mod records;
mod request;
mod sections;
mod value;

use reqwest::Method;
use serde::Serialize;

use crate::{
    Error, Listing, OfOrganization, OrganizationId, Record, Resource,
    http::{Body, Patience, Question, Transport},
    json::{self, One},
    limit::Purpose,
    resources::{self, Row},
};
pub use documents::{Documents, Folder};
pub(crate) use flexible_assets::FLEXIBLE_ASSET_TYPE;
pub use passwords::{NewPassword, PasswordChange, ResourceKind};
pub use sections::{NewSection, SectionChange};
pub use value::PasswordValue;
#[cfg(feature = "fuzzing")]
pub(crate) use value::parse as parse_value;

/// An account narrowed to one organization.
///
/// IT Glue's keys reach the whole account; this type asks for one organization only and refuses
/// answers about any other. Where the API has a route below the organization, that one is used.
pub struct Scoped<'a> {
    transport: &'a Transport,
    organization: OrganizationId,
}

impl<'a> Scoped<'a> {
    pub(crate) fn new(transport: &'a Transport, organization: OrganizationId) -> Self {
        Self { transport, organization }
    }

    /// The organization that this is narrowed to.
    #[must_use]
    pub fn id(&self) -> OrganizationId {
        self.organization
    }

    /// A list below the organization.
    fn nested<R: OfOrganization>(&self) -> Listing<'a, R> {
        Listing::new(self.transport, self.below::<R>(), Some(self.organization), belongs)
    }

    /// The path of a list below the organization.
    fn below<R: Resource>(&self) -> Vec<String> {
        let organization = self.organization.to_string();
        ["organizations", &organization, "relationships", R::PATH].map(str::to_owned).to_vec()
    }

    /// A list of the account, narrowed by a filter, where the API has no list below the
    /// organization.
    fn filtered<R: OfOrganization>(&self) -> Listing<'a, R> {
        let path = vec![R::PATH.to_owned()];
        Listing::new(self.transport, path, Some(self.organization), belongs)
            .fixed("filter[organization_id]", self.organization.to_string())
    }

    /// One record below the organization.
    async fn nested_record<R: OfOrganization>(
        &self,
        id: R::Id,
        query: &[(&str, &str)],
    ) -> Result<Record<R>, Error> {
        let record = self.nested_one(id, query).await?;
        belongs(&record, Some(self.organization))?;
        Ok(record)
    }

    /// One record below the organization, of which it is not known whether it says so.
    async fn nested_one<R: Resource>(
        &self,
        id: R::Id,
        query: &[(&str, &str)],
    ) -> Result<Record<R>, Error> {
        one(id, &self.ask_below::<R>(id, query).await?)
    }

    async fn ask_below<R: Resource>(
        &self,
        id: R::Id,
        query: &[(&str, &str)],
    ) -> Result<Body, Error> {
        let (list, record) = (self.below::<R>(), id.to_string());
        let path: Vec<&str> = list.iter().chain([&record]).map(String::as_str).collect();
        self.ask::<R>(&path, query).await
    }

    /// One record of the account, looked at before it is handed out.
    async fn flat_record<R: OfOrganization>(&self, id: R::Id) -> Result<Record<R>, Error> {
        let record = one(id, &self.ask::<R>(&[R::PATH, &id.to_string()], &[]).await?)?;
        belongs(&record, Some(self.organization))?;
        Ok(record)
    }

    async fn ask<R: Resource>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Body, Error> {
        show::<R>(self.transport, path, query).await
    }

    /// Makes a record below the organization.
    async fn create<R: OfOrganization>(&self, new: &impl Serialize) -> Result<Record<R>, Error> {
        let list = self.below::<R>();
        let path: Vec<&str> = list.iter().map(String::as_str).collect();
        self.write(&Method::POST, &path, new).await
    }

    /// Changes a record that has been looked at: by its id alone a change would reach any
    /// organization of the account.
    async fn change<R: OfOrganization>(
        &self,
        id: R::Id,
        path: &[&str],
        change: &impl Serialize,
    ) -> Result<Record<R>, Error> {
        let record = self.write(&Method::PATCH, path, change).await?;
        is(id, &record)?;
        Ok(record)
    }

    /// Writes attributes under the API's own names, and checks the record that comes back.
    async fn write<R: OfOrganization>(
        &self,
        method: &Method,
        path: &[&str],
        attributes: &impl Serialize,
    ) -> Result<Record<R>, Error> {
        let record = self.written(method, path, attributes).await?;
        belongs(&record, Some(self.organization))?;
        Ok(record)
    }

    /// Writes attributes; what comes back is still to be checked.
    async fn written<R: Resource>(
        &self,
        method: &Method,
        path: &[&str],
        attributes: &impl Serialize,
    ) -> Result<Record<R>, Error> {
        let (body, limit) = (request::body(R::TYPE, attributes)?, resources::limit::<R>());
        let answer = self.transport.send(method, path, body, limit).await?;
        let One { data } = json::parse::<One<Row<R>>>(&answer, limit)?;
        Ok(data.into())
    }
}

/// Asks for one record.
pub(crate) async fn show<R: Resource>(
    transport: &Transport,
    path: &[&str],
    query: &[(&str, &str)],
) -> Result<Body, Error> {
    let (limit, purpose) = (resources::limit::<R>(), Purpose::Single);
    let question = Question { path, query, limit, purpose, divisible: false };
    transport.get(&question, &Patience::single()).await
}

/// Reads the record that was asked for.
pub(crate) fn one<R: Resource>(id: R::Id, body: &Body) -> Result<Record<R>, Error> {
    let One { data } = json::parse::<One<Row<R>>>(body, resources::limit::<R>())?;
    let record = Record::from(data);
    is(id, &record)?;
    Ok(record)
}

/// Refuses a record that is another than was asked for.
fn is<R: Resource>(expected: R::Id, found: &Record<R>) -> Result<(), Error> {
    if found.id == expected {
        return Ok(());
    }
    Err(Error::WrongRecord { expected: expected.into(), found: found.id.into() })
}

/// Refuses a record that is not of the organization that was asked for, or does not say.
fn belongs<R: OfOrganization>(
    record: &Record<R>,
    expected: Option<OrganizationId>,
) -> Result<(), Error> {
    let found = record.attributes.organization();
    match expected {
        Some(expected) if found != Some(expected) => {
            Err(Error::ForeignOrganization { expected, found })
        }
        _ => Ok(()),
    }
}
