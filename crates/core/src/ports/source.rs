//! IT Glue's port.

use crate::Secret;
use crate::audit::Audited;
use crate::entry::{Connection, Organization, PasswordRecord, Region};
use crate::error::SourceError;
use crate::ids::{OrganizationId, PasswordId};
use crate::policy::{Edit, Launch, Permit, Releases};

/// Part of a list, as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The next rows, in order.
    pub rows: Vec<PasswordRecord>,
    /// How many there will be in all, where IT Glue says so.
    pub total: Option<usize>,
}

/// Receives a list as it comes.
pub type OnBatch<'a> = &'a mut (dyn FnMut(Batch) + Send);

/// One record: account, organization, id. An answer about any other is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAddress {
    /// The account.
    pub connection: Connection,
    /// The organization.
    pub organization: OrganizationId,
    /// The record.
    pub password: PasswordId,
}

/// A password and its record, fetched together.
pub struct FetchedPassword {
    /// Its metadata.
    pub record: PasswordRecord,
    /// Its value.
    pub secret: Secret,
}

/// What agrees to a list: a launch or browsing while creating.
pub enum ListPermit {
    /// A launch.
    Launch(Permit<Launch>),
    /// Browsing an organization with Source.
    Browse(Permit<Edit>),
}

/// IT Glue: metadata freely, values only against an audited permit.
pub trait Source: Send + Sync + 'static {
    /// Asks whether a key is accepted that is not stored yet: the number of its organizations.
    fn check(
        &self,
        region: Region,
        key: &Secret,
    ) -> impl Future<Output = Result<usize, SourceError>> + Send;

    /// The account's organizations, by name.
    fn organizations(
        &self,
        connection: &Connection,
    ) -> impl Future<Output = Result<Vec<Organization>, SourceError>> + Send;

    /// The organization's records, streamed; each checked to belong to it.
    fn records(
        &self,
        permit: ListPermit,
        connection: &Connection,
        organization: &OrganizationId,
        on_batch: OnBatch<'_>,
    ) -> impl Future<Output = Result<(), SourceError>> + Send;

    /// One record's metadata.
    fn record(
        &self,
        address: &RecordAddress,
    ) -> impl Future<Output = Result<PasswordRecord, SourceError>> + Send;

    /// One password. The permit is audited, and used up.
    fn password<A: Releases>(
        &self,
        permit: Audited<A>,
        address: &RecordAddress,
    ) -> impl Future<Output = Result<FetchedPassword, SourceError>> + Send;

    /// Forgets what it holds of the account's key, because the key was replaced or removed.
    fn forget(&self, connection: &Connection);
}
