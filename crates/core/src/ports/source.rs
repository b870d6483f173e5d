//! IT Glue's port.

use std::time::Duration;

use crate::Secret;
use crate::audit::Audited;
use crate::entry::{KeyId, KeyInUse, Organization, PasswordRecord, Region};
use crate::error::SourceError;
use crate::ids::{OrganizationId, PasswordId};
use crate::policy::{Edit, List, Open, Permit, Releases, Test};

/// Part of a list, as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The next rows, in order.
    pub rows: Vec<PasswordRecord>,
    /// How many there will be in all, where IT Glue says so.
    pub total: Option<usize>,
}

/// How a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Rows came.
    Rows(Batch),
    /// The limit of requests is used up; it goes on by itself after about this time.
    Waiting(Duration),
}

/// Receives a list as it comes.
pub type OnStep<'a> = &'a mut (dyn FnMut(Step) + Send);

/// One record: the key to ask with, organization, id. An answer about any other is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAddress {
    /// The key.
    pub key: KeyInUse,
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
    Launch(Permit<List>),
    /// Browsing an organization with Source.
    Browse(Permit<Edit>),
}

/// What a browser is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebPage<'a> {
    /// The account.
    Account,
    /// An organization.
    Organization(&'a OrganizationId),
    /// A record.
    Record(&'a PasswordRecord),
}

/// What is left of our share of the requests that IT Glue allows in 5 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestsLeft {
    /// Requests that could be made now.
    pub left: u32,
    /// The share.
    pub of: u32,
    /// For how long nothing is sent, because IT Glue said that there were too many.
    pub paused: Option<Duration>,
}

/// IT Glue: metadata freely, values only against an audited permit.
pub trait Source: Send + Sync + 'static {
    /// The region behind an address of IT Glue's app; `None` where it is none.
    fn region_of(&self, address: &str) -> Option<Region>;

    /// Asks whether a key is accepted that is not stored yet: the number of its organizations.
    fn check(
        &self,
        region: Region,
        key: &Secret,
    ) -> impl Future<Output = Result<usize, SourceError>> + Send;

    /// The organizations that a key sees which is not stored yet.
    fn seen_by(
        &self,
        region: Region,
        key: &Secret,
    ) -> impl Future<Output = Result<Vec<Organization>, SourceError>> + Send;

    /// The account's organizations, by name.
    fn organizations(
        &self,
        key: KeyInUse,
    ) -> impl Future<Output = Result<Vec<Organization>, SourceError>> + Send;

    /// The organization's records, streamed; each checked to belong to it.
    fn records(
        &self,
        permit: ListPermit,
        key: KeyInUse,
        organization: &OrganizationId,
        on_step: OnStep<'_>,
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

    /// Whether a password would come. It is fetched and dropped unread: all that leaves the adapter
    /// is whether there was one.
    fn test_password_access(
        &self,
        permit: Audited<Test>,
        address: &RecordAddress,
    ) -> impl Future<Output = Result<bool, SourceError>> + Send;

    /// Where a browser shows the page: an https address on the region's own hosts, nowhere else,
    /// whatever a record says of itself. `None` for what is no id of IT Glue's.
    fn web_page(&self, permit: Permit<Open>, region: Region, page: WebPage<'_>) -> Option<String>;

    /// What is left of our share of requests.
    fn requests_left(&self) -> RequestsLeft;

    /// Forgets what it holds of the key, because it was replaced or removed.
    fn forget(&self, key: KeyId);
}
