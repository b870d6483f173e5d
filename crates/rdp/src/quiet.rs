//! Keeps sspi's own diagnostics out of every log.

use tracing::Dispatch;
use tracing::dispatcher::with_default;

/// Runs `work` with no log subscriber at all.
///
/// At debug level sspi writes the delegated credential, in clear, as a span's return value
/// (`credssp::ts_request::write_password_credentials`, sspi 0.23.0). A filter that somebody forgets or
/// turns up for a support case must not be the only thing between a password and a log file.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    with_default(&Dispatch::none(), work)
}
