//! Signing the log's head, so that nobody can rewrite what stands before it.

use std::time::Duration;

use crate::error::Error;
use crate::ports::{Clock, LocalStore, Ports};

/// How long a row stays unsigned while the vault is open.
pub const SIGN_AFTER: Duration = Duration::from_mins(1);

/// Has whoever has the vault open sign the log, a minute after the first row that nobody signed.
/// Goes on until a head cannot be written; while nothing is unsigned it waits for that alone.
///
/// # Errors
/// [`Error::AuditUnavailable`]: the log cannot be written any more.
pub async fn keep_signed<P: Ports>(ports: &P) -> Result<(), Error> {
    loop {
        ports.local().unsigned().await;
        ports.clock().wait(SIGN_AFTER).await;
        let signed = ports.local().sign(ports.clock().now()).await;
        signed.map_err(|_| Error::AuditUnavailable)?;
    }
}
