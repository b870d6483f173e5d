//! Signing the log's head, so that nobody can rewrite what stands before it.

use std::time::Duration;

use crate::error::StoreError;
use crate::ports::{Clock, LocalStore, Ports};

/// How long a row stays unsigned while the vault is open.
pub const SIGN_AFTER: Duration = Duration::from_mins(1);

/// Has whoever has the vault open sign the log, a minute after the first row that nobody signed;
/// while nothing is unsigned it waits for that alone. Never ends: a head that cannot be written now
/// is written a minute later, and until then verifying reports the rows as an unsigned tail.
pub async fn keep_signed<P: Ports>(ports: &P) -> std::convert::Infallible {
    loop {
        ports.local().unsigned().await;
        ports.clock().wait(SIGN_AFTER).await;
        let _tried_again: Result<(), StoreError> = ports.local().sign(ports.clock().now()).await;
    }
}
