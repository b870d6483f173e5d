#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod body;
mod client;
mod error;
mod ids;
mod key;
mod organization;
mod paging;
mod password;
mod region;
mod resolver;
mod scoped;
#[cfg(feature = "test-server")]
mod test_server;
mod transport;
mod value;
mod wire;

pub use client::{Client, KeyCheck};
pub use error::{Error, PagingFault, UnreachableKind};
pub use ids::{CategoryId, FolderId, InvalidId, OrganizationId, PasswordId, ResourceId};
pub use jiff::Timestamp;
pub use key::{ApiKey, InvalidApiKey};
pub use organization::Organization;
pub use paging::Page;
pub use password::PasswordRecord;
pub use region::Region;
pub use scoped::Scoped;
#[cfg(feature = "test-server")]
pub use test_server::{InvalidTestServer, TEST_DOOR_MARKER, TestServer};
pub use value::PasswordValue;
