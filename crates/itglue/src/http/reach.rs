//! Whether something answers at all.

use std::time::Duration;

use reqwest::Url;
use tokio::time::{Instant, timeout};

use super::{Settings, failure};
use crate::Error;

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Sends one request without a key and drops the answer, whatever it says.
pub(crate) async fn reach(settings: Settings, base: Url) -> Result<Duration, Error> {
    let client = settings.client()?;
    let started = Instant::now();
    let answer = timeout(PATIENCE, client.head(base).send()).await;
    let answer = answer.map_err(|_| Error::TimedOut { connected: false })?;
    answer.map(drop).map_err(|error| failure::of(&error))?;
    Ok(started.elapsed())
}
