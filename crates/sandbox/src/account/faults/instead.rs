//! Faults that answer instead of the account, before it looks at the key.

use axum::http::header;
use jiff::{SignedDuration, Timestamp};

use super::fault::Fault;
use crate::account::{answer::Answer, problem::failure, switches::Switches};

/// The answer, for faults that have one of their own.
pub(crate) fn instead(fault: Option<Fault>, switches: &Switches) -> Option<Answer> {
    let page = |status| Answer { media_type: "text/html", ..Answer::text(status, PAGE) };
    match fault {
        Some(Fault::KeyRevoked) => Some(failure(403, switches)),
        Some(Fault::RateLimited { retry_after }) => {
            Some(rate_limited(retry_after.map(|seconds| seconds.to_string()), switches))
        }
        Some(Fault::RateLimitedUntil { seconds }) => {
            Some(rate_limited(Some(date(seconds)), switches))
        }
        Some(Fault::ServerError(status) | Fault::TooLarge { status, .. }) => {
            Some(failure(status, switches))
        }
        Some(Fault::Html) => Some(page(200)),
        Some(Fault::Redirect { status, to }) => {
            Some(page(status).with(header::LOCATION, to.to_owned()))
        }
        _ => None,
    }
}

const PAGE: &str = "<!doctype html><title>Signing in</title><p>Please sign in to this network.</p>";

fn rate_limited(retry_after: Option<String>, switches: &Switches) -> Answer {
    let answer = failure(429, switches);
    match retry_after {
        Some(wait) => answer.with(header::RETRY_AFTER, wait),
        None => answer,
    }
}

/// As HTTP writes dates.
fn date(seconds_ahead: u32) -> String {
    let now = Timestamp::now();
    let then = now.checked_add(SignedDuration::from_secs(seconds_ahead.into())).unwrap_or(now);
    then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
