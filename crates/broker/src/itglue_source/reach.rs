//! Whether IT Glue answers at all, for the command line.

use std::time::Duration;

use usher_core::error::Error;

use super::{map, own_region};
use crate::map::failure;
use crate::protocol::{Failure, Region};

/// How many milliseconds the region's host took to answer.
pub(crate) async fn reach(region: Region) -> Result<u32, Failure> {
    answered(itglue::reach(own_region(region)).await)
}

/// The same of a stand-in.
#[cfg(feature = "test-server")]
pub(crate) async fn reach_server(server: &super::Server) -> Result<u32, Failure> {
    match itglue::TestServer::new(&server.0) {
        Ok(server) => answered(itglue::reach_test_server(server).await),
        Err(_) => answered(Err(itglue::Error::Setup)),
    }
}

fn answered(answer: Result<Duration, itglue::Error>) -> Result<u32, Failure> {
    let time = answer.map_err(|error| failure::plain(&Error::Source(map::error(&error))))?;
    Ok(u32::try_from(time.as_millis()).unwrap_or(u32::MAX))
}
