//! An account's organizations, for a person who waits for all of them.

use std::time::Duration;

use itglue::{Client, Step};
use tokio::sync::oneshot;
use usher_core::entry::Organization;
use usher_core::error::SourceError;

use super::map;

/// Nobody sees how far such a list is, so one that has to wait for longer at a time is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// All of them, or that the limit of requests is used up for now.
pub(super) async fn all(client: &Client) -> Result<Vec<Organization>, SourceError> {
    let mut rows = Vec::new();
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    let mut on_step = |step: Step<itglue::Organization>| match step {
        Step::Rows(page) => rows.extend(page.rows.into_iter().map(map::organization)),
        Step::Waiting(time) if time > PATIENCE => {
            let _heard_unless_given_up = tell.take().map(|tell| tell.send(time));
        }
        Step::Waiting(_) => {}
    };
    let list = client.organizations();
    tokio::select! {
        listed = list.each(&mut on_step) => listed.map(drop).map_err(|e| map::error(&e))?,
        Ok(time) = told => {
            return Err(SourceError::RateLimited { retry_after: Some(time) });
        }
    }
    Ok(rows)
}
