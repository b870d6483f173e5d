//! What IT Glue keeps, one file for each resource: its attributes, filters and orders.
//!
//! Attributes carry the API's own names with underscores. Each may be missing or null, since
//! accounts differ in what they have: then it is `None`. Unknown ones are ignored, and one of
//! another type than documented makes the answer malformed.

mod configuration;
mod contact;
mod document;
mod document_content;
mod domain;
mod flexible_asset;
mod flexible_asset_type;
mod group;
mod location;
mod organization;
mod password;
mod password_category;
mod password_folder;
mod section;
#[cfg(test)]
mod testing;
mod traits;
mod user;

use std::{
    fmt::{Debug, Display},
    hash::Hash,
    str::FromStr,
};

use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};

use crate::{
    OrganizationId, Timestamp,
    http::Limit,
    json::TypeName,
    query::{Filter, Sort},
};
pub use configuration::*;
pub use contact::*;
pub use document::*;
pub use document_content::*;
pub use domain::*;
pub use flexible_asset::*;
pub use flexible_asset_type::*;
pub use group::*;
pub use location::*;
pub use organization::*;
pub use password::*;
pub use password_category::*;
pub use password_folder::*;
pub use section::*;
pub use traits::*;
pub use user::*;

/// A kind of record that the API lists. Implemented by this crate's resources only.
pub trait Resource: DeserializeOwned + Serialize + Debug + Send + Sync + Sealed + 'static {
    /// Identifies a record of this kind.
    type Id: Copy
        + Debug
        + Display
        + Eq
        + Hash
        + Ord
        + FromStr
        + Into<u64>
        + DeserializeOwned
        + Send
        + Sync;
    /// The filters that its list is documented to have.
    type Filter: Filter;
    /// The orders that its list is documented to have.
    type Sort: Sort;
    /// Its JSON:API type, such as `flexible-asset-types`.
    const TYPE: &'static str;
    /// Its part of a path, such as `flexible_asset_types`.
    const PATH: &'static str;
    /// What its list is ordered by unless something else is asked for; nothing where no order is
    /// documented, since an unknown one might be refused.
    const DEFAULT_SORT: Option<&'static str>;
    /// The order that brings the newest first, where the list is documented to have it.
    const NEWEST_FIRST: Option<&'static str>;

    /// When the record was last changed.
    fn updated_at(&self) -> Option<Timestamp>;
}

/// A resource whose records belong to organizations.
pub trait OfOrganization: Resource {
    /// The organization that the record says it belongs to.
    fn organization(&self) -> Option<OrganizationId>;
}

/// A record: its id, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<R: Resource> {
    /// Its id.
    pub id: R::Id,
    /// Its attributes.
    pub attributes: R,
}

/// Flat: `id` as text, `type`, and the attributes under the API's own names.
impl<R: Resource> Serialize for Record<R> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let (id, attributes) = (self.id.to_string(), &self.attributes);
        Flat { id, r#type: R::TYPE, attributes }.serialize(output)
    }
}

#[derive(Serialize)]
struct Flat<'a, R> {
    id: String,
    r#type: &'static str,
    #[serde(flatten)]
    attributes: &'a R,
}

/// A record as it comes.
#[derive(Deserialize)]
#[serde(bound = "")]
pub(crate) struct Row<R: Resource> {
    pub(crate) id: R::Id,
    #[serde(rename = "type")]
    _type: TypeName<R>,
    pub(crate) attributes: R,
}

impl<R: Resource> From<Row<R>> for Record<R> {
    fn from(Row { id, attributes, .. }: Row<R>) -> Self {
        Self { id, attributes }
    }
}

/// How long the answer to a show or a change may be.
pub(crate) const fn limit<R: Resource>() -> Limit {
    if R::IS_LONG { Limit::List } else { Limit::Single }
}

use sealed::Sealed;

pub(crate) mod sealed {
    /// Keeps [`super::Resource`] to this crate: a resource of someone else's would have a path
    /// that nobody has checked.
    #[expect(unnameable_types, reason = "that is what keeps others from implementing it")]
    pub trait Sealed {
        /// Whether one record may be as long as a page of a list: it embeds texts that people
        /// write, without a limit that is known.
        const IS_LONG: bool = false;
    }
}
