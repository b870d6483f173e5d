//! `Retry-After`, in both of its forms (RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::{Response, header};

pub(super) fn of(answer: &Response) -> Option<Duration> {
    let text = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    parse(text, Timestamp::now())
}

/// Seconds, or a date. A date that has passed is no wait.
fn parse(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(text: &str) -> Option<u64> {
        let now = "1994-11-06T08:49:00Z".parse().unwrap();
        parse(text, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_understood() {
        assert_eq!(wait("17"), Some(17));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(37));
        assert_eq!(wait("Sun, 06 Nov 1994 08:48:00 GMT"), Some(0));
    }

    #[test]
    fn anything_else_is_no_time() {
        for text in ["", "-1", "1.5", "soon", "1994-11-06T08:49:37Z"] {
            assert_eq!(wait(text), None, "{text}");
        }
    }
}
