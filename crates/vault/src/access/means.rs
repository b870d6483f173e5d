//! What a vault is given besides its file: the device, the witness, the time.

use std::sync::Arc;

use usher_core::time::Moment;

use crate::device::Device;
use crate::seal::Stretch;
use crate::witness::Witness;

/// What a vault needs from outside its file. Cheap to clone.
#[derive(Clone)]
pub struct Means {
    /// Keeps the device's secret, how the door stands, and the anchor: the OS keyring.
    pub device: Arc<dyn Device>,
    /// Shared with the audit log.
    pub witness: Witness,
    /// Wall time.
    pub clock: WallClock,
    /// What this device is called in the list of devices.
    pub device_name: String,
    /// What a guess at a passphrase costs.
    pub cost: Cost,
}

/// Tells wall time.
pub type WallClock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What new slots for passphrases and PINs are stretched with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cost {
    /// 64 MiB, 3 passes, 4 lanes.
    #[default]
    Full,
    /// The least that is taken at all (19 MiB, 2, 1), so that tests are quick.
    Least,
}

impl Cost {
    /// Derives one key, as each guess does; for measuring. Whether it could.
    #[doc(hidden)]
    #[must_use]
    pub fn spend(self) -> bool {
        self.stretch().run(b"a passphrase of nobody", &[7; 16]).is_ok()
    }

    pub(crate) fn stretch(self) -> Stretch {
        match self {
            Self::Full => Stretch::CURRENT,
            Self::Least => Stretch::FLOOR,
        }
    }
}
