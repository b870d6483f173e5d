//! The region of an account, from the address that a person sees in their browser.

use crate::actor;
use crate::entry::Region;
use crate::error::{Error, Rule};
use crate::launch::UnlockId;
use crate::ports::{Ports, Source};

/// Reads the region off an address of IT Glue's app. Nothing is sent anywhere.
///
/// # Errors
/// [`Error::Locked`]; [`Error::Invalid`] where it is no such address.
pub async fn read_address<P: Ports>(
    ports: &P,
    unlock: UnlockId,
    address: &str,
) -> Result<Region, Error> {
    actor::now(ports, unlock).await?;
    let none = Error::Invalid { field: "account_address", rule: Rule::NotAnAppUrl };
    ports.source().region_of(address).ok_or(none)
}
