//! What is kept outside the vault's file, on the device: the device secret, how the door stands, the
//! anchor. On a real machine that is the OS keyring.

mod memory;
mod secret;

use usher_core::error::KeyringError;
use zeroize::Zeroizing;

pub use memory::MemoryDevice;
pub(crate) use secret::DeviceSecret;

/// Keeps small items by name, for this OS user on this device alone. Calls block, each for a limited
/// time.
pub trait Device: Send + Sync + 'static {
    /// An item; none where there is none.
    ///
    /// # Errors
    /// The keyring's; nothing was read.
    fn get(&self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError>;

    /// Puts an item, in the place of the one before. At most 2560 bytes, which is what the smallest
    /// keyring takes (Windows).
    ///
    /// # Errors
    /// The keyring's; after [`KeyringError::TimedOut`] it may still be put.
    fn put(&self, item: &str, value: &[u8]) -> Result<(), KeyringError>;

    /// Removes an item; fine if there is none.
    ///
    /// # Errors
    /// The keyring's; after [`KeyringError::TimedOut`] it may still be removed.
    fn remove(&self, item: &str) -> Result<(), KeyringError>;
}
