#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod account;
mod check;
mod client;
mod error;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod http;
mod ids;
mod json;
mod key;
mod limit;
mod listing;
mod query;
mod reach;
mod region;
mod resources;
mod scoped;
mod sensitive;
#[cfg(feature = "test-server")]
mod test_server;

pub use check::Verdict;
pub use client::{Client, ClientBuilder};
pub use error::{Error, Excess, PagingFault, UnreachableKind};
pub use http::{CompanyRoot, InvalidCompanyRoot, InvalidProxy, Proxy, Stats};
pub use ids::*;
pub use jiff::Timestamp;
pub use key::{ApiKey, InvalidApiKey};
pub use limit::{Left, Limiter, Share, WINDOW};
pub use listing::{Listed, Listing, Page, Refresh, Step};
pub use query::{DateRange, Filter, FilterText, OneOf, Sort};
pub use reach::reach;
#[cfg(feature = "test-server")]
pub use reach::reach_test_server;
pub use region::{NotAnAppUrl, Region, WebPage};
pub use resources::*;
pub use scoped::*;
pub use sensitive::Sensitive;
#[cfg(feature = "test-server")]
pub use test_server::{InvalidTestServer, TEST_DOOR_MARKER, TestServer};

/// A length as the API counts.
fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
