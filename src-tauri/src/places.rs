//! Where this person's files lie on this machine.

use usher_broker::Places;

/// The OS names no folder for a person's data.
#[derive(Debug)]
pub(crate) struct NoDataFolder;

impl std::fmt::Display for NoDataFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the system names no folder for this person's data")
    }
}

impl std::error::Error for NoDataFolder {}

/// The vault in the person's data folder, the local store in the machine-local one.
pub(crate) fn places() -> Result<Places, NoDataFolder> {
    let data = dirs::data_dir().ok_or(NoDataFolder)?;
    let local = dirs::data_local_dir().ok_or(NoDataFolder)?;
    let places = Places::beneath(&data, &local, &keyring_service());
    #[cfg(feature = "e2e")]
    let places = Places {
        server: std::env::var("USHER_TEST_ITGLUE").ok().map(usher_broker::Server),
        ..places
    };
    Ok(places)
}

/// The demo and the tests have a keyring service of their own.
#[cfg(feature = "e2e")]
fn keyring_service() -> String {
    std::env::var("USHER_TEST_KEYRING").unwrap_or_else(|_| "usher-test".to_owned())
}

#[cfg(not(feature = "e2e"))]
fn keyring_service() -> String {
    "usher".to_owned()
}
