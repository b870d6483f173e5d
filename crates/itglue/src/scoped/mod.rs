//! One organization of the account. Every answer is checked to be of that organization.

mod passwords;
mod request;
mod value;

use reqwest::Method;
use serde::Serialize;

use crate::{
    Error, Listing, OfOrganization, OrganizationId, Record, Resource,
    http::{Body, Limit, Patience, Question, Transport},
    json::{self, One},
    limit::Purpose,
    resources::Row,
};
pub use passwords::{NewPassword, PasswordChange, ResourceKind};
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
        let organization = self.organization.to_string();
        let path = ["organizations", &organization, "relationships", R::PATH].map(str::to_owned);
        Listing::new(self.transport, path.to_vec(), Some(self.organization), belongs)
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
        let (organization, record) = (self.organization.to_string(), id.to_string());
        let path = ["organizations", &organization, "relationships", R::PATH, &record];
        self.checked_one(id, &self.ask(&path, query).await?)
    }

    /// One record of the account, looked at before it is handed out.
    async fn flat_record<R: OfOrganization>(&self, id: R::Id) -> Result<Record<R>, Error> {
        self.checked_one(id, &self.ask(&[R::PATH, &id.to_string()], &[]).await?)
    }

    async fn ask(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Body, Error> {
        let question = Question {
            path,
            query,
            limit: Limit::Single,
            purpose: Purpose::Single,
            divisible: false,
        };
        self.transport.get(&question, Patience::single()).await
    }

    /// Writes attributes under the API's own names, and checks the record that comes back.
    async fn write<R: OfOrganization>(
        &self,
        method: &Method,
        path: &[&str],
        attributes: &impl Serialize,
    ) -> Result<Record<R>, Error> {
        let answer = self.transport.send(method, path, request::body(R::TYPE, attributes)?).await?;
        let One { data } = json::parse::<One<Row<R>>>(&answer, Limit::Single)?;
        let record = data.into();
        belongs(&record, Some(self.organization))?;
        Ok(record)
    }

    fn checked_one<R: OfOrganization>(&self, id: R::Id, body: &Body) -> Result<Record<R>, Error> {
        let One { data } = json::parse::<One<Row<R>>>(body, Limit::Single)?;
        let record = Record::from(data);
        is(id, &record)?;
        belongs(&record, Some(self.organization))?;
        Ok(record)
    }
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
