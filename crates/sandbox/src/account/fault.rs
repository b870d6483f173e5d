//! Ways in which the stand-in account can be told to misbehave.

use std::time::Duration;

/// One way to misbehave, until it is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every key gets the gateway's 403.
    KeyRevoked,
    /// Every request gets 429.
    RateLimited {
        /// Seconds for the `Retry-After` header, if it is to be sent.
        retry_after: Option<u32>,
    },
    /// The connection ends half-way through the body.
    CutShort,
    /// The first row of a list, or the record shown, belongs to another organization.
    ForeignRow,
    /// Nobody listens on the port.
    Down,
    /// Every request gets this status with a JSON:API error.
    ServerError(u16),
    /// Answers come this much later.
    Slow(Duration),
}
