//! Taking a vault off this device: for the demo, which leaves nothing of its vault behind.

use usher_core::ids::PersonId;
use usher_core::ports::AccessError;

use super::aside::aside;
use super::open::clear;
use crate::anchor;
use crate::device::DeviceSecret;
use crate::rows::Table;
use crate::vault::Vault;

impl Vault {
    /// Removes all that the device keeps for this vault: its secret, the anchor, how the door stands
    /// for each person. The file stays; from here it opens by recovery kit or enrolment code alone.
    ///
    /// # Errors
    /// [`AccessError::Keyring`], after every item was tried; [`AccessError::Store`] where there is no
    /// vault to be read.
    pub async fn forget_device(&self) -> Result<(), AccessError> {
        let clear = clear(self).await?;
        self.access.pins.forget_all();
        let (means, doors, id) =
            (self.means.clone(), self.access.doors.clone(), clear.charter.vault());
        aside(move || {
            let people = clear.rows.of(Table::Identity).map(|row| PersonId::from_bytes(row.key));
            let mut outcome = Ok(());
            for person in people {
                outcome = outcome.and(doors.forget(&*means.device, (id, person)));
            }
            outcome = outcome.and(means.device.remove(&anchor::item(id)));
            outcome = outcome.and(DeviceSecret::forget(&*means.device, &id));
            outcome.map_err(AccessError::Keyring)
        })
        .await
    }
}
