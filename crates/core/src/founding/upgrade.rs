//! Brings up a vault of a Usher that knew no passphrases.

use crate::Secret;
use crate::entry::Name;
use crate::error::Error;
use crate::opening;
use crate::ports::{OpenWith, Opened, Ports};

/// Gives the one administrator of an older vault a passphrase, and opens it for them. A copy of the
/// vault as it was stays beside it.
///
/// # Errors
/// As [`opening::open`].
pub async fn upgrade<P: Ports>(
    ports: &P,
    administrator: Name,
    passphrase: Secret,
) -> Result<Opened, Error> {
    opening::open(ports, OpenWith::Upgrade { administrator, passphrase }, false).await
}
